import { type PromptTable, SELECTION } from "./labelledPrompt.ts";

export const REFACTOR_PROMPTS: PromptTable = {
  en: [
    ["clean this up", SELECTION],
    ["make it faster", SELECTION],
    ["refactor", SELECTION],
    ["this function is way too long, can you break it up into smaller pieces", SELECTION],
    "Extract the validation logic from createUser into its own module",
    ["simplify", SELECTION],
    ["can this be written more elegantly?", SELECTION],
    ["get rid of the duplication between these two methods", SELECTION],
    ["rename the variables so they actually mean something", SELECTION],
    ["too many nested ifs. flatten it", SELECTION],
    "Please restructure src/services so that each service only has a single responsibility. Behaviour must not change.",
    ["make this more readable", SELECTION],
    ["DRY this up", SELECTION],
    ["use early returns instead of the else pyramids", SELECTION],
    "move the helper functions out of App.tsx into separate files",
    ["Optimize this loop, it takes 4 seconds for 10k rows", SELECTION],
    ["shorten this code", SELECTION],
    ["remove dead code", SELECTION],
    "Our OrderController has grown to 1200 lines over the years and mixes HTTP, SQL and mail. Split it up sensibly, without touching the public routes.",
    ["better names please", SELECTION],
    ["this is ugly, is there a nicer way", SELECTION],
    ["tidy up my tests, there is a lot of copy paste in the setup", { hasSelection: true, fileKind: "test" }],
    ["inline this variable", SELECTION],
    ["turn these magic numbers into constants", SELECTION],
  ],
  de: [
    ["Kannst du das etwas aufräumen und lesbarer machen?", SELECTION],
    ["vereinfache diese methode", SELECTION],
  ],
  fr: [
    ["Simplifie cette fonction sans changer son comportement", SELECTION],
    ["extrais cette logique dans une méthode à part", SELECTION],
  ],
  es: [
    ["refactoriza esta clase, hay mucho código duplicado", SELECTION],
    ["haz que este código sea más legible", SELECTION],
  ],
  zh: [
    ["重构这个函数，太长了", SELECTION],
    ["帮我优化一下这段代码的性能", SELECTION],
  ],
  ja: [
    ["この関数をもっと読みやすくして", SELECTION],
    ["重複を取り除いてリファクタリングしてください", SELECTION],
  ],
  ru: [
    ["упрости этот метод", SELECTION],
    ["вынеси повторяющийся код в отдельную функцию", SELECTION],
  ],
};

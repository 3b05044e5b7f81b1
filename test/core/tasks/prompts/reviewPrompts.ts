import { DIFF, type PromptTable, SELECTION } from "./labelledPrompt.ts";

export const REVIEW_PROMPTS: PromptTable = {
  en: [
    ["review this", SELECTION],
    ["lgtm?", DIFF],
    ["Can you take a look at my changes before I push?", DIFF],
    ["is this thread safe?", SELECTION],
    ["any bugs in here?", SELECTION],
    ["what could go wrong with this code", SELECTION],
    ["what do you think about this implementation", SELECTION],
    "Please do a code review of the attached file. Focus on security and error handling, ignore formatting.",
    ["check this for sql injection", SELECTION],
    ["Did I miss anything?", DIFF],
    ["feedback pls", SELECTION],
    ["Is this the right way to use useMemo?", SELECTION],
    ["roast my code", SELECTION],
    ["are there any security problems with how i handle passwords here", SELECTION],
    ["would you approve this PR?", DIFF],
    ["do my tests make sense", { hasSelection: true, fileKind: "test" }],
    "Audit our authentication code for vulnerabilities and rank what you find by severity.",
    ["have I forgotten an edge case in this function?", SELECTION],
    ["Rate this code from 1 to 10 and tell me what to improve", SELECTION],
    ["find potential performance problems", SELECTION],
    ["double check my math here", SELECTION],
    ["could you maybe have a look at whether this handles unicode properly? I'm not sure about the slicing", SELECTION],
    ["does this follow best practices", SELECTION],
  ],
  de: [
    ["Schau dir bitte meine Änderungen an, passt das so?", DIFF],
    ["ist dieser code sicher?", SELECTION],
  ],
  fr: [
    ["fais une revue de ce code", SELECTION],
    ["est-ce que ce code présente des failles de sécurité ?", SELECTION],
  ],
  es: [
    ["revisa este código por favor", SELECTION],
    ["¿ves algún problema en mi implementación?", SELECTION],
  ],
  zh: [
    ["帮我审查一下这段代码有没有问题", SELECTION],
    ["这样写安全吗", SELECTION],
  ],
  ja: [
    ["このコードをレビューしてください", SELECTION],
    ["この実装に問題はありますか？", SELECTION],
  ],
  ru: [
    ["сделай ревью этого кода", SELECTION],
    ["посмотри, всё ли тут правильно", SELECTION],
  ],
};

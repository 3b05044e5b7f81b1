import { PROBLEMS, type PromptTable, SELECTION } from "./labelledPrompt.ts";

export const EDIT_PROMPTS: PromptTable = {
  en: [
    ["convert to typescript", SELECTION],
    ["make it async", SELECTION],
    ["change the color to dark blue", SELECTION],
    ["add a limit parameter that defaults to 20", SELECTION],
    "Replace moment with date-fns in src/utils/time.ts",
    ["add error handling", SELECTION],
    ["use fetch instead of axios", SELECTION],
    ["translate this to go", SELECTION],
    ["remove the console logs", SELECTION],
    ["the button should be disabled while the request is running", SELECTION],
    ["swap the two columns", SELECTION],
    "Upgrade the pom.xml to Java 21 and Spring Boot 3.3",
    ["add null checks", PROBLEMS],
    ["sort by date descending instead", SELECTION],
    ["make the port configurable via an environment variable", SELECTION],
    ["can you rewrite this as a class component", SELECTION],
    "In the settings page, move the delete button below the form and ask for confirmation before anything gets deleted.",
    ["turn this callback into a promise", SELECTION],
    ["also log the user id", SELECTION],
    ["wrap it in a try catch", SELECTION],
    ["python version pls", SELECTION],
    ["I'd like this endpoint to return 404 instead of an empty list when the project doesn't exist", SELECTION],
    ["set timeout to 30s", SELECTION],
    ["add types", SELECTION],
    ["make these fields optional and adjust the callers", SELECTION],
    ["Update the test to expect three items instead of two", { hasSelection: true, fileKind: "test" }],
    ["now the same but with a dropdown", SELECTION],
  ],
  de: [
    ["Ändere die Schleife so, dass sie rückwärts läuft", SELECTION],
    ["bitte nach Kotlin übersetzen", SELECTION],
  ],
  fr: [
    ["remplace axios par fetch", SELECTION],
    ["convertis ce script en TypeScript", SELECTION],
  ],
  es: [
    ["cambia el color del botón a rojo", SELECTION],
    ["agrega un parámetro opcional para el idioma", SELECTION],
  ],
  zh: [
    ["把这个改成异步的", SELECTION],
    ["将这段代码转换成Python", SELECTION],
  ],
  ja: [
    ["これをTypeScriptに変換して", SELECTION],
    ["タイムアウトを30秒に変更してください", SELECTION],
  ],
  ru: [
    ["замени var на const во всём файле", SELECTION],
    ["переведи этот код на Python", SELECTION],
  ],
};

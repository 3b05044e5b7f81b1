import { DIFF, type PromptTable } from "./labelledPrompt.ts";

export const TITLE_PROMPTS: PromptTable = {
  en: [
    "short title for this chat",
    "Summarize this conversation in at most six words, to be used as its title.",
    "give this chat a name",
    ["pr title?", DIFF],
    "title for the issue: the export button does nothing when the list is filtered",
    "Generate a concise title for the following conversation",
    "what should i call this thread",
    "suggest a headline for this discussion, no more than 50 characters",
    "come up with a good title for the bug report",
    "rename this conversation to something that fits",
  ],
  de: ["Kurzer Titel für diesen Chat"],
  fr: ["donne un titre à cette conversation"],
  es: ["ponle un título corto a esta conversación"],
  zh: ["给这个对话起个标题"],
  ja: ["この会話のタイトルを付けて"],
  ru: ["придумай заголовок для этого чата"],
};

import { DIFF, type PromptTable } from "./labelledPrompt.ts";

export const COMMIT_MESSAGE_PROMPTS: PromptTable = {
  en: [
    ["commit message", DIFF],
    ["write a commit msg for this", DIFF],
    ["summarize my staged changes in conventional commit format", DIFF],
    ["message for the commit please", DIFF],
    "I renamed the config loader and fixed two tests. What should the commit say?",
    ["pr description", DIFF],
    ["Suggest a better message for my last commit, 'fix stuff' is too vague", DIFF],
    ["conventional commit pls", DIFF],
    ["Write the description for this pull request: what changed, why, and how it was tested", DIFF],
    ["how would you word this commit", DIFF],
    ["git commit -m ???", DIFF],
    ["generate a commit message that explains the refactoring of the parser", DIFF],
    "one line commit message: removed the legacy payment provider and its tests",
    ["squash message for these changes", DIFF],
  ],
  de: [["Commit-Nachricht für diese Änderungen", DIFF]],
  fr: [["rédige un message de commit", DIFF]],
  es: [["escribe un mensaje de commit para estos cambios", DIFF]],
  zh: [["根据这些改动生成提交信息", DIFF]],
  ja: [["この変更のコミットメッセージを書いて", DIFF]],
  ru: [["напиши сообщение коммита", DIFF]],
};

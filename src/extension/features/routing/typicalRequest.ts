import { buildChatMessages } from "../../../core/conversation/buildMessages.ts";
import type { TaskType } from "../../../core/tasks/taskType.ts";
import { isCodeTask } from "../../../core/tasks/taskType.ts";
import type { RoutingOrder } from "../../platform/engine.ts";

/** What the rows of the table are routed with, in words. */
export const TYPICAL_REQUEST =
  "A typical request: one sentence, and with a task about code also a file of 6,000 characters. What you ask costs more or less.";

const LINE = "  const total = items.reduce((sum, item) => sum + item.cents, 0);\n";
const CODE = LINE.repeat(Math.ceil(6_000 / LINE.length)).slice(0, 6_000);

/** A request as most of its task are. It is routed and never sent. */
export function typicalRequest(taskType: TaskType, workspace: string): RoutingOrder {
  const text = SENTENCES[taskType];
  const hasCode = isCodeTask(taskType) || taskType === "commit-message";
  const code = hasCode ? [{ label: "typical.ts", languageId: "typescript", text: CODE, diagnostics: [] }] : [];
  return {
    workspace,
    chatId: undefined,
    messages: buildChatMessages([], text, code),
    taskType,
    signals: { text, hasSelection: hasCode, hasDiagnostics: taskType === "fix", surface: "chat" },
  };
}

const SENTENCES: Readonly<Record<TaskType, string>> = {
  explain: "Explain what this function does and why it is written like that.",
  fix: "There is an off-by-one error in this loop, please find and fix it.",
  refactor: "Refactor this into smaller functions with names that say what they do.",
  test: "Write unit tests for this function, with its edge cases.",
  document: "Add documentation comments to the exported functions of this file.",
  review: "Please review this change before I open the pull request.",
  generate: "Implement a retry with exponential backoff and jitter for this client.",
  edit: "Add a parameter for the locale here and pass it through.",
  "commit-message": "Suggest a commit message for these changes.",
  plan: "How should we structure the storage layer if several windows write at once?",
  shell: "Which command counts the lines of all TypeScript files in this folder?",
  question: "Is a map faster than an object for ten thousand keys, and why?",
  title: "Give this conversation a short title.",
};

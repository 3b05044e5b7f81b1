import type { TaskType } from "../tasks/taskType.ts";
import type { CodeContext, ConversationMessage } from "./conversationMessage.ts";

const CHAT_INSTRUCTIONS =
  "You are a careful programming assistant inside an editor. Answer in Markdown. Be brief and concrete. " +
  "Put code in fenced blocks with the language's name. Say so when you are not sure.";

const REWRITE_INSTRUCTIONS =
  "You are a careful programming assistant that changes code. Answer with exactly one fenced code block that holds the " +
  "whole replacement for the given code and nothing else. Keep the indentation and style. Change only what is needed.";

/** Asks for the rest of an answer that broke off. */
export const CONTINUE_REQUEST =
  "Your last answer broke off. Continue it exactly where it stopped. Do not repeat anything and do not comment on this.";

/** The messages of a chat question: instructions, what was said before, then the question with its code. */
export function buildChatMessages(
  history: readonly ConversationMessage[],
  question: string,
  code: readonly CodeContext[],
): readonly ConversationMessage[] {
  return [
    { role: "system", content: CHAT_INSTRUCTIONS },
    ...history,
    { role: "user", content: questionWithCode(question, code) },
  ];
}

/** An answer and its continuation are one message to the model: many refuse two of the same role in a row. */
export function joinNeighbours(messages: readonly ConversationMessage[]): readonly ConversationMessage[] {
  const joined: ConversationMessage[] = [];
  for (const message of messages) {
    const last = joined.at(-1);
    if (last?.role === "assistant" && message.role === "assistant") {
      joined[joined.length - 1] = { role: "assistant", content: last.content + message.content };
    } else joined.push(message);
  }
  return joined;
}

/** The messages that ask for a replacement of a piece of code. */
export function buildRewriteMessages(taskType: TaskType, code: CodeContext): readonly ConversationMessage[] {
  const wish = taskType === "fix" ? "Fix the problems of this code." : `Do this with the code: ${taskType}.`;
  return [
    { role: "system", content: REWRITE_INSTRUCTIONS },
    { role: "user", content: questionWithCode(wish, [code]) },
  ];
}

/** The text of one user message: the question, then each piece of code in a fence that its content cannot close. */
export function questionWithCode(question: string, code: readonly CodeContext[]): string {
  return [question, ...code.map(describeCode)].join("\n\n");
}

function describeCode({ label, languageId, text, diagnostics }: CodeContext): string {
  const fence = fenceFor(text);
  const block = `${label}:\n${fence}${languageId}\n${text}\n${fence}`;
  if (diagnostics.length === 0) return block;
  return `${block}\nProblems reported there:\n${diagnostics.map((problem) => `- ${problem}`).join("\n")}`;
}

/** One backtick more than the longest run inside. */
function fenceFor(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  return "`".repeat(longest + 1);
}

import type { CodeContext, ConversationMessage } from "./conversationMessage.ts";

const CHAT_INSTRUCTIONS =
  "You are a careful programming assistant inside an editor. Answer in Markdown. Be brief and concrete. " +
  "Put code in fenced blocks with the language's name. Say so when you are not sure.";

const REWRITE_INSTRUCTIONS =
  "You are a careful programming assistant that changes code. Answer with exactly one fenced code block that holds the " +
  "whole replacement for the given code and nothing else. Keep the indentation and style. Change only what is needed.";

const ONLY_THE_FIRST =
  "Replace the first block only. What follows it shows how things that it uses are defined elsewhere; do not repeat that.";

/** Asks for the rest of an answer that broke off. */
export const CONTINUE_REQUEST =
  "Your last answer broke off. Continue it exactly where it stopped. Do not repeat anything and do not comment on this.";

/** The messages of a chat question: instructions, ours before the project's, what was said before, then the question with its code. */
export function buildChatMessages(
  history: readonly ConversationMessage[],
  question: string,
  code: readonly CodeContext[],
): readonly ConversationMessage[] {
  return [
    {
      role: "system",
      content: [CHAT_INSTRUCTIONS, ...code.filter(isInstructions).map(contextText)].join("\n\n"),
      ...holding(code.filter(isInstructions)),
    },
    ...history,
    userMessage(question, code),
  ];
}

/** A question with what goes along with it. */
export function userMessage(question: string, code: readonly Omit<CodeContext, "diagnostics">[]): ConversationMessage {
  const whole = code.map((each) => ({ diagnostics: [], ...each }));
  const images = code.flatMap(({ image }) => image ?? []);
  const message = { role: "user", ...questionHolding(question, whole) } as const;
  return images.length === 0 ? message : { ...message, images };
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

/** The messages that ask for a replacement of a piece of code; the wish is a sentence. What stands beside the code is only read. */
export function buildRewriteMessages(
  wish: string,
  code: CodeContext,
  beside: readonly CodeContext[] = [],
): readonly ConversationMessage[] {
  const question = beside.length === 0 ? wish : `${wish} ${ONLY_THE_FIRST}`;
  return [
    { role: "system", content: REWRITE_INSTRUCTIONS },
    { role: "user", ...questionHolding(question, [code, ...beside]) },
  ];
}

/** The text of one user message, and what of it is from elsewhere. */
export function questionHolding(
  question: string,
  code: readonly CodeContext[],
): Pick<ConversationMessage, "content" | "holds"> {
  const beside = code.filter((each) => !isInstructions(each) && each.kind !== "image");
  return { content: questionWithCode(question, code), ...holding(beside) };
}

function holding(code: readonly CodeContext[]): Pick<ConversationMessage, "holds"> {
  const holds = code.map(({ kind = "selection", label, text }) => ({ kind, label, text }));
  return holds.length === 0 ? {} : { holds };
}

/** The text of one user message: the question, then what goes along with it. The project's instructions stand elsewhere. */
export function questionWithCode(question: string, code: readonly CodeContext[]): string {
  return [question, ...code.filter((each) => !isInstructions(each)).map(contextText)].join("\n\n");
}

/** Exactly what a model is told of something that goes along; previews show it. */
export function contextText({ kind, label, languageId, text, note, diagnostics }: CodeContext): string {
  const name = note === undefined ? label : `${label} (${note})`;
  if (kind === "image") return `${name}: ${text}`;
  if (kind === "instructions") return `Instructions of this project, from ${name}:\n\n${text}`;
  // Several pieces, each in a block of its own.
  if (kind === "folder" || kind === "editors" || kind === "nearby") return `${name}:\n\n${text}`;
  const block = `${name}:\n${fenced(languageId, text)}`;
  if (diagnostics.length === 0) return block;
  return `${block}\nProblems reported there:\n${diagnostics.map((problem) => `- ${problem}`).join("\n")}`;
}

/** A block that its content cannot close. */
export function fenced(languageId: string, text: string): string {
  const fence = fenceFor(text);
  return `${fence}${languageId}\n${text}\n${fence}`;
}

function isInstructions({ kind }: CodeContext): boolean {
  return kind === "instructions";
}

/** One backtick more than the longest run inside. */
export function fenceFor(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  return "`".repeat(longest + 1);
}

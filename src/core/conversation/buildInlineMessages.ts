import { questionHolding } from "./buildMessages.ts";
import type { CodeContext, ConversationMessage } from "./conversationMessage.ts";

/** A change that was asked for in the editor. */
export interface InlineRequest {
  /** As the person typed it. */
  readonly instruction: string;
  /** `rewrite`: the code is replaced; `generate`: new code is put below it, or at an empty place. */
  readonly kind: "rewrite" | "generate";
  /** The lines that it is about; absent where the place is empty. */
  readonly code: CodeContext | undefined;
  /** What was mentioned, and what stands around the place. */
  readonly around: readonly CodeContext[];
}

const REWRITE =
  "You are a careful programming assistant that changes code inside an editor. Answer with exactly one fenced code block that " +
  "holds the whole replacement for the last piece of code you are shown, and nothing else. Keep the indentation and style, and " +
  "every line that need not change, exactly as it is. What is shown before it is for your information.";

const GENERATE =
  "You are a careful programming assistant that writes code inside an editor. Answer with exactly one fenced code block that holds " +
  "only the new code for the place you are told of, and nothing else: it is put there as it is. Repeat nothing that is there " +
  "already. Follow the style of the code around it.";

/** The messages that ask for a change of code, or for new code at a place. */
export function buildInlineMessages({
  instruction,
  kind,
  code,
  around,
}: InlineRequest): readonly ConversationMessage[] {
  const shown = [...around, ...(code === undefined ? [] : [code])];
  return [
    { role: "system", content: kind === "rewrite" ? REWRITE : GENERATE },
    { role: "user", ...questionHolding(instruction, shown) },
  ];
}

/** Asks for the same again, with what is to be different. */
export function refineMessages(
  messages: readonly ConversationMessage[],
  answer: string,
  instruction: string,
): readonly ConversationMessage[] {
  const wish = `${instruction}\n\nAnswer again with the one whole code block, for the same place as before.`;
  return [...messages, { role: "assistant", content: answer }, { role: "user", content: wish }];
}

import type { PromptTokensOf } from "../budget/promptTokens.ts";
import type { TokenCalibrations } from "../budget/tokenCalibration.ts";
import type { ConversationMessage } from "../conversation/conversationMessage.ts";
import { measureMessages } from "../conversation/measureMessages.ts";
import { formatUsd } from "../money/formatUsd.ts";
import { toNanoUsd } from "../money/nanoUsd.ts";
import { SHORTEST_USEFUL_ANSWER_TOKENS, priceChoice } from "./priceChoice.ts";
import type { ModelChoice } from "./routeDecision.ts";

/** An answer that did not do, and why: words that follow `The answer`, for instance `held no code block`. */
export interface RejectedAnswer {
  readonly text: string;
  readonly lesson: string;
}

interface NextRequest {
  readonly choice: ModelChoice;
  /** What was asked, without the rejected answer. */
  readonly messages: readonly ConversationMessage[];
  readonly maxCompletionTokens: number;
  readonly nowMs: number;
  readonly tokens: TokenCalibrations;
}

/** What the next model is asked. */
export interface CarriedLesson {
  /** Priced with these messages. */
  readonly choice: ModelChoice;
  readonly messages: readonly ConversationMessage[];
  /** Of these messages. */
  readonly promptTokensOf: PromptTokensOf;
  /** For the waybill. */
  readonly reason: string;
}

/** Sending the rejected answer may cost at most one part in so many of what answering afresh is expected to cost. */
const SMALL_PART = 4;

/**
 * Whether the rejected answer goes along to the next model: only where sending it costs little beside answering afresh, and
 * only while an answer still fits into the model's context. What was wrong with it is always said. An answer without text
 * teaches nothing.
 */
export function carryLesson(rejected: RejectedAnswer, request: NextRequest): CarriedLesson {
  const afresh = priced(request, request.messages);
  if (rejected.text.trim() === "") {
    return { ...afresh, reason: "It was asked afresh, since the answer before taught nothing." };
  }
  const whole = priced(request, withAnswer(request.messages, rejected));
  const extra = toNanoUsd(Math.max(0, whole.choice.expectedCost - afresh.choice.expectedCost));
  const price = `about ${formatUsd(extra)} beside about ${formatUsd(afresh.choice.expectedCost)}`;
  const fits =
    whole.promptTokensOf(request.choice.model).atMost + SHORTEST_USEFUL_ANSWER_TOKENS <=
    request.choice.model.contextTokens;
  if (fits && extra * SMALL_PART <= afresh.choice.expectedCost) {
    return { ...whole, reason: `The rejected answer went along, with what was wrong with it: ${price}.` };
  }
  const short = priced(request, withLesson(request.messages, rejected.lesson));
  const why = fits ? `sending it would cost ${price}` : "it would not fit into the model's context";
  return { ...short, reason: `Only what was wrong with the rejected answer went along, since ${why}.` };
}

/** Everything that may be asked after it. */
export function waysToCarry(
  messages: readonly ConversationMessage[],
  rejected: RejectedAnswer,
): readonly (readonly ConversationMessage[])[] {
  return [messages, withAnswer(messages, rejected), withLesson(messages, rejected.lesson)];
}

function priced(
  { choice, maxCompletionTokens, nowMs, tokens }: NextRequest,
  messages: readonly ConversationMessage[],
): Omit<CarriedLesson, "reason"> {
  const { tokensOf: promptTokensOf } = measureMessages(messages, tokens);
  const { atMost, expected } = promptTokensOf(choice.model);
  const size = { promptTokens: atMost, expectedPromptTokens: expected, maxCompletionTokens, nowMs };
  return { choice: priceChoice(choice.model, choice, size), messages, promptTokensOf };
}

function withAnswer(
  messages: readonly ConversationMessage[],
  { text, lesson }: RejectedAnswer,
): readonly ConversationMessage[] {
  const wish = `That answer did not do: it ${lesson}. Answer the request again, as it was asked.`;
  return [...messages, { role: "assistant", content: text }, { role: "user", content: wish }];
}

/** Added to the question itself: many models refuse two messages of the same role in a row. */
function withLesson(messages: readonly ConversationMessage[], lesson: string): readonly ConversationMessage[] {
  const place = messages.findLastIndex(({ role }) => role === "user");
  const asked = messages[place];
  if (asked === undefined) return messages;
  return messages.with(place, { ...asked, content: `${asked.content}\n\nAn earlier answer did not do: it ${lesson}.` });
}

import type { AnswerView, ChatViewState } from "../../protocol/chatMessages.ts";
import type { ComparisonView } from "../../protocol/compareMessages.ts";
import { isComparing, shownComparison } from "./applyCompareChange.ts";

/** An answer longer than this many characters is announced by its length: reading it aloud would block the reader. */
const longestReadAloud = 400;

/** What a screen reader is told after a change; `undefined` when there is nothing new. Single tokens are never told. */
export function announcementFor(
  before: ChatViewState | undefined,
  after: ChatViewState | undefined,
): string | undefined {
  const compared = announcementOfComparison(shownComparison(before), shownComparison(after));
  if (compared !== undefined) return compared;
  const now = lastAnswer(after);
  const previous = lastAnswer(before);
  if (now === undefined || before?.chatId !== after?.chatId) return undefined;
  if (previous?.id === now.id && previous.state === now.state && previous.status === now.status) return undefined;
  return [describe(now), now.waybill?.alarm].filter((sentence) => sentence !== undefined).join(" ") || undefined;
}

/** Of answers side by side only that all have ended is told: who hears four of them grow understands none. */
function announcementOfComparison(before?: ComparisonView, after?: ComparisonView): string | undefined {
  if (after === undefined || before?.questionId !== after.questionId) return undefined;
  if (!isComparing(before) || isComparing(after)) return undefined;
  return `All answers have ended. ${after.total?.text ?? ""}`.trim();
}

function describe(answer: AnswerView): string | undefined {
  switch (answer.state) {
    case "waiting":
      return answer.status ?? "Waiting for an answer";
    case "streaming":
      return undefined;
    case "done":
      if (answer.condenses !== undefined) return `Condensed ${answer.condenses} messages.`;
      return `Answer finished${costOf(answer)}. ${describeText(answer.text)}`;
    case "stopped":
      return `Answer stopped${costOf(answer)}.`;
    case "failed":
    case "incomplete":
      return answer.problem?.sentence ?? "The answer ended early.";
  }
}

function costOf({ waybill }: AnswerView): string {
  return waybill === undefined ? "" : `, cost ${waybill.cost}`;
}

function describeText(text: string): string {
  if (text.length <= longestReadAloud) return text;
  return `It has about ${text.split(/\s+/u).length} words.`;
}

function lastAnswer(chat: ChatViewState | undefined): AnswerView | undefined {
  const last = chat?.messages.at(-1);
  return last?.role === "assistant" ? last : undefined;
}

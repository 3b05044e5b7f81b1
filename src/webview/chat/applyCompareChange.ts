import type { AnswerView, ChatViewState } from "../../protocol/chatMessages.ts";
import type { ComparisonFigures, ComparisonView } from "../../protocol/compareMessages.ts";

/** The comparison below the last question; one of another branch is not shown. */
export function shownComparison(chat: ChatViewState | undefined): ComparisonView | undefined {
  const { comparison } = chat ?? {};
  return comparison !== undefined && chat?.messages.at(-1)?.id === comparison.questionId ? comparison : undefined;
}

/** Changes one of the answers that stand side by side. An answer that is not there is none. */
export function changeCompared(
  chat: ChatViewState,
  messageId: string,
  change: (answer: AnswerView) => AnswerView,
): ChatViewState {
  const { comparison } = chat;
  if (comparison === undefined) return chat;
  if (comparison.summary?.id === messageId) {
    return { ...chat, comparison: { ...comparison, summary: change(comparison.summary) } };
  }
  const index = comparison.answers.findIndex(({ id }) => id === messageId);
  const answer = comparison.answers[index];
  if (answer === undefined) return chat;
  return { ...chat, comparison: { ...comparison, answers: comparison.answers.with(index, change(answer)) } };
}

/** Replaces what the comparison costs. */
export function withFigures(chat: ChatViewState, { total, summarise }: ComparisonFigures): ChatViewState {
  if (chat.comparison === undefined) return chat;
  const { total: _total, summarise: _summarise, ...rest } = chat.comparison;
  const comparison = {
    ...rest,
    ...(total === undefined ? {} : { total }),
    ...(summarise === undefined ? {} : { summarise }),
  };
  return { ...chat, comparison };
}

/** Whether an answer is on its way. */
export function isGrowing({ state }: AnswerView): boolean {
  return state === "waiting" || state === "streaming";
}

/** Whether one of the answers side by side is. */
export function isComparing(comparison: ComparisonView | undefined): boolean {
  if (comparison === undefined) return false;
  return comparison.answers.some(isGrowing) || (comparison.summary !== undefined && isGrowing(comparison.summary));
}

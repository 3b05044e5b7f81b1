/** Where somebody stands who walks through the questions of before. */
export interface HistoryPlace {
  readonly text: string;
  /** Place in the history; `undefined` behind its end, in the empty field. */
  readonly index: number | undefined;
}

/**
 * One step to an older (-1) or newer (1) question. Only from an empty field, or from a question of the history that was not
 * changed; `undefined` otherwise and at the ends, where the arrow moves the caret.
 */
export function walkHistory(
  history: readonly string[],
  { text, index }: HistoryPlace,
  step: 1 | -1,
): HistoryPlace | undefined {
  const isUnchanged = index !== undefined && history[index] === text;
  if (text !== "" && !isUnchanged) return undefined;
  const next = (isUnchanged ? index : history.length) + step;
  if (next < 0 || next > history.length) return undefined;
  const older = history[next];
  return older === undefined ? { text: "", index: undefined } : { text: older, index: next };
}

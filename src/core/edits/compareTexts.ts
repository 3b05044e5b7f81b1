/** Lines with something on them, before and after. */
export interface Shrinkage {
  readonly before: number;
  readonly after: number;
}

/** So few lines are soon written again. */
const FEWEST_LOST = 4;

/** When a text loses a third of its lines or more; `undefined` when it does not. */
export function shrinkage(textBefore: string, textAfter: string): Shrinkage | undefined {
  const [before, after] = [textBefore, textAfter].map(countLines);
  if (before === undefined || after === undefined) return undefined;
  return before - after >= FEWEST_LOST && 3 * after <= 2 * before ? { before, after } : undefined;
}

function countLines(text: string): number {
  return text.split(/\r\n?|\n/u).filter((line) => line.trim() !== "").length;
}

/** The first line, counted from 1, in which a text is not what was promised but for line ends; `undefined` when it is. */
export function firstDifference(promised: string, found: string): number | undefined {
  const [wanted, written] = [promised, found].map((text) => text.replace(/^\uFEFF/u, "").split(/\r\n?|\n/u));
  if (wanted === undefined || written === undefined) return undefined;
  const line = wanted.findIndex((text, index) => text !== written[index]);
  if (line !== -1) return line + 1;
  return wanted.length === written.length ? undefined : wanted.length + 1;
}

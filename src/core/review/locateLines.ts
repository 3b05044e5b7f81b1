/**
 * Where these lines stand in a document: there where they are expected, else at the nearest place; `undefined` where they do not
 * stand at all. Lines are counted from 1.
 */
export function locateLines(
  wanted: readonly string[],
  expected: number,
  document: readonly string[],
): number | undefined {
  const standsAt = (line: number) => wanted.every((text, offset) => document[line - 1 + offset] === text);
  if (wanted.every((line) => line.trim() === "")) return undefined;
  const most = Math.max(expected - 1, document.length - expected);
  for (let away = 0; away <= most; away += 1) {
    if (standsAt(expected - away)) return expected - away;
    if (standsAt(expected + away)) return expected + away;
  }
  return undefined;
}

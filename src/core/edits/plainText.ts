const TYPED: ReadonlyMap<string, string> = new Map([
  ...["\u2018", "\u2019", "\u201A", "\u201B", "\u2032"].map((quote) => [quote, "'"] as const),
  ...["\u201C", "\u201D", "\u201E", "\u201F", "\u2033"].map((quote) => [quote, '"'] as const),
  ...["\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212"].map((dash) => [dash, "-"] as const),
  ...["\u00A0", "\u2002", "\u2003", "\u2007", "\u2009", "\u200A", "\u202F", "\u3000"].map((gap) => [gap, " "] as const),
]);
const SPECIAL = new RegExp(`[${[...TYPED.keys()].join("")}]`, "gu");

/** A line as it would be typed: typographic quotes, dashes and blanks as the plain ones, letters with marks in one form (NFC). */
export function plainText(line: string): string {
  return line.normalize("NFC").replaceAll(SPECIAL, (sign) => TYPED.get(sign) ?? sign);
}

/**
 * A changed line with the document's own signs where the change leaves them alone. `before` and `after` are the answer's
 * words, `inDocument` the line that is `before` but for such signs.
 */
export function keepOwnSigns(inDocument: string, before: string, after: string): string {
  if (inDocument.length !== before.length) return after;
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return inDocument.slice(0, head) + after.slice(head, after.length - tail) + inDocument.slice(before.length - tail);
}

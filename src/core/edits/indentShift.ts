import { indentationOf } from "./reindentCode.ts";

/** Gives a line the document's indentation; `undefined` where that would be a guess. */
export type Reindent = (line: string) => string | undefined;

/** The widths that a tab may have been shown with. */
const TAB_WIDTHS = [2, 3, 4, 8] as const;

interface IndentPair {
  readonly own: string;
  readonly wanted: string;
}

/**
 * How lines of an answer that are those of a document but for their indentation are indented there: all by the same blanks
 * more or less, or with tabs for blanks. `undefined` when the lines differ by more than one such rule.
 */
export function findReindent(lines: readonly string[], inDocument: readonly string[]): Reindent | undefined {
  const pairs = lines.flatMap((line, index): readonly IndentPair[] =>
    line.trim() === "" ? [] : [{ own: indentationOf(line), wanted: indentationOf(inDocument[index] ?? "") }],
  );
  return withSamePrefix(pairs) ?? withSameWidth(pairs);
}

function withSamePrefix(pairs: readonly IndentPair[]): Reindent | undefined {
  const [first] = pairs;
  if (first === undefined) return reindent((own) => own);
  const { own, wanted } = first;
  if (wanted.endsWith(own)) {
    const more = wanted.slice(0, wanted.length - own.length);
    if (pairs.every((pair) => pair.wanted === more + pair.own)) return reindent((other) => more + other);
  }
  if (!own.endsWith(wanted)) return undefined;
  const less = own.slice(0, own.length - wanted.length);
  if (!pairs.every((pair) => pair.own === less + pair.wanted)) return undefined;
  return reindent((other) => (other.startsWith(less) ? other.slice(less.length) : undefined));
}

function withSameWidth(pairs: readonly IndentPair[]): Reindent | undefined {
  const hasLevels = new Set(pairs.map(({ own }) => own)).size > 1;
  const isTabbed = pairs.some(({ wanted }) => wanted.includes("\t"));
  const possible = TAB_WIDTHS.flatMap((tab) => {
    const shifts = new Set(pairs.map(({ own, wanted }) => widthOf(wanted, tab) - widthOf(own, tab)));
    const [shift] = shifts;
    if (shifts.size !== 1 || shift === undefined || (shift !== 0 && !hasLevels)) return [];
    return [(own: string) => indentOfWidth(widthOf(own, tab) + shift, isTabbed ? tab : undefined)];
  });
  if (possible.length === 0) return undefined;
  return reindent((own) => {
    const [first, ...others] = possible.map((indent) => indent(own));
    return others.every((other) => other === first) ? first : undefined;
  });
}

function reindent(indent: (own: string) => string | undefined): Reindent {
  return (line) => {
    if (line.trim() === "") return "";
    const own = indentationOf(line);
    const wanted = indent(own);
    return wanted === undefined ? undefined : wanted + line.slice(own.length);
  };
}

function widthOf(indentation: string, tab: number): number {
  let width = 0;
  for (const sign of indentation) width = sign === "\t" ? width - (width % tab) + tab : width + 1;
  return width;
}

/** `tab`: the width of a tab where the document has tabs. `undefined` where nothing can be indented so little. */
function indentOfWidth(width: number, tab: number | undefined): string | undefined {
  if (width < 0) return undefined;
  return tab === undefined ? " ".repeat(width) : "\t".repeat(Math.floor(width / tab)) + " ".repeat(width % tab);
}

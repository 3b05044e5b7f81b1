import { type EditRow, editsOfRows, linesBefore } from "./editRow.ts";
import type { EditPiece } from "./fileEdit.ts";
import { findReindent } from "./indentShift.ts";
import { keepOwnSigns, plainText } from "./plainText.ts";
import type { LineEdit } from "./textLines.ts";

/** A place in the document that a piece fits. */
export interface PiecePlace {
  /** The first line, and the one after the last, of what the piece says is there. */
  readonly at: number;
  readonly end: number;
  /** Made for the place that is chosen. `undefined`: it fits, but how the new lines are indented would be a guess. */
  readonly edits: () => readonly LineEdit[] | undefined;
}

/** How much a line of the document may differ from the answer's; each allows what those before it do. */
type Leeway = "none" | "trailing-blanks" | "indentation" | "typography";

const LEEWAYS: readonly Leeway[] = ["none", "trailing-blanks", "indentation", "typography"];

const KEY: Readonly<Record<Leeway, (line: string) => string>> = {
  none: (line) => line,
  "trailing-blanks": (line) => line.trimEnd(),
  indentation: (line) => line.trim(),
  typography: (line) => plainText(line).trim(),
};

/** The lines of a document as they are compared, made once for all pieces. */
export class ComparedLines {
  readonly lines: readonly string[];
  readonly #byLeeway = new Map<Leeway, { readonly keys: readonly string[]; readonly places: Map<string, number[]> }>();

  constructor(lines: readonly string[]) {
    this.lines = lines;
  }

  /** Where lines begin that are these but for the leeway. */
  find(wanted: readonly string[], leeway: Leeway): readonly number[] {
    const { keys, places } = this.#read(leeway);
    const sought = wanted.map(KEY[leeway]);
    return (places.get(sought[0] ?? "") ?? []).filter((at) => sought.every((key, index) => keys[at + index] === key));
  }

  #read(leeway: Leeway) {
    const known = this.#byLeeway.get(leeway);
    if (known !== undefined) return known;
    const keys = this.lines.map(KEY[leeway]);
    const places = new Map<string, number[]>();
    for (const [index, key] of keys.entries()) {
      const found = places.get(key);
      if (found === undefined) places.set(key, [index]);
      else found.push(index);
    }
    const read = { keys, places };
    this.#byLeeway.set(leeway, read);
    return read;
  }
}

/**
 * All places that a piece fits with the least leeway that finds any. Letter by letter first; then without blanks at the ends
 * of lines; then indented otherwise by one rule; then with other quotes, dashes and forms of letters. Never with other words.
 */
export function findPlaces(document: ComparedLines, piece: EditPiece): readonly PiecePlace[] {
  const exact = findReadings(document, piece.readings);
  return exact.length > 0 ? exact : findReadings(document, piece.readings.map(withoutBlankEdges));
}

function findReadings(document: ComparedLines, readings: readonly (readonly EditRow[])[]): readonly PiecePlace[] {
  for (const leeway of LEEWAYS) {
    const places = readings.flatMap((rows) => findRows(document, rows, leeway));
    if (places.length > 0) return longestReadings(places);
  }
  return [];
}

/** Of several ways to read what stands at a line the one that more of the document agrees with. */
function longestReadings(places: readonly PiecePlace[]): readonly PiecePlace[] {
  const byLine = new Map<number, PiecePlace>();
  for (const place of places) {
    const known = byLine.get(place.at);
    if (known === undefined || known.end < place.end) byLine.set(place.at, place);
  }
  return [...byLine.values()];
}

function findRows(document: ComparedLines, rows: readonly EditRow[], leeway: Leeway): readonly PiecePlace[] {
  const before = linesBefore(rows);
  const isBlank = before.every((line) => line.trim() === "");
  if (before.length === 0 || (isBlank && leeway !== "none")) return [];
  return document.find(before, leeway).map((at) => {
    const end = at + before.length;
    const isPlain = leeway === "none" || leeway === "trailing-blanks";
    const edits = () => (isPlain ? editsOfRows(rows, at) : fitRows(rows, document.lines.slice(at, end), at));
    return { at, end, edits };
  });
}

/** The edits with the new lines indented, and spelt where they stay, as the document is. */
function fitRows(rows: readonly EditRow[], inDocument: readonly string[], at: number): readonly LineEdit[] | undefined {
  const before = linesBefore(rows);
  const reindent = findReindent(before, inDocument);
  if (reindent === undefined) return undefined;
  const edits: LineEdit[] = [];
  for (const { first, end, lines } of editsOfRows(rows, 0)) {
    const isRewording = lines.length === end - first;
    const fitted = lines.flatMap((line, index) => {
      const indented = reindent(line);
      const gone = isRewording ? reindent(before[first + index] ?? "") : undefined;
      if (indented === undefined || gone === undefined) return indented ?? [];
      return keepOwnSigns(inDocument[first + index] ?? "", gone, indented);
    });
    if (fitted.length < lines.length) return undefined;
    edits.push({ first: at + first, end: at + end, lines: fitted });
  }
  return edits;
}

/** Blank lines at the edges say little of the place, and are what answers get wrong most. Those that are not there cannot go. */
function withoutBlankEdges(rows: readonly EditRow[]): readonly EditRow[] {
  const isBlank = ({ mark, text }: EditRow) => mark !== "+" && text.trim() === "";
  const first = rows.findIndex((row) => !isBlank(row));
  return first === -1 ? [] : rows.slice(first, rows.findLastIndex((row) => !isBlank(row)) + 1);
}

/** A change of the document by somebody else, in the places of before. Lines and characters count from 0. */
export interface ForeignChange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
  readonly text: string;
}

/** The same in whole lines: those from `first` to before `end` become `lines`. */
export interface LineChange {
  readonly first: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/**
 * Puts a change into whole lines, as few as possible: Enter at the end of a line adds a line below and leaves that one alone.
 * `lineAt` gives the lines that are known; of others only the number counts.
 */
export function linesOfChange({ start, end, text }: ForeignChange, lineAt: (line: number) => string): LineChange {
  const lines = text.split(/\r\n|\r|\n/u);
  const isAtLineStart = start.character === 0 && end.character === 0;
  if (isAtLineStart && (lines.at(-1) ?? "") === "" && (lines.length > 1 || end.line > start.line))
    return { first: start.line, end: end.line, lines: lines.slice(0, -1) };
  const isPoint = start.line === end.line && start.character === end.character;
  if (isPoint && lines.length > 1 && lines[0] === "" && start.character === lineAt(start.line).length)
    return { first: start.line + 1, end: start.line + 1, lines: lines.slice(1) };
  const whole = lineAt(start.line).slice(0, start.character) + text + lineAt(end.line).slice(end.character);
  return { first: start.line, end: end.line + 1, lines: whole.split(/\r\n|\r|\n/u) };
}

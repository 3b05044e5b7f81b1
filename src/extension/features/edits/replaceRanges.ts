import type { TextDocument, TextEdit, TextEditor } from "vscode";

/** A range and what takes its place. */
export type Replacement = Pick<TextEdit, "range" | "newText">;

/** The document's text with these ranges replaced; they do not overlap. */
export function textWith(document: TextDocument, replacements: readonly Replacement[]): string {
  const fromTheEnd = replacements.toSorted((left, right) => right.range.start.compareTo(left.range.start));
  return fromTheEnd.reduce(
    (text, { range, newText }) =>
      text.slice(0, document.offsetAt(range.start)) + newText + text.slice(document.offsetAt(range.end)),
    document.getText(),
  );
}

/** Replaces them in the document as one edit; without `undoStops` it is a step of the undo stack. */
export function replaceRanges(
  editor: TextEditor,
  replacements: readonly Replacement[],
  undoStops?: Parameters<TextEditor["edit"]>[1],
): Thenable<boolean> {
  return editor.edit((builder) => {
    for (const { range, newText } of replacements) builder.replace(range, newText);
  }, undoStops);
}

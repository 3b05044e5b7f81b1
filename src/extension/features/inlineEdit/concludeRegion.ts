import { type Selection, type TextDocument, type TextEdit, type TextEditor, commands, window } from "vscode";
import type { InlineReview } from "../../../core/inlineEdit/inlineReview.ts";
import { type LineSplice, spliceBetween } from "../../../core/inlineEdit/lineSplice.ts";
import { type RegionWriter, editorOf, textEdits } from "./regionWriter.ts";

/** What there was before the first edit. */
interface Original {
  readonly text: string;
  readonly selections: readonly Selection[];
}

export interface Conclusion {
  readonly document: TextDocument;
  readonly review: InlineReview;
  readonly writer: RegionWriter;
  readonly original: Original;
}

/** Ends a review with everything taken back. `false` when the editor did not take the change. */
export function takeBack(conclusion: Conclusion): Promise<boolean> {
  return conclude(conclusion, { lines: conclusion.review.baseLines(), splices: [] });
}

/** Ends a review with what was accepted, as one step of the undo stack. */
export function keepDecided(conclusion: Conclusion): Promise<boolean> {
  const { review } = conclusion;
  return conclude(conclusion, { lines: review.decidedLines(), splices: review.decidedSplices() });
}

/**
 * While nobody else has edited, our edits are one step of the undo stack: undone, the document is what it was, also clean where it
 * was clean; what stays is then written as one edit. Otherwise one edit leads from what is shown to what stays.
 */
async function conclude(
  { document, review, writer, original }: Conclusion,
  { lines, splices }: { readonly lines: readonly string[]; readonly splices: readonly LineSplice[] },
): Promise<boolean> {
  const { firstLine } = review;
  await writer.close();
  const isUndone = writer.hasWritten && !writer.hasForeign && (await undo(document, original.text));
  const editor = await shown(document);
  const edits =
    isUndone || !writer.hasWritten
      ? textEdits(document, splices, firstLine)
      : writer.hasForeign
        ? writer.editsTo(lines)
        : wholeEdits(document, original, { firstLine, base: review.baseLines().length, lines });
  if (edits.length === 0) {
    if ((isUndone || !writer.hasWritten) && editor !== undefined) editor.selections = original.selections;
    return true;
  }
  if (editor === undefined) return false;
  return editor.edit(
    (builder) => {
      for (const { range, newText } of edits) builder.replace(range, newText);
    },
    { undoStopBefore: true, undoStopAfter: true },
  );
}

/** Where Undo did something else than it should: from whatever there is to what there should be, which is known whole. */
function wholeEdits(
  document: TextDocument,
  { text }: Original,
  { firstLine, base, lines }: { readonly firstLine: number; readonly base: number; readonly lines: readonly string[] },
): readonly TextEdit[] {
  const wanted = text.split(LINE_END).toSpliced(firstLine, base, ...lines);
  const splice = spliceBetween(document.getText().split(LINE_END), wanted);
  return splice === undefined ? [] : textEdits(document, [splice], 0);
}

const LINE_END = /\r\n|\r|\n/u;

async function undo(document: TextDocument, text: string): Promise<boolean> {
  if ((await shown(document)) === undefined || window.activeTextEditor?.document !== document) return false;
  // An input of the workbench that has the focus would take the command for itself.
  if (document.uri.scheme !== NOTEBOOK_CELL) await commands.executeCommand("workbench.action.focusActiveEditorGroup");
  await commands.executeCommand("undo");
  return document.getText() === text;
}

/** Undo reaches the editor with the focus only. */
async function shown(document: TextDocument): Promise<TextEditor | undefined> {
  if (document.isClosed) return undefined;
  const editor = editorOf(document);
  if (window.activeTextEditor?.document === document || document.uri.scheme === NOTEBOOK_CELL) return editor;
  return window.showTextDocument(document, {
    ...(editor?.viewColumn === undefined ? {} : { viewColumn: editor.viewColumn }),
    preserveFocus: false,
  });
}

const NOTEBOOK_CELL = "vscode-notebook-cell";

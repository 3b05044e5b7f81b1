import { type Selection, type TextDocument, type TextEdit, type TextEditor, commands, window } from "vscode";
import type { InlineReview } from "../../../core/inlineEdit/inlineReview.ts";
import { type LineSplice, spliceBetween } from "../../../core/inlineEdit/lineSplice.ts";
import { replaceRanges } from "../edits/replaceRanges.ts";
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
  return conclude(conclusion, []);
}

/** Ends a review with what was accepted, as one step of the undo stack. */
export async function keepDecided(conclusion: Conclusion): Promise<boolean> {
  const { review, writer } = conclusion;
  await writer.close();
  // What was saved while changes waited stays as it was saved.
  if (review.isParked && writer.editsTo(review.decidedLines()).length === 0) return true;
  return conclude(conclusion, review.decidedSplices());
}

/**
 * First the document is what it would be without the edit: while nobody else has edited, our edits are one step of the undo stack,
 * and undone they leave a clean file clean; otherwise one edit takes them out. What stays is then written as one edit, so that one
 * Undo takes it back and nothing else.
 */
async function conclude(conclusion: Conclusion, splices: readonly LineSplice[]): Promise<boolean> {
  const { document, review, writer, original } = conclusion;
  await writer.close();
  const isUndone = !writer.hasWritten || (!writer.hasForeign && (await undo(document, original.text)));
  const editor = await shown(document);
  if (isUndone && splices.length === 0) {
    if (editor !== undefined) editor.selections = original.selections;
    return true;
  }
  const back = isUndone ? [] : backEdits(conclusion);
  if (editor === undefined) return back.length === 0 && splices.length === 0;
  return (await edit(editor, back)) && edit(editor, textEdits(document, splices, review.firstLine));
}

/** Each a step of the undo stack. */
async function edit(editor: TextEditor, edits: readonly TextEdit[]): Promise<boolean> {
  if (edits.length === 0) return true;
  return replaceRanges(editor, edits, { undoStopBefore: true, undoStopAfter: true });
}

/** Where Undo did something else than it should, from whatever there is to what there was, which is known whole. */
function backEdits({ document, review, writer, original }: Conclusion): readonly TextEdit[] {
  if (writer.hasForeign) return writer.editsTo(review.baseLines());
  const splice = spliceBetween(document.getText().split(LINE_END), original.text.split(LINE_END));
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

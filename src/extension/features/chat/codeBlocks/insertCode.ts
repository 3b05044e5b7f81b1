import { Position, Range, type Selection, type TextDocument, window } from "vscode";
import { codeAtCursor } from "../../../../core/edits/reindentCode.ts";
import { type Replacement, replaceRanges, textWith } from "../../edits/replaceRanges.ts";
import { mayWrite } from "../../edits/writeGate.ts";
import { lastEditor } from "./lastEditor.ts";

/** Puts the code at every cursor of the last active editor, in place of what is selected, as one undo step, where the file may be written. */
export async function insertCode(code: string): Promise<boolean> {
  const editor = await lastEditor();
  if (editor === undefined) return false;
  const { document, viewColumn } = editor;
  const { version } = document;
  const edits = editor.selections.map((selection) => insertionAt(document, selection, code));
  const write = { uri: document.uri, textBefore: document.getText(), textAfter: textWith(document, edits) };
  if (!(await mayWrite([write]))) return false;
  // The person may have typed while they were asked.
  const isDone = document.version === version && (await replaceRanges(editor, edits));
  if (isDone) await window.showTextDocument(document, viewColumn === undefined ? {} : { viewColumn });
  else void window.showWarningMessage("The editor did not take the code; the file is as it was. Copy it instead.");
  return isDone;
}

function insertionAt(document: TextDocument, selection: Selection, code: string): Replacement {
  const range = withoutIndentation(document, selection);
  const before = document.lineAt(range.start.line).text.slice(0, range.start.character);
  return { range, newText: codeAtCursor(code, before) + (endsBeforeLine(selection) ? "\n" : "") };
}

/** Where whole lines are selected, the indentation of the first stays and is that of the code. */
function withoutIndentation(document: TextDocument, selection: Selection): Range {
  const { start, end } = selection;
  const line = document.lineAt(start.line);
  if (selection.isEmpty || line.isEmptyOrWhitespace) return selection;
  const text = new Position(start.line, Math.max(start.character, line.firstNonWhitespaceCharacterIndex));
  return text.isBefore(end) ? new Range(text, end) : selection;
}

/** Such a selection includes the line end before it. */
function endsBeforeLine({ start, end }: Selection): boolean {
  return end.character === 0 && end.line > start.line;
}

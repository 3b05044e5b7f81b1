import { Position, Range, type Selection, type TextDocument, window } from "vscode";
import { codeAtCursor } from "../../../../core/edits/reindentCode.ts";
import { lastEditor } from "./lastEditor.ts";

/** Puts the code at every cursor of the last active editor, in place of what is selected, as one undo step. */
export async function insertCode(code: string): Promise<boolean> {
  const editor = await lastEditor();
  if (editor === undefined) return false;
  const { document, selections, viewColumn } = editor;
  const isDone = await editor.edit((builder) => {
    for (const selection of selections) {
      const range = withoutIndentation(document, selection);
      const before = document.lineAt(range.start.line).text.slice(0, range.start.character);
      builder.replace(range, codeAtCursor(code, before) + (endsBeforeLine(selection) ? "\n" : ""));
    }
  });
  if (isDone) await window.showTextDocument(document, viewColumn === undefined ? {} : { viewColumn });
  else void window.showWarningMessage("The editor did not take the code; the file is as it was. Copy it instead.");
  return isDone;
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

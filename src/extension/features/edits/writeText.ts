import { Range, type TextDocument, WorkspaceEdit, window, workspace } from "vscode";
import { firstDifference } from "../../../core/edits/compareTexts.ts";
import { textEditsBetween } from "../../../core/edits/textLines.ts";

/**
 * Gives a document another text, as one undo step that touches only what differs, and looks whether the document is what was
 * promised then. `true` when it is; else the person has been told.
 */
export async function writeText(document: TextDocument, text: string): Promise<boolean> {
  const edit = new WorkspaceEdit();
  for (const { start, end, text: news } of textEditsBetween(document.getText(), text)) {
    edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(end)), news);
  }
  if (!(await workspace.applyEdit(edit))) {
    void window.showWarningMessage("The editor did not take the change; the file is as it was. Ask for it again.");
    return false;
  }
  return isAsAccepted(document, text);
}

/** Whether the document is what the person was promised; else they are told. */
export function isAsAccepted(document: TextDocument, text: string): boolean {
  const line = firstDifference(text, document.getText());
  if (line === undefined) return true;
  void window.showWarningMessage(
    `Line ${line} of ${workspace.asRelativePath(document.uri, false)} is not what you accepted: something else wrote there, too. One undo takes it back.`,
  );
  return false;
}

import { Position, type Uri, WorkspaceEdit, window, workspace } from "vscode";
import { isThere } from "../edits/isThere.ts";
import { mayWrite } from "../edits/writeGate.ts";

/** Makes a file, which one Undo takes away again. A file that came into being meanwhile is left alone; the person is told. */
export async function acceptNewFile(uri: Uri, text: string): Promise<boolean> {
  const name = workspace.asRelativePath(uri, false);
  if (await isThere(uri)) {
    void window.showWarningMessage(
      `${name} has come into being since these tests were proposed, so nothing was written. Ask again to extend it, or copy what you need.`,
    );
    return false;
  }
  if (!(await mayWrite([{ uri, textBefore: undefined, textAfter: text }]))) return false;
  const edit = new WorkspaceEdit();
  edit.createFile(uri, { overwrite: false, ignoreIfExists: false });
  edit.insert(uri, new Position(0, 0), text);
  if (await workspace.applyEdit(edit)) {
    await (await workspace.openTextDocument(uri)).save();
    return true;
  }
  void window.showWarningMessage(
    `The editor did not make ${name}, so nothing was written. Copy the code, or ask again.`,
  );
  return false;
}

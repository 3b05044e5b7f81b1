import { type TextEditor, window, workspace } from "vscode";
import { isTrusted } from "../../edits/writeGate.ts";

/**
 * The editor that code of an answer goes into: the last active one, if its document can be written. `undefined` after the
 * person was told why there is none.
 */
export async function lastEditor(): Promise<TextEditor | undefined> {
  if (!(await isTrusted("changes no files"))) return undefined;
  const editor = [window.activeTextEditor, ...window.visibleTextEditors].find(
    (candidate) => candidate !== undefined && isWritable(candidate),
  );
  if (editor === undefined) {
    void window.showInformationMessage(
      "No file is open that the code could go into. Nothing was changed; open one, or take New File.",
    );
  }
  return editor;
}

/** Output channels, diffs of proposals and the like have editors, too. */
function isWritable({ document }: TextEditor): boolean {
  const { scheme } = document.uri;
  return document.isUntitled || scheme === "vscode-notebook-cell" || workspace.fs.isWritableFileSystem(scheme) === true;
}

import { type TextEditor, commands, window, workspace } from "vscode";

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

/** Tells the person when the workspace is not trusted. `doesNot`: for instance `changes no files`. */
export async function isTrusted(doesNot: string): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const sentence = `Waybill ${doesNot} in Restricted Mode. Nothing was done; trust this workspace first.`;
  const choice = await window.showInformationMessage(sentence, "Manage Workspace Trust");
  if (choice !== undefined) await commands.executeCommand("workbench.trust.manage");
  return false;
}

/** Output channels, diffs of proposals and the like have editors, too. */
function isWritable({ document }: TextEditor): boolean {
  return document.isUntitled || workspace.fs.isWritableFileSystem(document.uri.scheme) === true;
}

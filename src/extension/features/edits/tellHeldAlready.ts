import { type TextDocument, window, workspace } from "vscode";

/** Code that would change nothing. */
export function tellHeldAlready({ uri }: TextDocument): void {
  const name = workspace.asRelativePath(uri, false);
  void window.showInformationMessage(`${name} holds this code already. Nothing was changed.`);
}

import { Uri, workspace } from "vscode";
import { FOLDER_SCHEME } from "../../../src/extension/platform/contributions.ts";

/** The page that tells what the folder changes, as Markdown. */
export async function folderPage(): Promise<string> {
  const uri = Uri.from({ scheme: FOLDER_SCHEME, path: "/What Does This Folder Change.md" });
  return (await workspace.openTextDocument(uri)).getText();
}

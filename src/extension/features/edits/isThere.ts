import { type Uri, workspace } from "vscode";

/** Whether the name is taken: by a file, a folder, or a link, also one that leads nowhere. */
export async function isThere(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

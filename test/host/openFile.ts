import assert from "node:assert/strict";
import { type TextDocument, Uri, workspace } from "vscode";

/** Writes a file into the workspace and opens it; no editor shows it yet. */
export async function openFile(name: string, content: string): Promise<TextDocument> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  assert.ok(folder, "the host opens a workspace");
  const uri = Uri.joinPath(folder, name);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  return workspace.openTextDocument(uri);
}

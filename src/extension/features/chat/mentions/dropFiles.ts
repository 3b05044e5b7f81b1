import { Uri, env, window, workspace } from "vscode";
import { isSecretFile } from "../../../../core/context/secretFiles.ts";
import { fileItem } from "./fileItem.ts";
import { folderItem } from "./mentionSource.ts";
import type { NotAttached, PendingItem } from "./pendingItem.ts";
import { readTextFile } from "./readTextFile.ts";
import { linkRefusal } from "./realPlace.ts";
import { offerRule } from "./workspaceFiles.ts";

/**
 * What was dropped on the chat. The page names it, and a page may name anything: what the workspace would not offer is read
 * only after the person has said so to the editor.
 */
export async function droppedItems(uris: readonly string[]): Promise<readonly (PendingItem | NotAttached)[]> {
  const isOffered = await offerRule();
  const files = uris.flatMap((text) => parseUri(text) ?? []);
  const [secret, harmless] = [
    files.filter(({ path }) => isSecretFile(path)),
    files.filter(({ path }) => !isSecretFile(path)),
  ];
  const refusals = new Map(await Promise.all(harmless.map(async (uri) => [uri, await linkRefusal(uri)] as const)));
  const isKnown = (uri: Uri) => refusals.get(uri) === undefined && (isOffered(uri) || isWorkspaceFolder(uri));
  const others = harmless.filter((uri) => !isKnown(uri));
  const isAllowed = others.length === 0 || (await mayRead(others));
  const read = harmless.filter((uri) => isAllowed || isKnown(uri)).map(readDropped);
  return [...(await Promise.all(read)), ...secret.map(refuseSecret)];
}

async function readDropped(uri: Uri): Promise<PendingItem | NotAttached> {
  const { type } = await Promise.resolve(workspace.fs.stat(uri)).catch(() => ({ type: 0 }));
  const isFolder = (type & 2) !== 0;
  return isFolder && workspace.getWorkspaceFolder(uri) !== undefined ? folderItem(uri) : fileItem(uri, readTextFile);
}

function refuseSecret({ path }: Uri): NotAttached {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return {
    notice: `${name} is likely to hold secrets, so it was not attached. Select the lines you want to send in it instead.`,
  };
}

async function mayRead(uris: readonly Uri[]): Promise<boolean> {
  const names = uris.map((uri) => workspace.asRelativePath(uri)).join("\n");
  const attach = "Attach";
  const answer = await window.showWarningMessage(
    uris.length === 1 ? "Attach this file to your question?" : `Attach these ${uris.length} files to your question?`,
    {
      modal: true,
      detail: `${names}\n\nIt is outside the workspace, or ignored by git. Its text will be sent to a model.`,
    },
    attach,
  );
  return answer === attach;
}

function isWorkspaceFolder(uri: Uri): boolean {
  return (workspace.workspaceFolders ?? []).some((folder) => folder.uri.toString() === uri.toString());
}

/**
 * On a remote machine, the workbench's addresses of its files are files here. `Uri` keeps `..`, and the workspace would call
 * such a path its own by its first part; nothing that is dropped is written so.
 */
function parseUri(text: string): Uri | undefined {
  try {
    const uri = Uri.parse(text, true);
    if (/(?:^|[\\/])\.{1,2}(?:[\\/]|$)/u.test(uri.path)) return undefined;
    if (uri.scheme === "vscode-remote" && env.remoteName !== undefined) return Uri.file(uri.path);
    return uri.scheme === "file" || workspace.getWorkspaceFolder(uri) !== undefined ? uri : undefined;
  } catch {
    return undefined;
  }
}

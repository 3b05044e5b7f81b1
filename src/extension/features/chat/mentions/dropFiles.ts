import { Uri, env, window, workspace } from "vscode";
import { type KeptBy, describeKept } from "../../../../core/context/sendRule.ts";
import { whyKept } from "../../outgoing/sendGate.ts";
import { fileItem } from "./fileItem.ts";
import { folderItem } from "./mentionSource.ts";
import type { NotAttached, PendingItem } from "./pendingItem.ts";

/**
 * What was dropped on the chat. The page names it, and a page may name anything: what the workspace would not offer is read
 * only after the person has said so to the editor, and what is kept on this machine not at all.
 */
export async function droppedItems(uris: readonly string[]): Promise<readonly (PendingItem | NotAttached)[]> {
  const files = uris.flatMap((text) => parseUri(text) ?? []);
  const sorted = await Promise.all(files.map(async (uri) => ({ uri, kept: await whyKept(uri) })));
  const free = sorted.flatMap(({ uri, kept }) => (kept === undefined ? [uri] : []));
  const others = free.filter((uri) => workspace.getWorkspaceFolder(uri) === undefined);
  const isAllowed = others.length === 0 || (await mayRead(others));
  const read = free.filter((uri) => isAllowed || !others.includes(uri)).map(readDropped);
  const refused = sorted.flatMap(({ uri, kept }) => (kept === undefined ? [] : [refuse(uri, kept)]));
  return [...(await Promise.all(read)), ...refused];
}

async function readDropped(uri: Uri): Promise<PendingItem | NotAttached> {
  const { type } = await Promise.resolve(workspace.fs.stat(uri)).catch(() => ({ type: 0 }));
  const isFolder = (type & 2) !== 0;
  return isFolder && workspace.getWorkspaceFolder(uri) !== undefined ? folderItem(uri) : fileItem(uri);
}

function refuse(uri: Uri, kept: KeptBy): NotAttached {
  const name = workspace.asRelativePath(uri);
  return { notice: `${name} ${describeKept(kept)}, so it was not attached. Nothing was sent.` };
}

async function mayRead(uris: readonly Uri[]): Promise<boolean> {
  const names = uris.map((uri) => workspace.asRelativePath(uri)).join("\n");
  const attach = "Attach";
  const answer = await window.showWarningMessage(
    uris.length === 1 ? "Attach this file to your question?" : `Attach these ${uris.length} files to your question?`,
    {
      modal: true,
      detail: `${names}\n\nIt is outside the workspace. Its text will be sent to a model.`,
    },
    attach,
  );
  return answer === attach;
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

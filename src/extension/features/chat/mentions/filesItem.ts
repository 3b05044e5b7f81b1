import { type Uri, workspace } from "vscode";
import { fenced } from "../../../../core/conversation/buildMessages.ts";
import type { PendingItem } from "./pendingItem.ts";
import { readTextFile } from "./readTextFile.ts";

/** Of one folder, or of the open editors. */
const MOST_FILES = 200;
const MOST_CHARACTERS = 1_000_000;

type FilesItem = Pick<PendingItem, "id" | "kind" | "label">;

/** Several files as one item, each a part. What is no text or too large is left out, and that is said. */
export async function filesItem(item: FilesItem, uris: readonly Uri[]): Promise<PendingItem> {
  const parts: string[] = [];
  let left = Math.max(0, uris.length - MOST_FILES);
  let characters = 0;
  for (const uri of uris.slice(0, MOST_FILES)) {
    const file = await readTextFile(uri);
    const part =
      typeof file === "string" ? "" : `${workspace.asRelativePath(uri)}:\n${fenced(file.languageId, file.text)}\n\n`;
    characters += part.length;
    if (part === "" || characters > MOST_CHARACTERS) left += 1;
    else parts.push(part);
  }
  const remark =
    left === 0
      ? {}
      : { remark: `${left} of ${uris.length} files not taken: not text, too large, or kept on this machine` };
  return { ...item, rank: "mention", unit: "file", languageId: "", diagnostics: [], parts, ...remark };
}

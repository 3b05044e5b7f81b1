import { FileType, type Uri, workspace } from "vscode";
import { type FileDiff, readDiff } from "../../../core/changes/fileDiff.ts";
import { newFileDiff } from "../../../core/changes/newFileDiff.ts";
import { type SortedChanges, sortChanges } from "../../../core/changes/skippedFiles.ts";
import { readTextFile } from "../chat/mentions/readTextFile.ts";
import { whyKept, whyKeptIn } from "../outgoing/sendGate.ts";
import { type GitRepository, untrackedFiles } from "../../platform/gitRepositories.ts";

/** New files that are read; a folder of thousands that nobody ignored would be no help. */
const MOST_NEW_FILES = 50;

/** What is staged. */
export async function stagedChanges(repository: GitRepository): Promise<readonly FileDiff[]> {
  return readDiff(await repository.diff(true));
}

/** All that is changed and not staged, new files last. */
export async function otherChanges(repository: GitRepository): Promise<readonly FileDiff[]> {
  const changed = readDiff(await repository.diff(false));
  const files = untrackedFiles(repository).slice(0, MOST_NEW_FILES);
  const added = await Promise.all(files.map((uri) => readNewFile(repository, uri)));
  return [...changed, ...readDiff(added.join(""))];
}

/** Those of the changes that a model may see, and the others with the reason. */
export async function sortForModel({ rootUri }: GitRepository, files: readonly FileDiff[]): Promise<SortedChanges> {
  const names = files.flatMap(({ path, oldPath }) => [path, oldPath]);
  return sortChanges(files, await whyKeptIn(rootUri, names));
}

/** A file that is not read, for whatever reason, is named alone. */
async function readNewFile({ rootUri }: GitRepository, uri: Uri): Promise<string> {
  const path = uri.path.slice(rootUri.path.length + 1);
  if ((await whyKept(uri)) !== undefined) return newFileDiff(path, "");
  // Git keeps where a link leads to, and nothing of what is there.
  const file = (await isLink(uri)) ? "is a link" : await readTextFile(uri);
  return typeof file === "string"
    ? `${newFileDiff(path, "")}Binary files /dev/null and b/${path} differ\n`
    : newFileDiff(path, file.text);
}

async function isLink(uri: Uri): Promise<boolean> {
  try {
    return ((await workspace.fs.stat(uri)).type & FileType.SymbolicLink) !== 0;
  } catch {
    return false;
  }
}

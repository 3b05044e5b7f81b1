import { RelativePattern, Uri, workspace } from "vscode";
import { ignoredFolders } from "../../../../core/context/ignoreRules.ts";
import { offerable } from "../../outgoing/sendGate.ts";

/** What completion and folders look at, at most. */
const MOST_FILES = 5_000;

/** Never looked into, whatever `.gitignore` says. */
const NEVER = ["**/node_modules/**", "**/.git/**"];

/** Files of the workspace, or of one folder in it, that may be offered, and that `files.exclude` does not hide. */
export async function offeredFiles(inside?: Uri): Promise<readonly Uri[]> {
  const folders = inside === undefined ? (workspace.workspaceFolders ?? []).map(({ uri }) => uri) : [inside];
  const found = await Promise.all(folders.map(searchFolder));
  return offerable(found.flat());
}

/** What is ignored is not even searched: it would fill the list. */
async function searchFolder(folder: Uri): Promise<readonly Uri[]> {
  const ignored = `{${[...NEVER, ...ignoredFolders(await readRules(folder))].join(",")}}`;
  return workspace.findFiles(new RelativePattern(folder, "**/*"), ignored, MOST_FILES);
}

async function readRules(folder: Uri): Promise<string> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(Uri.joinPath(folder, ".gitignore")));
  } catch {
    return "";
  }
}

import { Uri, RelativePattern, type WorkspaceFolder, workspace } from "vscode";
import { type IgnoreFile, ignoredBy, ignoredFolders } from "../../../../core/context/ignoreRules.ts";
import { isSecretFile } from "../../../../core/context/secretFiles.ts";

/** What completion and folders look at, at most. */
const MOST_FILES = 5_000;
const MOST_IGNORE_FILES = 200;

/** Never looked into, whatever `.gitignore` says. */
const NEVER = ["**/node_modules/**", "**/.git/**"];

/**
 * Files of the workspace, or of one folder in it, that may be offered: nothing that git ignores, `files.exclude` hides, or that
 * holds secrets by its name.
 */
export async function offeredFiles(inside?: Uri): Promise<readonly Uri[]> {
  const folders = inside === undefined ? (workspace.workspaceFolders ?? []).map(({ uri }) => uri) : [inside];
  const found = await Promise.all(folders.map(searchFolder));
  const mayBeOffered = await offerRule();
  return found.flat().filter(mayBeOffered);
}

/** What is ignored is not even searched: it would fill the list. */
async function searchFolder(folder: Uri): Promise<readonly Uri[]> {
  const root = (await readIgnoreFile(folder, Uri.joinPath(folder, ".gitignore")))?.text ?? "";
  const ignored = `{${[...NEVER, ...ignoredFolders(root)].join(",")}}`;
  return workspace.findFiles(new RelativePattern(folder, "**/*"), ignored, MOST_FILES);
}

/** Whether a file may be offered, by the rules as they are now. */
export async function offerRule(): Promise<(uri: Uri) => boolean> {
  const folders = workspace.workspaceFolders ?? [];
  const rules = await Promise.all(
    folders.map(async (folder) => [folder.uri.toString(), await ignoreRule(folder)] as const),
  );
  const byFolder = new Map(rules);
  return (uri) => {
    const folder = workspace.getWorkspaceFolder(uri);
    if (folder === undefined || isSecretFile(uri.path)) return false;
    const path = pathIn(folder.uri, uri);
    return !isOfGit(path) && byFolder.get(folder.uri.toString())?.(path) !== true;
  };
}

/** The outermost file is read even where `files.exclude` hides it. */
async function ignoreRule({ uri: folder }: WorkspaceFolder): Promise<(path: string) => boolean> {
  const inner = await workspace.findFiles(new RelativePattern(folder, "*/**/.gitignore"), NEVER[0], MOST_IGNORE_FILES);
  const files = [Uri.joinPath(folder, ".gitignore"), ...inner];
  const read = await Promise.all(files.map((uri) => readIgnoreFile(folder, uri)));
  return ignoredBy(read.flatMap((file) => file ?? []));
}

async function readIgnoreFile(folder: Uri, uri: Uri): Promise<IgnoreFile | undefined> {
  try {
    const text = new TextDecoder().decode(await workspace.fs.readFile(uri));
    const path = pathIn(folder, uri);
    return { folder: path.slice(0, Math.max(0, path.lastIndexOf("/"))), text };
  } catch {
    return undefined;
  }
}

function pathIn(folder: Uri, uri: Uri): string {
  return uri.path.slice(folder.path.replace(/\/$/, "").length + 1);
}

function isOfGit(path: string): boolean {
  return path.split("/").includes(".git");
}

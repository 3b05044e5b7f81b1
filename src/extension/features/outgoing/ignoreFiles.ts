import { FileType, Uri, workspace } from "vscode";
import { isIgnoreFileName } from "../../../core/context/ignoreFileNames.ts";
import { type IgnoreFile, ignoredBy } from "../../../core/context/ignoreRules.ts";
import { IGNORES_CASE } from "../edits/realPlace.ts";

const DISK = { ignoresCase: IGNORES_CASE };

/**
 * The file of rules that ignores each of the paths; `undefined` where none does. Paths are relative to the folder, with `/`. The
 * files are read as they are now, all that stand in the folders on the way, so nothing is ever out of date.
 */
export async function ignoredIn(folder: Uri, paths: readonly string[]): Promise<readonly (string | undefined)[]> {
  const files = await Promise.all([...foldersOn(paths)].map((inner) => readRules(folder, inner)));
  return paths.map(ignoredBy(files.flat(), DISK));
}

/** Whether a file that was saved holds rules. */
export function isIgnoreFile({ path }: Uri): boolean {
  return isIgnoreFileName(path.slice(path.lastIndexOf("/") + 1), IGNORES_CASE);
}

function foldersOn(paths: readonly string[]): ReadonlySet<string> {
  const folders = new Set<string>([""]);
  for (const path of paths) {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const folder = path.slice(0, end);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}

async function readRules(root: Uri, inner: string): Promise<readonly IgnoreFile[]> {
  const folder = inner === "" ? root : Uri.joinPath(root, inner);
  const entries = await Promise.resolve(workspace.fs.readDirectory(folder)).catch(() => []);
  const names = entries.filter(
    ([name, type]) => isIgnoreFileName(name, IGNORES_CASE) && (type & FileType.Directory) === 0,
  );
  const files = await Promise.all(
    names.map(async ([name]) => {
      const text = await readText(Uri.joinPath(folder, name));
      return text === undefined ? [] : [{ path: inner === "" ? name : `${inner}/${name}`, text }];
    }),
  );
  return files.flat();
}

/** Rules that are there and cannot be read deny everything: nobody knows what they deny. `undefined` where nothing is there. */
async function readText(uri: Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch {
    const isThere = await Promise.resolve(workspace.fs.stat(uri)).then(
      () => true,
      () => false,
    );
    return isThere ? "*" : undefined;
  }
}

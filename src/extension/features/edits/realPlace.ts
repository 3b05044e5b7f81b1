import { access, constants, readlink, realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { FilePermission, type Uri, workspace } from "vscode";
import { pathBelow } from "../../../core/edits/controlFiles.ts";

/** Where a file really is. */
export interface RealPlace {
  /** Below a folder of the workspace, with `/`; the whole path when it is below none. */
  readonly path: string;
  readonly isOutside: boolean;
}

/** Windows and macOS take `A` for `a`. */
export const IGNORES_CASE = process.platform === "win32" || process.platform === "darwin";

/** The place of a file with every link on the way to it resolved, also when the file itself is not there yet. */
export async function realPlace(uri: Uri): Promise<RealPlace> {
  const folders = workspace.workspaceFolders ?? [];
  if (uri.scheme !== "file") {
    const folder = workspace.getWorkspaceFolder(uri);
    return {
      path: folder === undefined ? uri.path : workspace.asRelativePath(uri, false),
      isOutside: folder === undefined,
    };
  }
  const file = await realPathOf(uri.fsPath);
  for (const folder of folders.filter(({ uri: { scheme } }) => scheme === "file")) {
    const below = pathBelow(await realPathOf(folder.uri.fsPath), file, IGNORES_CASE);
    if (below !== undefined) return { path: below, isOutside: false };
  }
  return { path: file, isOutside: true };
}

/** Links in a circle lead nowhere; no disk follows more than this. */
const MAX_LINKS = 40;

/**
 * With all links resolved; of a path that is not there, those on the way that are. Where a link leads to what is not there
 * yet, that is the place: writing the link would make it. `..` is taken out first, as the editor does.
 */
export function realPathOf(path: string): Promise<string> {
  return realPathWithin(resolve(path), MAX_LINKS);
}

async function realPathWithin(path: string, links: number): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const parent = dirname(path);
    if (parent === path) throw error;
    const place = join(await realPathWithin(parent, links), basename(path));
    const target = await readlink(place).catch(() => undefined);
    if (target === undefined || links === 0) return place;
    return realPathWithin(resolve(dirname(place), target), links - 1);
  }
}

/** Why a file that is there cannot be written; `undefined` when it can. */
export async function whyNotWritable(uri: Uri): Promise<string | undefined> {
  if (workspace.fs.isWritableFileSystem(uri.scheme) !== true) return "cannot be written: it is only shown here";
  try {
    const { permissions = 0 } = await workspace.fs.stat(uri);
    if ((permissions & FilePermission.Readonly) !== 0) return "is read-only";
  } catch {
    return "is not there any more";
  }
  if (uri.scheme !== "file") return undefined;
  return access(uri.fsPath, constants.W_OK).then(
    () => undefined,
    () => "is read-only",
  );
}

import { realpath, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/**
 * The path of a file inside a folder; `undefined` when there is none, or when a link on the way leads out of the folder.
 * `path` is relative, with `/`.
 */
export async function fileInside(folder: string, path: string): Promise<string | undefined> {
  const file = join(folder, ...path.split("/"));
  try {
    const [realFolder, realFile] = await Promise.all([realpath(folder), realpath(file)]);
    if (!isBelow(realFolder, realFile) || !isBelow(folder, file)) return undefined;
    return (await stat(realFile)).isFile() ? file : undefined;
  } catch {
    // Most names in an answer are no files: that is no error.
    return undefined;
  }
}

/** Both are absolute, without links on the way where that matters. */
function isBelow(folder: string, file: string): boolean {
  const way = relative(folder, file);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && join(folder, way) === file;
}

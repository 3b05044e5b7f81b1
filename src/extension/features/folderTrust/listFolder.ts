import { FileType, Uri, workspace } from "vscode";

/** A file or a link below a folder; a link is never followed. */
export interface ListedEntry {
  readonly uri: Uri;
  /** Below the folder, with `/`. */
  readonly name: string;
  readonly isLink: boolean;
}

/** Deeper folders, and more entries, are not looked at: what decides what tools do lies near the top. */
const DEEPEST = 4;
const MOST_ENTRIES = 4000;

/** Others' code, and git's own. */
const LEFT_OUT: readonly string[] = [".git", "node_modules"];

export interface FolderListing {
  readonly entries: readonly ListedEntry[];
  readonly isCutShort: boolean;
}

/** The files and links below a folder, those near the top first. A folder that cannot be read has none. */
export async function listFolder(folder: Uri): Promise<FolderListing> {
  const entries: ListedEntry[] = [];
  let level: readonly string[] = [""];
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth += 1) {
    const below: string[] = [];
    for (const path of level) {
      for (const [name, type] of await readDirectory(Uri.joinPath(folder, path))) {
        if (entries.length >= MOST_ENTRIES) return { entries, isCutShort: true };
        const isLink = (type & FileType.SymbolicLink) !== 0;
        const isFolder = (type & FileType.Directory) !== 0 && !isLink;
        const full = path === "" ? name : `${path}/${name}`;
        if (!isFolder) entries.push({ uri: Uri.joinPath(folder, full), name: full, isLink });
        else if (!LEFT_OUT.includes(name)) below.push(full);
      }
    }
    level = below;
  }
  return { entries, isCutShort: level.length > 0 };
}

async function readDirectory(uri: Uri): Promise<readonly (readonly [string, FileType])[]> {
  try {
    return await workspace.fs.readDirectory(uri);
  } catch {
    return [];
  }
}

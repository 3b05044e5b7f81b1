import { FileType, type Uri, workspace } from "vscode";
import { realPlace } from "../edits/realPlace.ts";

/** Larger files are named and not shown. */
const MAX_FILE_BYTES = 1_000_000;

/** What keeps a file from being shown, as the end of a sentence about it. */
type NotShown = "is a link out of the folder" | "is larger than 1 MB" | "is no text" | "cannot be read";

/**
 * A file's text as it is on the disk, for the person to look at and for nothing else: what may be sent is decided elsewhere, and
 * rules of the folder must not hide from the person what it brings.
 */
export async function readShown(uri: Uri): Promise<{ readonly text: string } | NotShown> {
  try {
    if ((await realPlace(uri)).isOutside) return "is a link out of the folder";
    const { size, type } = await workspace.fs.stat(uri);
    if ((type & FileType.Directory) !== 0) return "is no text";
    if (size > MAX_FILE_BYTES) return "is larger than 1 MB";
    const bytes = await workspace.fs.readFile(uri);
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch (error) {
    return error instanceof TypeError ? "is no text" : "cannot be read";
  }
}

/** Whether a link leads out of the open folders; one to the folder itself does not. */
export async function leadsOut(link: Uri, folder: Uri): Promise<boolean> {
  const [place, top] = await Promise.all([realPlace(link), realPlace(folder)]);
  return place.isOutside && place.path !== top.path;
}

import { FileType, type Uri, workspace } from "vscode";
import { type LinkRefusal, linkRefusal } from "./realPlace.ts";

/** Larger files are not attached. */
const MAX_FILE_BYTES = 1_000_000;

/** As the editor holds it, with what is not saved yet. */
export interface TextFile {
  readonly text: string;
  /** Empty where the editor has not opened the file. */
  readonly languageId: string;
}

/** What keeps a file from being attached, as the end of a sentence about it. */
export type FileRefusal = "is larger than 1 MB" | "is no text" | "cannot be read" | "is a folder" | LinkRefusal;

/** A file that is in the workspace by its name, if it is there by its place, too: nobody was asked about another one. */
export async function readWorkspaceFile(uri: Uri): Promise<TextFile | FileRefusal> {
  return (await linkRefusal(uri)) ?? readTextFile(uri);
}

/** A file anywhere. */
export async function readTextFile(uri: Uri): Promise<TextFile | FileRefusal> {
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) {
    const text = open.getText();
    return text.length > MAX_FILE_BYTES ? "is larger than 1 MB" : { text, languageId: open.languageId };
  }
  try {
    const { size, type } = await workspace.fs.stat(uri);
    if ((type & FileType.Directory) !== 0) return "is a folder";
    if (size > MAX_FILE_BYTES) return "is larger than 1 MB";
    const bytes = await workspace.fs.readFile(uri);
    if (bytes.byteLength > MAX_FILE_BYTES) return "is larger than 1 MB";
    const text = decodeText(bytes);
    return text === undefined ? "is no text" : { text, languageId: languageOf(uri) };
  } catch {
    return "cannot be read";
  }
}

function decodeText(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** What stands behind the fence; the ending of the name is understood there. */
function languageOf({ path }: Uri): string {
  return /\.(?<ending>[a-z0-9+#-]{1,12})$/i.exec(path)?.groups?.["ending"]?.toLowerCase() ?? "";
}

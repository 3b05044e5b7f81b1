import { FileType, type Uri, workspace } from "vscode";
import { describeKept } from "../../../../core/context/sendRule.ts";
import { whyKept } from "../../outgoing/sendGate.ts";

/** Larger files are not attached. */
const MAX_FILE_BYTES = 1_000_000;

/** As the editor holds it, with what is not saved yet. */
export interface TextFile {
  readonly text: string;
  /** Empty where the editor has not opened the file. */
  readonly languageId: string;
}

/** What keeps a file from being attached, as the end of a sentence about it. */
export type FileRefusal = string;

/** A file whose text may leave this machine, for a request. */
export async function readTextFile(uri: Uri): Promise<TextFile | FileRefusal> {
  const kept = await whyKept(uri);
  return kept === undefined ? readAnyFile(uri) : describeKept(kept);
}

async function readAnyFile(uri: Uri): Promise<TextFile | FileRefusal> {
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

import { realpath } from "node:fs/promises";
import { type Uri, workspace } from "vscode";
import { isSecretFile } from "../../../../core/context/secretFiles.ts";
import { isBelow } from "../codeBlocks/fileInside.ts";

/** What is wrong with a file that is a link, or that a link leads to, as the end of a sentence about it. */
export type LinkRefusal = "is a link out of the workspace" | "is a link to what is likely to hold secrets";

/** By its name a file may be in the workspace and by its place elsewhere. `undefined` where its place is no other or unknown. */
export async function linkRefusal({ scheme, fsPath }: Uri): Promise<LinkRefusal | undefined> {
  // Other file systems of the editor know no links, or follow them on their own machine.
  if (scheme !== "file") return undefined;
  try {
    const place = await realpath(fsPath);
    const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
    const places = await Promise.all(folders.map(({ uri }) => realpath(uri.fsPath)));
    const isInside = places.some((folder) => place === folder || isBelow(folder, place));
    if (!isInside) return "is a link out of the workspace";
    return isSecretFile(place.replaceAll("\\", "/")) ? "is a link to what is likely to hold secrets" : undefined;
  } catch {
    // What is not there cannot be read either.
    return undefined;
  }
}

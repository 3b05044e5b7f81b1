import { Uri, type WorkspaceFolder, workspace } from "vscode";
import { groupByFile } from "../../../core/edits/blockInAnswer.ts";
import { pathBelow } from "../../../core/edits/controlFiles.ts";
import type { FileEdit } from "../../../core/edits/fileEdit.ts";
import { type EditPlan, planFileEdits } from "../../../core/edits/planFileEdit.ts";
import { parsePathMention } from "../../../protocol/pathMention.ts";
import { findFiles } from "../chat/codeBlocks/pathsInWorkspace.ts";
import { isThere } from "./isThere.ts";

/** What an answer would do to one file of the workspace. */
export interface PlannedFile {
  /** As the answer names it. */
  readonly name: string;
  readonly uri: Uri;
  /** What it holds, unsaved changes included; `undefined` when it is not there. */
  readonly textBefore: string | undefined;
  readonly plan: EditPlan;
  readonly newUri: Uri | undefined;
}

/** The files that the edits name, found and planned. `strange`: names that are of no file in a folder of this workspace. */
export async function planAnswer(
  edits: readonly FileEdit[],
): Promise<{ readonly files: readonly PlannedFile[]; readonly strange: readonly string[] }> {
  const groups = [...groupByFile(edits)].flatMap(([name, ofFile]) => (name === undefined ? [] : [{ name, ofFile }]));
  const found = await findFiles(groups.map(({ name }) => relativePath(name)));
  const placed = groups.map((group) => {
    const there = found.get(relativePath(group.name));
    return { ...group, there, uri: there ?? newFileUri(group.name) };
  });
  // An answer may name a file in several ways.
  const byFile = Map.groupBy(placed, ({ uri, name }) => uri?.toString() ?? name);
  const planned = await Promise.all(
    [...byFile.values()].map(async (sameFile) => {
      const [{ name, there, uri } = NOWHERE] = sameFile;
      const ofFile = sameFile.flatMap((group) => group.ofFile);
      // What is there and was not found is reached by a link that leads out of the workspace.
      if (uri === undefined || (there === undefined && (await isThere(uri)))) return name;
      const textBefore = there === undefined ? undefined : await readText(uri);
      const newName = ofFile.findLast(({ newPath }) => newPath !== undefined)?.newPath;
      const newUri = newName === undefined ? undefined : newFileUri(newName);
      if (newName !== undefined && newUri === undefined) return newName;
      return { name, uri, textBefore, plan: planFileEdits(textBefore, ofFile), newUri };
    }),
  );
  return {
    files: planned.filter((file) => typeof file !== "string"),
    strange: planned.filter((file) => typeof file === "string"),
  };
}

const NOWHERE = { name: "", there: undefined, uri: undefined };

async function readText(uri: Uri): Promise<string> {
  return (await workspace.openTextDocument(uri)).getText();
}

/** Answers name whole paths where they have seen them. */
function relativePath(name: string): string {
  for (const { uri } of workspace.workspaceFolders ?? []) {
    const below = pathBelow(uri.fsPath, name, false);
    if (below !== undefined) return below;
  }
  return name;
}

/** In the folder that the path begins with the name of, else in the first. `undefined` for a path that leaves it. */
function newFileUri(name: string): Uri | undefined {
  const path = parsePathMention(relativePath(name))?.path;
  const folders: readonly WorkspaceFolder[] = workspace.workspaceFolders ?? [];
  const named = folders.length > 1 ? folders.find((folder) => path?.startsWith(`${folder.name}/`)) : undefined;
  const folder = named ?? folders[0];
  if (path === undefined || folder === undefined) return undefined;
  return Uri.joinPath(folder.uri, named === undefined ? path : path.slice(named.name.length + 1));
}

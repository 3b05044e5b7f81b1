import { type TextDocument, Uri, window, workspace } from "vscode";
import { builtInRule } from "../../../core/context/builtInRules.ts";
import { type KeptBy, refusalOf, whatKeeps } from "../../../core/context/sendRule.ts";
import { pathBelow } from "../../../core/edits/controlFiles.ts";
import { IGNORES_CASE, realPathOf } from "../edits/realPlace.ts";
import { ignoredIn } from "./ignoreFiles.ts";

/** What the editor knows of a text: a document that it holds, or the address of a file. */
export type Outgoing = Uri | Pick<TextDocument, "uri" | "languageId" | "isUntitled">;

/** With the file of rules, where one keeps it. */
export type Kept = KeptBy & { readonly rules?: Uri };

/** A place in a folder whose rules hold there. */
interface Inside {
  readonly folder: Uri;
  readonly path: string;
}

/**
 * Why the text of a file does not leave this machine; `undefined` where it may. Everything that reads a file, or a piece of it,
 * for a request asks here first, each time: rules are read as they are now, and links are followed.
 */
export async function whyKept(outgoing: Outgoing): Promise<Kept | undefined> {
  return (await whyAllKept([outgoing]))[0];
}

/** The same for several, whose folders are looked into once. */
export async function whyAllKept(outgoing: readonly Outgoing[]): Promise<readonly (Kept | undefined)[]> {
  if (!workspace.isTrusted) return outgoing.map(() => ({ kind: "restricted" }));
  const placed = await Promise.all(outgoing.map((each) => placeOf(knownOf(each))));
  const rules = await ignoringRules(placed.flatMap(({ places }) => places));
  return placed.map(({ document, places, realPath, leadsOut }) => {
    const { uri, languageId, isUntitled } = document;
    const [file] = places.flatMap((place) => rules.get(place) ?? []);
    const ignoredBy = file === undefined ? undefined : nameOf(file);
    const kept = whatKeeps({ title: uri.path, languageId, isUntitled, realPath, leadsOut, ignoredBy });
    return kept?.kind === "ignore-file" && file !== undefined ? { ...kept, rules: file } : kept;
  });
}

/** A cell of a notebook is as much on the disk as its file. */
const ON_DISK: ReadonlySet<string> = new Set(["file", "vscode-notebook-cell"]);

/** Those of the files that may be offered by their names: in the workspace, and kept by no rule. Links are followed once one is read. */
export async function offerable(uris: readonly Uri[]): Promise<readonly Uri[]> {
  if (!workspace.isTrusted) return [];
  const kept = new Set<Uri>();
  for (const folder of workspace.workspaceFolders ?? []) {
    const inside = uris.flatMap((uri) => {
      const path = pathBelow(folder.uri.path, uri.path, IGNORES_CASE);
      return path === undefined ? [] : [{ uri, path }];
    });
    const paths = inside.map(({ path }) => path);
    const ignored = inside.length === 0 ? [] : await ignoredIn(folder.uri, paths);
    for (const [index, { uri }] of inside.entries()) if (ignored[index] !== undefined) kept.add(uri);
  }
  return uris.filter(
    (uri) => workspace.getWorkspaceFolder(uri) !== undefined && !kept.has(uri) && builtInRule(uri.path) === undefined,
  );
}

/** Why texts of a repository are kept here, by their paths in it. Its own rules hold where only a part of it is opened, too. */
export async function whyKeptIn(root: Uri, paths: readonly string[]): Promise<ReadonlyMap<string, Kept>> {
  const wanted = [...new Set(paths)].filter((path) => path !== "");
  const [ignored, reasons] = await Promise.all([
    ignoredIn(root, wanted),
    whyAllKept(wanted.map((path) => Uri.joinPath(root, path))),
  ]);
  const kept = new Map<string, Kept>();
  for (const [index, path] of wanted.entries()) {
    const file = ignored[index];
    const why: Kept | undefined =
      reasons[index] ?? (file === undefined ? undefined : { kind: "ignore-file", path: file });
    if (why !== undefined) kept.set(path, why);
  }
  return kept;
}

/** Whether the text of a document may leave. Tells the person why not, with a way to the rule. */
export async function maySend(document: TextDocument): Promise<boolean> {
  const kept = await whyKept(document);
  if (kept !== undefined) void tellKept(document.uri, kept);
  return kept === undefined;
}

/** Tells who asked about a file why its text stays here. */
export async function tellKept(uri: Uri, kept: Kept): Promise<void> {
  const { rules } = kept;
  const open = rules === undefined ? [] : [`Open ${nameOf(rules)}`];
  const choice = await window.showInformationMessage(refusalOf(workspace.asRelativePath(uri, false), kept), ...open);
  if (choice !== undefined && rules !== undefined) await window.showTextDocument(rules);
}

function knownOf(outgoing: Outgoing): Pick<TextDocument, "uri" | "languageId" | "isUntitled"> {
  if (!(outgoing instanceof Uri)) return outgoing;
  const open = workspace.textDocuments.find(({ uri }) => uri.toString() === outgoing.toString());
  return open ?? { uri: outgoing, languageId: "", isUntitled: outgoing.scheme === "untitled" };
}

/** By the path alone: what shows a file, as a diff does, has another scheme and the same text. */
function foldersAround(path: string): readonly Inside[] {
  return (workspace.workspaceFolders ?? []).flatMap(({ uri }) => {
    const below = pathBelow(uri.path, path, IGNORES_CASE);
    return below === undefined ? [] : [{ folder: uri, path: below }];
  });
}

interface Placed {
  readonly document: ReturnType<typeof knownOf>;
  /** By its name, then by where it really is. */
  readonly places: readonly Inside[];
  readonly realPath: string | undefined;
  readonly leadsOut: boolean;
}

async function placeOf(document: ReturnType<typeof knownOf>): Promise<Placed> {
  const { uri } = document;
  const inName = foldersAround(uri.path);
  const isOnDisk = ON_DISK.has(uri.scheme) || inName.some(({ folder }) => folder.scheme === "file");
  if (!isOnDisk) return { document, places: inName, realPath: undefined, leadsOut: false };
  const realPath = await realPathOf(uri.fsPath);
  const inside = await realFoldersAround(realPath);
  // A link that leads out is a question only where its name is in the workspace.
  return { document, places: [...inName, ...inside], realPath, leadsOut: inName.length > 0 && inside.length === 0 };
}

/** The folders of the workspace, where they really are, around a place. */
async function realFoldersAround(path: string): Promise<readonly Inside[]> {
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  const found = await Promise.all(
    folders.map(async ({ uri }) => ({
      folder: uri,
      path: pathBelow(await realPathOf(uri.fsPath), path, IGNORES_CASE),
    })),
  );
  return found.flatMap(({ folder, path: below }) => (below === undefined ? [] : [{ folder, path: below }]));
}

/** The file of rules that ignores each of the places, where one does. */
async function ignoringRules(places: readonly Inside[]): Promise<ReadonlyMap<Inside, Uri>> {
  const rules = new Map<Inside, Uri>();
  for (const [folder, inside] of Map.groupBy(places, (place) => place.folder)) {
    const paths = inside.map(({ path }) => path);
    for (const [index, file] of (await ignoredIn(folder, paths)).entries()) {
      const place = inside[index];
      if (place !== undefined && file !== undefined) rules.set(place, Uri.joinPath(folder, file));
    }
  }
  return rules;
}

function nameOf(uri: Uri): string {
  return workspace.asRelativePath(uri, false);
}

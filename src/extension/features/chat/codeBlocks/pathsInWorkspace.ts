import { CancellationTokenSource, Range, Uri, type WorkspaceFolder, commands, window, workspace } from "vscode";
import { type PathMention, parsePathMention } from "../../../../protocol/pathMention.ts";
import { fileInside } from "./fileInside.ts";

/** A search that takes longer is given up, and its names stay plain text. */
const SEARCH_WITHIN_MS = 2_000;
/** More files with the names of one request than this are not told apart. */
const MAX_SEARCHED = 500;
/** Folders of things that nobody wrote here. */
const NOT_SEARCHED = "**/{node_modules,.git,dist,out}/**";

/** The texts that name exactly one file of the workspace. In Restricted Mode nothing is looked at. */
export async function resolvePaths(candidates: readonly string[]): Promise<readonly string[]> {
  return [...(await findFiles(candidates)).keys()];
}

/** Opens the file that a text names, at its lines. */
export async function openPath(text: string): Promise<void> {
  const uri = (await findFiles([text])).get(text);
  const mention = parsePathMention(text);
  if (uri === undefined || mention === undefined) {
    void window.showInformationMessage("This file is not in the workspace any more. Nothing was opened.");
    return;
  }
  await commands.executeCommand("vscode.open", uri, { preview: true, ...selectionOf(mention) });
}

function selectionOf({ line, column, endLine }: PathMention): { selection?: Range } {
  if (line === undefined) return {};
  const first = line - 1;
  return { selection: endLine === undefined ? at(first, (column ?? 1) - 1) : new Range(first, 0, endLine, 0) };
}

function at(line: number, character: number): Range {
  return new Range(line, character, line, character);
}

/** The files of the workspace that texts name, for those that name exactly one. None in Restricted Mode. */
export async function findFiles(candidates: readonly string[]): Promise<ReadonlyMap<string, Uri>> {
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  if (!workspace.isTrusted || folders.length === 0) return new Map();
  const mentions = candidates.flatMap((text) => {
    const mention = parsePathMention(text);
    return mention === undefined ? [] : [{ text, path: mention.path }];
  });
  const looked = await Promise.all(
    mentions.map(async ({ text, path }) => ({ text, path, uri: await fileAt(folders, path) })),
  );
  const searched = await search(looked.filter(({ uri }) => uri === undefined).map(({ path }) => path));
  return new Map(
    looked.flatMap(({ text, path, uri }) => {
      const file = uri ?? searched.get(path);
      return file === undefined ? [] : [[text, file] as const];
    }),
  );
}

/** By the path from a folder of the workspace, with or without the folder's name before it. */
async function fileAt(folders: readonly WorkspaceFolder[], path: string): Promise<Uri | undefined> {
  for (const { uri, name } of folders) {
    const below = path.startsWith(`${name}/`) ? [path, path.slice(name.length + 1)] : [path];
    for (const way of below) {
      const file = await fileInside(uri.fsPath, way);
      if (file !== undefined) return Uri.file(file);
    }
  }
  return undefined;
}

/** Files that end with one of the paths, where there is only one. One search for all of them. */
async function search(paths: readonly string[]): Promise<ReadonlyMap<string, Uri>> {
  // A path with signs of a pattern could mean another file.
  const wanted = [...new Set(paths)].filter(
    (path) => /\.\p{L}[\p{L}\p{N}_-]*$/u.test(path) && !/[()[\]{}]/u.test(path),
  );
  if (wanted.length === 0) return new Map();
  const source = new CancellationTokenSource();
  const timer = setTimeout(() => source.cancel(), SEARCH_WITHIN_MS);
  try {
    const pattern = wanted.length === 1 ? `**/${wanted[0]}` : `{${wanted.map((path) => `**/${path}`).join(",")}}`;
    const uris = await workspace.findFiles(pattern, NOT_SEARCHED, MAX_SEARCHED, source.token);
    if (source.token.isCancellationRequested || uris.length === MAX_SEARCHED) return new Map();
    const found = await Promise.all(wanted.map(async (path) => [path, await onlyOne(path, uris)] as const));
    return new Map(found.flatMap(([path, uri]) => (uri === undefined ? [] : [[path, uri] as const])));
  } finally {
    clearTimeout(timer);
    source.dispose();
  }
}

async function onlyOne(path: string, uris: readonly Uri[]): Promise<Uri | undefined> {
  const [only, ...others] = uris.filter((uri) => uri.scheme === "file" && uri.path.endsWith(`/${path}`));
  const folder = only === undefined ? undefined : workspace.getWorkspaceFolder(only);
  if (only === undefined || folder === undefined || others.length > 0) return undefined;
  const below = workspace.asRelativePath(only, false).replaceAll("\\", "/");
  return (await fileInside(folder.uri.fsPath, below)) === undefined ? undefined : only;
}

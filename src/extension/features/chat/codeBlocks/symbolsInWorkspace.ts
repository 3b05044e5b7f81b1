import { type Location, Range, type SymbolInformation, commands, window, workspace } from "vscode";
import { type SymbolMention, parseSymbolMention } from "../../../../protocol/symbolMention.ts";
import { withTimeout } from "../../../platform/withTimeout.ts";
import { fileInside } from "./fileInside.ts";

/** Names that are not found by then stay plain text. */
const SEARCH_WITHIN_MS = 2_000;
/** Different names that one request looks for, so that an answer of names alone does not keep a language server busy. */
const MOST_NAMES = 25;
/** Language servers answer one after the other anyway. */
const LANES = 2;
/** Folders of things that nobody wrote here. */
const NOT_LOOKED_INTO = /(?:^|\/)(?:node_modules|\.git|dist|out)\//u;

/** The texts that name something in one file of the workspace. In Restricted Mode nothing is asked. */
export async function resolveSymbols(candidates: readonly string[]): Promise<readonly string[]> {
  return [...(await findSymbols(candidates)).keys()];
}

/** Opens the file in which a symbol is, at the symbol. */
export async function openSymbol(text: string): Promise<void> {
  const place = (await findSymbols([text])).get(text);
  if (place === undefined) {
    void window.showInformationMessage("This symbol is not found in the workspace any more. Nothing was opened.");
    return;
  }
  const { start } = place.range;
  await commands.executeCommand("vscode.open", place.uri, { preview: true, selection: new Range(start, start) });
}

async function findSymbols(candidates: readonly string[]): Promise<ReadonlyMap<string, Location>> {
  if (!workspace.isTrusted || (workspace.workspaceFolders ?? []).length === 0) return new Map();
  const mentions = candidates.flatMap((text) => {
    const mention = parseSymbolMention(text);
    return mention === undefined ? [] : [{ text, mention }];
  });
  const names = [...new Set(mentions.map(({ mention }) => mention.name))].slice(0, MOST_NAMES);
  const known = await symbolsOf(names);
  const places = await Promise.all(
    mentions.map(async ({ text, mention }) => [text, await onlyPlace(mention, known.get(mention.name) ?? [])] as const),
  );
  return new Map(places.flatMap(([text, place]) => (place === undefined ? [] : [[text, place] as const])));
}

/** What the language servers know by these names, as far as they say so in time. */
async function symbolsOf(names: readonly string[]): Promise<ReadonlyMap<string, readonly SymbolInformation[]>> {
  const known = new Map<string, readonly SymbolInformation[]>();
  const deadline = AbortSignal.timeout(SEARCH_WITHIN_MS);
  const left = [...names];
  const lane = async () => {
    for (let name = left.shift(); name !== undefined && !deadline.aborted; name = left.shift()) {
      known.set(name, await symbolsNamed(name));
    }
  };
  const all = Promise.all(Array.from({ length: LANES }, lane));
  // What was told so far counts.
  await withTimeout(all, SEARCH_WITHIN_MS).catch(() => undefined);
  return new Map(known);
}

async function symbolsNamed(name: string): Promise<readonly SymbolInformation[]> {
  const command = "vscode.executeWorkspaceSymbolProvider";
  try {
    return (await commands.executeCommand<readonly SymbolInformation[] | undefined>(command, name)) ?? [];
  } catch {
    // One language server that fails is not the answer's business.
    return [];
  }
}

/** The place in the workspace; `undefined` where several files have such a symbol, for nobody knows which is meant. */
async function onlyPlace(mention: SymbolMention, symbols: readonly SymbolInformation[]): Promise<Location | undefined> {
  const meant = symbols.filter((symbol) => isMeant(symbol, mention)).map(({ location }) => location);
  const inside = meant.filter(({ uri }) => isLookedInto(uri));
  const [first] = inside;
  if (first === undefined || inside.some(({ uri }) => uri.toString() !== first.uri.toString())) return undefined;
  const folder = workspace.getWorkspaceFolder(first.uri);
  const path = workspace.asRelativePath(first.uri, false).replaceAll("\\", "/");
  return folder !== undefined && (await fileInside(folder.uri.fsPath, path)) !== undefined ? first : undefined;
}

/** Some servers write a function's brackets behind its name, some the container before it. */
function isMeant({ name, containerName }: SymbolInformation, mention: SymbolMention): boolean {
  const bare = name.replace(/\(.*$/u, "");
  const { container } = mention;
  if (container === undefined) return bare === mention.name;
  const parts = [...containerName.split(/\.|::/u), ...bare.split(/\.|::|#/u)];
  return parts.at(-1) === mention.name && parts.at(-2) === container;
}

function isLookedInto(uri: Location["uri"]): boolean {
  if (uri.scheme !== "file" || workspace.getWorkspaceFolder(uri) === undefined) return false;
  return !NOT_LOOKED_INTO.test(workspace.asRelativePath(uri, false));
}

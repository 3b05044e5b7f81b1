import {
  type DocumentSymbol,
  type Location,
  type LocationLink,
  Range,
  type TextDocument,
  type TextEditor,
  type Uri,
  commands,
  workspace,
} from "vscode";
import { type NameInCode, namesIn } from "../../../../core/context/namesIn.ts";
import { type NearbyDefinition, packNearby } from "../../../../core/context/packNearby.ts";
import { splitLines } from "../../../../core/context/splitParts.ts";
import type { CodeContext } from "../../../../core/conversation/conversationMessage.ts";
import { withTimeout } from "../../../platform/withTimeout.ts";
import { offerable, whyKept } from "../../outgoing/sendGate.ts";
import { fittedCode } from "../pendingContext.ts";
import { documentSymbols } from "./fileItem.ts";
import type { PendingItem } from "./pendingItem.ts";
import { readTextFile } from "./readTextFile.ts";
import { isDefinition, symbolsAround } from "./symbolsAround.ts";

/** One chip, whatever is in it: taken off once, it stays off in that chat. */
const NEARBY_ID = "nearby:";

/** Definitions that are not told by then are left out. Nobody waits: they are looked for beside the typing. */
const WITHIN_MS = 1_000;
/** Names that the language servers are asked about. */
const MOST_NAMES = 12;
/** Of a long selection its beginning is looked at. */
const MOST_CHARACTERS = 20_000;
const MOST_NAMES_SHOWN = 4;

/** A place, and where in the file what is there begins and ends. */
interface DefinedAt {
  readonly name: string;
  readonly uri: Uri;
  readonly range: Range;
}

/** The code whose names are looked up. */
export interface NearbyBase {
  readonly document: TextDocument;
  readonly range: Range;
  /** What the code is called, where it does not go along by itself: its beginning is told with what it uses. */
  readonly name?: string;
}

/** What is selected, else the definition around the cursor, in a file that may be sent. `undefined` where neither is. */
export async function nearbyBase({ document, selection }: TextEditor): Promise<NearbyBase | undefined> {
  if ((await whyKept(document)) !== undefined) return undefined;
  if (!selection.isEmpty) return { document, range: selection };
  const { uri, version } = document;
  // Whoever selects something has chosen it; a cursor only happens to be somewhere.
  if (workspace.getWorkspaceFolder(uri) === undefined) return undefined;
  const around = symbolsAround(await documentSymbols(uri, WITHIN_MS), selection.active).findLast(isDefinition);
  if (around === undefined || document.version !== version) return undefined;
  return { document, range: around.range, name: around.name };
}

/** As `nearbyItem`, for a command that sends it at once. */
export async function nearbyCode(base: NearbyBase, withinMs: number): Promise<readonly CodeContext[]> {
  const item = await nearbyItem(base, withinMs);
  return item === undefined ? [] : [fittedCode(item, item.parts.join(""), undefined)];
}

/** The definitions, in this workspace, of what the code uses. `undefined` where there are none, or not in time. */
export async function nearbyItem(base: NearbyBase, withinMs = WITHIN_MS): Promise<PendingItem | undefined> {
  const { document, range } = base;
  if ((await whyKept(document)) !== undefined) return undefined;
  const names = namesIn(document.getText(range).slice(0, MOST_CHARACTERS)).slice(0, MOST_NAMES);
  const told = new Map<string, NearbyDefinition>();
  const lookUp = async (name: NameInCode) => {
    const defined = await definitionOf(base, name);
    if (defined === undefined || !(await isOfWorkspace(defined.uri, document.uri))) return;
    const definition = await readDefinition(defined);
    if (definition !== undefined) told.set(name.name, definition);
  };
  // What was told in time counts, whatever becomes of the others.
  await withTimeout(Promise.allSettled(names.map(lookUp)), withinMs).catch(() => undefined);
  const definitions = names.flatMap(({ name }) => told.get(name) ?? []);
  return definitions.length === 0 ? undefined : itemOf([...beginningOf(base), ...definitions]);
}

function beginningOf({ document, range, name }: NearbyBase): readonly NearbyDefinition[] {
  if (name === undefined) return [];
  const { line: firstLine } = range.start;
  const lines = Array.from({ length: range.end.line - firstLine + 1 }, (_, at) => document.lineAt(firstLine + at).text);
  return [{ name, path: workspace.asRelativePath(document.uri), firstLine, languageId: document.languageId, lines }];
}

function itemOf(definitions: readonly NearbyDefinition[]): PendingItem | undefined {
  const { names, parts } = packNearby(definitions);
  if (parts.length === 0) return undefined;
  const more = names.length - MOST_NAMES_SHOWN;
  const shown = `${names.slice(0, MOST_NAMES_SHOWN).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  const label = `nearby: ${shown}`;
  const common = { kind: "nearby", rank: "nearby", unit: "symbol", languageId: "", diagnostics: [] } as const;
  return { ...common, id: NEARBY_ID, label, parts };
}

/** Outside of the code, which goes along anyway, and not what the code is a part of. */
async function definitionOf(
  { document, range: base }: NearbyBase,
  { name, offset }: NameInCode,
): Promise<DefinedAt | undefined> {
  const position = document.positionAt(document.offsetAt(base.start) + offset);
  const [first] = await ask<Location | LocationLink>("vscode.executeDefinitionProvider", document.uri, position);
  if (first === undefined) return undefined;
  const uri = "targetUri" in first ? first.targetUri : first.uri;
  const told = "targetUri" in first ? first.targetRange : first.range;
  const range = told.isSingleLine ? await wholeRange(uri, told) : told;
  const isHere = uri.toString() === document.uri.toString();
  return isHere && range.intersection(base) !== undefined ? undefined : { name, uri, range };
}

/** Servers often tell the place of the name only. */
async function wholeRange(uri: Uri, { start, end }: Range): Promise<Range> {
  const symbols = withChildren(await documentSymbols(uri, WITHIN_MS));
  const around = symbols.findLast(({ selectionRange }) => selectionRange.contains(start));
  return around?.range ?? new Range(start, end);
}

function withChildren(symbols: readonly DocumentSymbol[]): readonly DocumentSymbol[] {
  return symbols.flatMap((symbol) => [symbol, ...withChildren(symbol.children)]);
}

/** A file that may be offered: none that is kept on this machine, or that nobody wrote here. */
async function isOfWorkspace(uri: Uri, here: Uri): Promise<boolean> {
  if (workspace.getWorkspaceFolder(uri) === undefined || /\/node_modules\//u.test(uri.path)) return false;
  return uri.toString() === here.toString() || (await offerable([uri])).length > 0;
}

async function readDefinition({ name, uri, range }: DefinedAt): Promise<NearbyDefinition | undefined> {
  const file = await readTextFile(uri);
  if (typeof file === "string") return undefined;
  const { line: firstLine } = range.start;
  const lines = splitLines(file.text)
    .slice(firstLine, range.end.line + 1)
    .map((line) => line.replace(/\r?\n$/u, ""));
  if (lines.join("").trim() === "") return undefined;
  return { name, path: workspace.asRelativePath(uri), firstLine, languageId: file.languageId, lines };
}

async function ask<Found>(command: string, ...about: readonly unknown[]): Promise<readonly Found[]> {
  try {
    return (await commands.executeCommand<readonly Found[] | undefined>(command, ...about)) ?? [];
  } catch {
    // One language server that fails takes only its own names away.
    return [];
  }
}

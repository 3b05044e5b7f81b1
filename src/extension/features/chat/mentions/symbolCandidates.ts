import {
  type DocumentSymbol,
  type Range,
  SymbolKind,
  type SymbolInformation,
  type Uri,
  commands,
  window,
  workspace,
} from "vscode";
import { splitLines } from "../../../../core/context/splitParts.ts";
import { withTimeout } from "../../../platform/withTimeout.ts";
import { offerable } from "../../outgoing/sendGate.ts";
import { documentSymbols } from "./fileItem.ts";
import type { MentionCandidate } from "./mentionCandidate.ts";
import type { NotAttached, PendingItem } from "./pendingItem.ts";
import { readTextFile } from "./readTextFile.ts";

/** The popup does not wait longer for a language server. */
const SEARCH_WITHIN_MS = 300;
/** Fewer letters name half the workspace. */
const SHORTEST_SEARCH = 2;
const MOST_SYMBOLS = 200;
/** Servers tell of whole libraries. */
const MOST_LOOKED_AT = 2_000;

/** Those of the file in the editor, the one around the cursor first, then what the workspace has by that name. */
export async function symbolCandidates(query: string): Promise<readonly MentionCandidate[]> {
  const [here, elsewhere] = await Promise.all([symbolsInEditor(), symbolsByName(query)]);
  const candidates = new Map([...here, ...elsewhere].map((each) => [each.id, each]));
  return [...candidates.values()].slice(0, MOST_SYMBOLS);
}

async function symbolsInEditor(): Promise<readonly MentionCandidate[]> {
  const editor = window.activeTextEditor;
  if (editor === undefined || (await offerable([editor.document.uri])).length === 0) return [];
  const { uri } = editor.document;
  const symbols = (await documentSymbols(uri, SEARCH_WITHIN_MS)).flatMap((symbol) => [symbol, ...symbol.children]);
  const isAround = ({ range }: DocumentSymbol) => (range.contains(editor.selection.active) ? 0 : 1);
  return symbols
    .filter(({ kind }) => kind !== SymbolKind.Variable && kind !== SymbolKind.Property)
    .toSorted((left, right) => isAround(left) - isAround(right))
    .map(({ name, range }) => candidateOf(name, uri, async () => range));
}

async function symbolsByName(query: string): Promise<readonly MentionCandidate[]> {
  if (query.trim().length < SHORTEST_SEARCH) return [];
  try {
    const found = await withTimeout(
      commands.executeCommand<readonly SymbolInformation[] | undefined>(
        "vscode.executeWorkspaceSymbolProvider",
        query.trim(),
      ),
      SEARCH_WITHIN_MS,
    );
    const first = (found ?? []).slice(0, MOST_LOOKED_AT);
    const offered = new Set(await offerable(first.map(({ location }) => location.uri)));
    return first
      .filter(({ location }) => offered.has(location.uri))
      .slice(0, MOST_SYMBOLS)
      .map(({ name, location }) =>
        candidateOf(name, location.uri, () => wholeRange(name, location.uri, location.range)),
      );
  } catch {
    return [];
  }
}

/** Servers often tell the place of the name only. */
async function wholeRange(name: string, uri: Uri, range: Range): Promise<Range> {
  const symbols = (await documentSymbols(uri)).flatMap((symbol) => [symbol, ...symbol.children]);
  return symbols.findLast((symbol) => symbol.name === name && symbol.range.contains(range.start))?.range ?? range;
}

function candidateOf(name: string, uri: Uri, rangeOf: () => Promise<Range>): MentionCandidate {
  const path = workspace.asRelativePath(uri);
  const id = `symbol:${uri.toString()}#${name}`;
  return {
    id,
    kind: "symbol",
    label: name,
    detail: path,
    uri,
    read: async () => symbolItem({ id, name, uri }, await rangeOf()),
  };
}

async function symbolItem(
  { id, name, uri }: { readonly id: string; readonly name: string; readonly uri: Uri },
  { start, end }: Range,
): Promise<PendingItem | NotAttached> {
  const path = workspace.asRelativePath(uri);
  const file = await readTextFile(uri);
  if (typeof file === "string") return { notice: `${path} ${file}, so ${name} was not attached. Nothing was sent.` };
  const parts = splitLines(file.text).slice(start.line, end.line + 1);
  const label = `${name} in ${path}:${start.line + 1}-${end.line + 1}`;
  const { languageId } = file;
  return { id, kind: "symbol", rank: "mention", unit: "line", label, languageId, diagnostics: [], parts };
}

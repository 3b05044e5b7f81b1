import { type DocumentSymbol, SymbolKind, type SymbolInformation, type Uri, commands, workspace } from "vscode";
import type { PartUnit } from "../../../../core/context/contextItem.ts";
import { splitAtSymbols, splitLines } from "../../../../core/context/splitParts.ts";
import { withTimeout } from "../../../platform/withTimeout.ts";
import type { NotAttached, PendingItem } from "./pendingItem.ts";
import { readTextFile } from "./readTextFile.ts";

/** Symbols are only for cutting nicely; nobody waits long for them. */
const SYMBOLS_WITHIN_MS = 1_000;
/** Files below need no symbols: they fit into every window that matters. */
const SMALL_FILE_CHARACTERS = 8_000;

const FUNCTIONS: readonly SymbolKind[] = [SymbolKind.Function, SymbolKind.Method, SymbolKind.Constructor];

/** A whole file, to be cut by its functions where it does not fit. */
export async function fileItem(uri: Uri): Promise<PendingItem | NotAttached> {
  const label = workspace.asRelativePath(uri);
  const file = await readTextFile(uri);
  if (typeof file === "string") return { notice: `${label} ${file}, so it was not attached. Nothing was sent.` };
  const { text, languageId } = file;
  const cut =
    text.length < SMALL_FILE_CHARACTERS ? { parts: splitLines(text), unit: "line" as const } : await cutFile(uri, text);
  return { id: `file:${uri.toString()}`, kind: "file", rank: "mention", label, languageId, diagnostics: [], ...cut };
}

async function cutFile(uri: Uri, text: string): Promise<{ parts: readonly string[]; unit: PartUnit }> {
  const symbols = await documentSymbols(uri);
  if (symbols.length === 0) return { parts: splitLines(text), unit: "line" };
  const lines = symbols.map(({ range }) => ({ firstLine: range.start.line, lastLine: range.end.line }));
  const isAllFunctions = symbols.every(({ kind }) => FUNCTIONS.includes(kind));
  return { parts: splitAtSymbols(text, lines), unit: isAllFunctions ? "function" : "symbol" };
}

/** The outermost ones; none where nobody provides them in time. */
export async function documentSymbols(uri: Uri, withinMs = SYMBOLS_WITHIN_MS): Promise<readonly DocumentSymbol[]> {
  try {
    const found = await withTimeout(
      commands.executeCommand<readonly (DocumentSymbol | SymbolInformation)[] | undefined>(
        "vscode.executeDocumentSymbolProvider",
        uri,
      ),
      withinMs,
    );
    return (found ?? []).filter((symbol): symbol is DocumentSymbol => "range" in symbol);
  } catch {
    return [];
  }
}

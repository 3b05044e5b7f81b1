import {
  type DocumentSymbol,
  type Range,
  type SymbolInformation,
  SymbolKind,
  type TextDocument,
  type TextEditor,
  commands,
  workspace,
} from "vscode";
import type { CodeContext } from "../../../core/conversation/conversationMessage.ts";
import { wholeLines } from "../codeActions/targetCode.ts";

/** The lines that an edit is about. */
export interface InlineTarget {
  readonly document: TextDocument;
  readonly version: number;
  readonly firstLine: number;
  readonly lines: readonly string[];
  readonly kind: "rewrite" | "generate";
  /** `generate` below these lines, which stay; otherwise what comes takes their place. */
  readonly keepsLines: boolean;
  /** For the input, for instance `lines 3-12` or `function total`. */
  readonly name: string;
}

/** Symbols that are rewritten as a whole when the cursor is in them. */
const REWRITTEN: ReadonlySet<SymbolKind> = new Set([
  SymbolKind.Function,
  SymbolKind.Method,
  SymbolKind.Constructor,
  SymbolKind.Class,
  SymbolKind.Interface,
  SymbolKind.Enum,
  SymbolKind.Struct,
]);
/** A larger symbol around the cursor is not what somebody means by a key. */
const MOST_SYMBOL_LINES = 400;
const COMMENT = /^\s*(?:\/\/|#(?!\s*(?:include|define|if|endif|region))|--|;;|%|\/\*|\*|<!--|"""|''')/u;

/** The selection in whole lines; else the place at the cursor: an empty line or a comment to write from, the symbol around it, or its line. */
export async function inlineTarget({ document, selection }: TextEditor): Promise<InlineTarget> {
  if (!selection.isEmpty) return rewriteOf(document, wholeLines(document, selection));
  const { line } = selection.active;
  const text = document.lineAt(line).text;
  if (text.trim() === "") return generateAt(document, line);
  if (COMMENT.test(text)) return generateAt(document, line);
  const symbol = await enclosingSymbol(document, line);
  if (symbol !== undefined) return { ...rewriteOf(document, symbol.range), name: symbol.name };
  return rewriteOf(document, document.lineAt(line).range);
}

/** Whether the document holds these lines at this place now. */
export function isStillThere({ document, firstLine, lines }: InlineTarget): boolean {
  return lines.every(
    (line, at) => firstLine + at < document.lineCount && document.lineAt(firstLine + at).text === line,
  );
}

/** What stands around the lines, for the model to know. */
export function surroundings({ document, firstLine, lines }: InlineTarget): readonly CodeContext[] {
  const end = firstLine + lines.length;
  const above = piece(document, [Math.max(0, firstLine - LINES_AROUND), firstLine], "above the place");
  const below = piece(document, [end, Math.min(document.lineCount, end + LINES_AROUND)], "below the place");
  return [...above, ...below];
}

const LINES_AROUND = 60;

function piece(document: TextDocument, [first, end]: readonly [number, number], note: string): readonly CodeContext[] {
  const text = linesOf(document, first, end).join("\n");
  if (text.trim() === "") return [];
  const label = `${workspace.asRelativePath(document.uri, false)}:${first + 1}-${end}`;
  return [{ label, languageId: document.languageId, text, note, diagnostics: [] }];
}

function rewriteOf(document: TextDocument, range: Range): InlineTarget {
  const { start, end } = range;
  const name = start.line === end.line ? `line ${start.line + 1}` : `lines ${start.line + 1}-${end.line + 1}`;
  const lines = linesOf(document, start.line, end.line + 1);
  return { ...placeOf(document, start.line), lines, kind: "rewrite", keepsLines: true, name };
}

function generateAt(document: TextDocument, line: number): InlineTarget {
  const { text } = document.lineAt(line);
  const keepsLines = text.trim() !== "";
  const name = keepsLines ? `new code below line ${line + 1}` : `new code at line ${line + 1}`;
  return { ...placeOf(document, line), lines: [text], kind: "generate", keepsLines, name };
}

function placeOf(document: TextDocument, firstLine: number) {
  return { document, version: document.version, firstLine };
}

function linesOf(document: TextDocument, first: number, end: number): readonly string[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => document.lineAt(first + index).text);
}

/** The innermost symbol of a kind that is rewritten whole. Language services that are slow to start are not waited for. */
async function enclosingSymbol(document: TextDocument, line: number): Promise<DocumentSymbol | undefined> {
  const found = commands.executeCommand<readonly (DocumentSymbol | SymbolInformation)[] | undefined>(
    "vscode.executeDocumentSymbolProvider",
    document.uri,
  );
  const symbols = await Promise.race([found, pause(SYMBOLS_WITHIN_MS)]);
  return innermost((symbols ?? []).filter(isDocumentSymbol), line);
}

const SYMBOLS_WITHIN_MS = 400;

function pause(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), ms));
}

function isDocumentSymbol(symbol: DocumentSymbol | SymbolInformation): symbol is DocumentSymbol {
  return "children" in symbol;
}

function innermost(symbols: readonly DocumentSymbol[], line: number): DocumentSymbol | undefined {
  const around = symbols.find(({ range }) => range.start.line <= line && line <= range.end.line);
  if (around === undefined) return undefined;
  const inner = innermost(around.children, line);
  if (inner !== undefined) return inner;
  const { start, end } = around.range;
  return REWRITTEN.has(around.kind) && end.line - start.line < MOST_SYMBOL_LINES ? around : undefined;
}

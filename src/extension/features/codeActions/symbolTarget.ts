import { type DocumentSymbol, type Position, Range, type TextDocument, type TextEditor } from "vscode";
import { codeContext } from "../chat/selectionContext.ts";
import { documentSymbols } from "../chat/mentions/fileItem.ts";
import { isDefinition, symbolsAround } from "../chat/mentions/symbolsAround.ts";
import { type TargetCode, selectionTarget, wholeLines } from "./targetCode.ts";

/** A language server may have to start first. */
const SYMBOLS_WITHIN_MS = 3_000;
/** Longer comments above a function are left out. */
const MOST_LINES_ABOVE = 60;

/** A line of the comment, the decorators or the attributes above a definition. */
const BELONGS_BELOW = /^\s*(?:\/\/|\/\*|\*|#(?!include|define|if|endif)|@|--|;;|\[\w)/;

/** What is selected, else what is defined around the cursor with the comment above it. `undefined` where nothing is. */
export async function selectionOrSymbol(editor: TextEditor): Promise<TargetCode | undefined> {
  const { document, selection } = editor;
  if (!selection.isEmpty) return selectionTarget(document, selection);
  const { version } = document;
  const symbol = enclosing(await documentSymbols(document.uri, SYMBOLS_WITHIN_MS), selection.active);
  // Whoever typed on meanwhile means another place.
  if (symbol === undefined || document.version !== version) return undefined;
  const range = withLinesAbove(document, wholeLines(document, document.validateRange(symbol.range)));
  const context = codeContext(document, range, []);
  return context === undefined ? undefined : { document, version, range, context };
}

/** The innermost definition; where nothing of that kind is around, as in prose, the innermost symbol of several lines. */
function enclosing(symbols: readonly DocumentSymbol[], place: Position): DocumentSymbol | undefined {
  const around = symbolsAround(symbols, place);
  return around.findLast(isDefinition) ?? around.findLast(({ range }) => !range.isSingleLine) ?? around[0];
}

function withLinesAbove(document: TextDocument, range: Range): Range {
  let first = range.start.line;
  while (
    first > 0 &&
    range.start.line - first < MOST_LINES_ABOVE &&
    BELONGS_BELOW.test(document.lineAt(first - 1).text)
  ) {
    first -= 1;
  }
  return new Range(first, 0, range.end.line, range.end.character);
}

import { type DocumentSymbol, type Position, SymbolKind } from "vscode";

const DEFINITIONS: ReadonlySet<SymbolKind> = new Set([
  SymbolKind.Function,
  SymbolKind.Method,
  SymbolKind.Constructor,
  SymbolKind.Class,
  SymbolKind.Interface,
  SymbolKind.Struct,
  SymbolKind.Enum,
]);

/** Something with a body of its own; no variable, property or heading. */
export function isDefinition({ kind }: DocumentSymbol): boolean {
  return DEFINITIONS.has(kind);
}

/** All symbols that hold the place, outermost first. */
export function symbolsAround(symbols: readonly DocumentSymbol[], place: Position): readonly DocumentSymbol[] {
  const symbol = symbols.find(({ range }) => range.contains(place));
  return symbol === undefined ? [] : [symbol, ...symbolsAround(symbol.children, place)];
}

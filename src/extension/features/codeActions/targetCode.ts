import {
  type Diagnostic,
  DiagnosticSeverity,
  Range,
  type TextDocument,
  type TextEditor,
  type Uri,
  languages,
} from "vscode";
import type { CodeContext } from "../../../core/conversation/conversationMessage.ts";
import { codeContext } from "../chat/selectionContext.ts";
import { textWith } from "../edits/replaceRanges.ts";

/** The code an action is about: whole lines of a document, at a version. */
export interface TargetCode {
  readonly document: TextDocument;
  readonly version: number;
  readonly range: Range;
  readonly context: CodeContext;
  /** The file that the change makes; the document then stands for nothing. */
  readonly creates?: Uri;
}

/** Lines around a problem that go along when nothing is selected. */
const LINES_AROUND = 12;

/** The selection in whole lines, or the surroundings of the problem at the cursor. `undefined` when there is neither. */
export function targetCode(editor: TextEditor): TargetCode | undefined {
  const { document, selection } = editor;
  const problems = languages
    .getDiagnostics(document.uri)
    .filter(({ range }) => range.intersection(selection) !== undefined);
  if (selection.isEmpty && problems.length === 0) return undefined;
  return selection.isEmpty
    ? rangeTarget(document, around(document, problems))
    : rangeTarget(document, wholeLines(document, selection));
}

/** Whole lines of a selection. */
export function selectionTarget(document: TextDocument, selection: Range): TargetCode | undefined {
  return rangeTarget(document, wholeLines(document, selection));
}

/** All of a document but the empty lines at its end, which stay as they are. `undefined` where nothing is in it. */
export function documentTarget(document: TextDocument): TargetCode | undefined {
  return rangeTarget(document, wholeText(document));
}

/** Errors and warnings of a document; hints are no problems. */
export function problemsOf({ uri }: TextDocument): readonly Diagnostic[] {
  return languages.getDiagnostics(uri).filter(({ severity }) => severity <= DiagnosticSeverity.Warning);
}

function wholeText(document: TextDocument): Range {
  let last = document.lineCount - 1;
  while (last > 0 && document.lineAt(last).isEmptyOrWhitespace) last -= 1;
  return new Range(0, 0, last, document.lineAt(last).text.length);
}

/** Whole lines, with the problems inside. */
function rangeTarget(document: TextDocument, range: Range): TargetCode | undefined {
  const diagnostics = languages
    .getDiagnostics(document.uri)
    .filter((diagnostic) => range.contains(diagnostic.range))
    .map(({ message, range: place }) => `line ${place.start.line + 1}: ${message}`);
  const context = codeContext(document, range, diagnostics);
  return context === undefined ? undefined : { document, version: document.version, range, context };
}

function around(document: TextDocument, problems: readonly Diagnostic[]): Range {
  const first = Math.min(...problems.map(({ range }) => range.start.line));
  const last = Math.max(...problems.map(({ range }) => range.end.line));
  const start = Math.max(0, first - LINES_AROUND);
  const end = Math.min(document.lineCount - 1, last + LINES_AROUND);
  return new Range(start, 0, end, document.lineAt(end).text.length);
}

/** A selection that ends before the first character of a line does not reach into that line. */
export function wholeLines(document: TextDocument, selection: Range): Range {
  const endsBeforeLine = selection.end.character === 0 && selection.end.line > selection.start.line;
  const end = endsBeforeLine ? selection.end.line - 1 : selection.end.line;
  return new Range(selection.start.line, 0, end, document.lineAt(end).text.length);
}

/** The document's text with the target's range replaced, for showing. */
export function withReplacement(
  { document, range }: Pick<TargetCode, "document" | "range">,
  replacement: string,
): string {
  return textWith(document, [{ range, newText: replacement }]);
}

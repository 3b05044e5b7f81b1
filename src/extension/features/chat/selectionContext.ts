import { type Range, type TextDocument, type TextEditor, languages, window, workspace } from "vscode";
import type { CodeContext } from "../../../core/conversation/conversationMessage.ts";

const MAX_CONTEXT_CHARACTERS = 400_000;

/** A piece of a document, as it is sent and shown. In Restricted Mode nothing of the workspace is read: `undefined`. */
export function codeContext(
  document: TextDocument,
  range: Range,
  diagnostics: readonly string[],
): CodeContext | undefined {
  if (!workspace.isTrusted) return undefined;
  const text = document.getText(range);
  if (text.trim() === "" || text.length > MAX_CONTEXT_CHARACTERS) return undefined;
  // A selection that ends before the first character of a line does not reach into that line.
  const lastLine = range.end.character === 0 && range.end.line > range.start.line ? range.end.line : range.end.line + 1;
  const name = workspace.asRelativePath(document.uri, false);
  return { label: `${name}:${range.start.line + 1}-${lastLine}`, languageId: document.languageId, text, diagnostics };
}

/** Whether the editor reports problems in what the person has selected. */
export function hasProblems(editor: TextEditor | undefined = window.activeTextEditor): boolean {
  if (editor === undefined || editor.selection.isEmpty || !workspace.isTrusted) return false;
  const { document, selection } = editor;
  return languages.getDiagnostics(document.uri).some(({ range }) => range.intersection(selection) !== undefined);
}

/** What the person has selected, if anything. */
export function selectedCode(editor: TextEditor | undefined = window.activeTextEditor): CodeContext | undefined {
  if (editor === undefined || editor.selection.isEmpty) return undefined;
  return codeContext(editor.document, editor.selection, []);
}

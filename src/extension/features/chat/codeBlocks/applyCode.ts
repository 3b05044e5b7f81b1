import { Range, type TextDocument, type TextEditor } from "vscode";
import { placeCode } from "../../../../core/edits/placeCode.ts";
import { commonIndentation, indentationOf, linesOfCode, reindentLines } from "../../../../core/edits/reindentCode.ts";
import type { ExtensionServices } from "../../../platform/extensionServices.ts";
import type { CodeOffer } from "../../codeActions/offerCode.ts";
import { wholeLines } from "../../codeActions/targetCode.ts";
import { lastEditor } from "./lastEditor.ts";

/** Shows the last active file with the code in it as a diff. Nothing is written before the person accepts. */
export async function applyCode(
  code: string,
  { proposals, turnId }: { proposals: ExtensionServices["proposals"]; turnId: string | undefined },
): Promise<void> {
  const editor = await lastEditor();
  if (editor === undefined) return;
  const { document } = editor;
  await (await proposals()).offer({ document, turnId, ...placeOf(editor, linesOfCode(code)) });
}

/** In place of the selection; else where the code belongs by its lines; else at the cursor. */
function placeOf(
  { document, selection }: TextEditor,
  code: readonly string[],
): Pick<CodeOffer, "range" | "replacement"> {
  if (!selection.isEmpty) return inPlaceOf(document, wholeLines(document, selection), code);
  const lines = Array.from({ length: document.lineCount }, (_line, index) => document.lineAt(index).text);
  const place = placeCode(lines, code);
  if (place !== undefined) {
    const last = document.lineAt(place.end - 1);
    return { range: new Range(place.first, 0, last.lineNumber, last.text.length), replacement: place.lines.join("\n") };
  }
  const line = document.lineAt(selection.active.line);
  if (line.isEmptyOrWhitespace) return inPlaceOf(document, line.range, code);
  const { replacement } = inPlaceOf(document, line.range, code);
  return { range: new Range(line.lineNumber, 0, line.lineNumber, 0), replacement: `${replacement}\n` };
}

function inPlaceOf(document: TextDocument, range: Range, code: readonly string[]) {
  const replaced = document.getText(range).split(/\r?\n/u);
  const indentation = replaced.every((line) => line.trim() === "")
    ? indentationOf(replaced[0] ?? "")
    : commonIndentation(replaced);
  return { range, replacement: reindentLines(code, commonIndentation(code), indentation).join("\n") };
}

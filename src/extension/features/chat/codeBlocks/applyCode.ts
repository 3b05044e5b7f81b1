import { Range, type TextDocument, type TextEditor, workspace } from "vscode";
import { type ShownBlock, editsOfBlock } from "../../../../core/edits/blockInAnswer.ts";
import type { FileEdit } from "../../../../core/edits/fileEdit.ts";
import { type EditPlan, planFileEdits, textAfter } from "../../../../core/edits/planFileEdit.ts";
import { commonIndentation, indentationOf, reindentLines } from "../../../../core/edits/reindentCode.ts";
import type { TextEdit } from "../../../../core/edits/textLines.ts";
import type { ExtensionServices } from "../../../platform/extensionServices.ts";
import type { CodeOffer } from "../../codeActions/offerCode.ts";
import { wholeLines } from "../../codeActions/targetCode.ts";
import { planAnswer } from "../../edits/planAnswer.ts";
import { type ReviewedEdits, reviewEdits } from "../../edits/reviewEdits.ts";
import { tellUnmatched } from "../../edits/tellUnmatched.ts";
import { isTrusted } from "../../edits/writeGate.ts";
import { lastEditor } from "./lastEditor.ts";

/** The answer that code is of. */
export interface CodeSource {
  readonly answer: string;
  readonly turnId: string | undefined;
  readonly inlineEdits: ExtensionServices["inlineEdits"];
}

/**
 * Shows what a block of code does: to the file that it names, in its editor; to several, as one change; else to the last active
 * file. Nothing is saved before the person accepts. What was accepted where that was said at once.
 */
export async function applyCode(block: ShownBlock, source: CodeSource): Promise<ReviewedEdits | undefined> {
  if (!(await isTrusted("changes no files"))) return undefined;
  const edits = editsOfBlock(source.answer, block);
  if (edits.every(({ path }) => path === undefined)) {
    await applyHere(edits, source);
    return undefined;
  }
  const { files } = await planAnswer(edits);
  const [only] = files;
  const isChange = only?.textBefore !== undefined && only.newUri === undefined && only.plan.kind !== "delete";
  if (files.length !== 1 || only === undefined || !isChange) return reviewEdits(edits, await source.inlineEdits());
  const document = await workspace.openTextDocument(only.uri);
  if (!(await source.inlineEdits()).isFree(document)) return undefined;
  await offerPlan(document, only.plan, source);
  return undefined;
}

async function offerPlan(document: TextDocument, plan: EditPlan, source: CodeSource): Promise<void> {
  const name = workspace.asRelativePath(document.uri, false);
  if (plan.kind === "unmatched") return tellUnmatched(plan, name, document.uri);
  const edits = plan.kind === "change" ? plan.edits : [];
  await offer(document, rangeOfEdits(document, edits, textAfter(document.getText(), plan) ?? ""), source);
}

async function offer(
  document: TextDocument,
  place: Pick<CodeOffer, "range" | "replacement">,
  { inlineEdits, turnId }: CodeSource,
): Promise<void> {
  await (await inlineEdits()).offer({ document, turnId, ...place });
}

/** From the first edit to the last: what of it differs is shown. */
function rangeOfEdits(
  document: TextDocument,
  edits: readonly TextEdit[],
  after: string,
): Pick<CodeOffer, "range" | "replacement"> {
  const before = document.getText();
  const start = edits[0]?.start ?? 0;
  const end = edits.at(-1)?.end ?? start;
  const range = new Range(document.positionAt(start), document.positionAt(end));
  return { range, replacement: after.slice(start, after.length - (before.length - end)) };
}

/** Into the last active file: where it belongs by its lines, in place of the selection, or at the cursor. */
async function applyHere(edits: readonly FileEdit[], source: CodeSource): Promise<void> {
  const editor = await lastEditor();
  if (editor === undefined) return;
  const { document, selection } = editor;
  if (!(await source.inlineEdits()).isFree(document)) return;
  const code = plainCode(edits);
  if (code !== undefined && !selection.isEmpty) {
    return offer(document, inPlaceOf(document, wholeLines(document, selection), code), source);
  }
  const plan = planFileEdits(document.getText(), edits);
  if (code === undefined || plan.kind !== "unmatched" || plan.why !== "absent")
    return offerPlan(document, plan, source);
  return offer(document, atCursor(editor, code), source);
}

/** Code that is no more than code: no format says what it changes. */
function plainCode([edit, ...others]: readonly FileEdit[]): readonly string[] | undefined {
  const isPlain = others.length === 0 && edit?.fault === undefined && edit?.change.kind === "code";
  return isPlain ? edit.change.lines : undefined;
}

function atCursor({ document, selection }: TextEditor, code: readonly string[]) {
  const line = document.lineAt(selection.active.line);
  const { range, replacement } = inPlaceOf(document, line.range, code);
  if (line.isEmptyOrWhitespace) return { range, replacement };
  return { range: new Range(line.lineNumber, 0, line.lineNumber, 0), replacement: `${replacement}\n` };
}

function inPlaceOf(document: TextDocument, range: Range, code: readonly string[]) {
  const replaced = document.getText(range).split(/\r?\n/u);
  const indentation = replaced.every((line) => line.trim() === "")
    ? indentationOf(replaced[0] ?? "")
    : commonIndentation(replaced);
  return { range, replacement: reindentLines(code, commonIndentation(code), indentation).join("\n") };
}

import { type TextDocument, window, workspace } from "vscode";
import { changedRegion } from "../../../core/inlineEdit/changedRegion.ts";
import type { CodeOffer } from "../codeActions/offerCode.ts";
import { withReplacement } from "../codeActions/targetCode.ts";
import { tellHeldAlready } from "../edits/tellHeldAlready.ts";
import { whyNotChanged } from "../edits/writeGate.ts";
import { tell } from "./askForEdit.ts";
import { savesByItself } from "./diffTab.ts";
import type { InlineTarget } from "./inlineTarget.ts";
import { editorOf } from "./regionWriter.ts";

/** Code that is known whole, and the lines that it takes the place of. */
interface OfferedEdit {
  readonly target: InlineTarget;
  readonly lines: readonly string[];
}

/** Whether changes can wait in the document itself. */
export function canHoldChanges(document: TextDocument): boolean {
  return document.uri.scheme !== "vscode-notebook-cell" && !savesByItself(document);
}

/** Opens the document that code is offered for; `undefined` after the person was told why nothing is shown in it. */
export async function offeredEdit({ document, range, replacement }: CodeOffer): Promise<OfferedEdit | undefined> {
  const { version } = document;
  const region = changedRegion(document.getText(), withReplacement({ document, range }, replacement));
  if (region === undefined) {
    tellHeldAlready(document);
    return undefined;
  }
  const name = workspace.asRelativePath(document.uri, false);
  const why = await whyNotChanged(document.uri);
  if (why !== undefined) return tell(`${name} ${why}. Nothing was changed; copy the code instead.`);
  const viewColumn = editorOf(document)?.viewColumn;
  await window.showTextDocument(document, viewColumn === undefined ? {} : { viewColumn });
  if (document.version !== version)
    return tell(`${name} was changed in the meantime. Nothing was written; apply the code again.`);
  const { firstLine, lines } = region;
  const target: InlineTarget = { document, version, firstLine, lines, kind: "rewrite", keepsLines: true, name };
  return { target, lines: region.replacement };
}

import { ProgressLocation, Range, type TextDocument, window, workspace } from "vscode";
import { BlockLines } from "../../../core/inlineEdit/blockLines.ts";
import { IndentAs } from "../../../core/inlineEdit/indentAs.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { readTurn } from "../../platform/readTurn.ts";
import { NOTHING_TO_APPLY, tellTurnFailure } from "../../platform/tellTurnFailure.ts";
import { type InlineWish, inlineOrder } from "./inlineOrder.ts";
import type { InlineTarget } from "./inlineTarget.ts";

/** Whether the editor saves this document a moment after each change: then changes cannot wait in it. */
export function savesByItself({ uri, isUntitled, languageId }: TextDocument): boolean {
  if (isUntitled) return false;
  return workspace.getConfiguration("files", { uri, languageId }).get("autoSave") === "afterDelay";
}

/** The same edit beside the document, in the diff that fixes have. */
export async function editInDiffTab(
  services: ExtensionServices,
  target: InlineTarget,
  wish: InlineWish,
): Promise<void> {
  const answer = await window.withProgress(
    { location: ProgressLocation.Notification, title: "Waybill", cancellable: true },
    async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const events = (await services.engine.get()).runTurn(inlineOrder(target, wish), abort.signal);
      return readTurn(events, {
        doing: "is changing the code",
        report: (message) => progress.report({ message }),
        show: () => undefined,
        noteWaybill: (cost) => services.spend.noteWaybill(cost),
      });
    },
  );
  const { waybill, problem, text } = answer;
  if (waybill?.finish === "stopped") return;
  const lines = linesOf(target, text);
  if (lines === undefined || problem !== undefined || waybill?.finish !== "complete") {
    const leave = await tellTurnFailure(services, answer, NOTHING_TO_APPLY);
    if (leave !== undefined) await editInDiffTab(services, target, { ...wish, leave });
    return;
  }
  const { document, firstLine } = target;
  const last = Math.min(firstLine + target.lines.length, document.lineCount) - 1;
  const range = new Range(firstLine, 0, last, document.lineAt(last).text.length);
  await (await services.proposals()).offer({ document, range, replacement: lines.join("\n"), turnId: waybill.turnId });
}

/** What the target's lines become; `undefined` without a whole code block. */
function linesOf({ lines, kind, keepsLines }: InlineTarget, answer: string): readonly string[] | undefined {
  const block = new BlockLines();
  const arrived = [...block.push(answer).lines, ...block.end().lines];
  if (!block.isClosed) return undefined;
  const indent = new IndentAs(lines);
  const code = arrived.map((line) => indent.line(line));
  return kind === "generate" && keepsLines ? [...lines, ...code] : code;
}

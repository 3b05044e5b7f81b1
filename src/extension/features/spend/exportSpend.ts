import { Uri, window, workspace } from "vscode";
import { countOf } from "../../../core/spend/countOf.ts";
import { describeRange } from "../../../core/spend/reportPeriod.ts";
import { CSV_HEAD, csvLine, jsonObject } from "../../../core/spend/spendExport.ts";
import type { SpendRow } from "../../../core/spend/spendRow.ts";
import type { DayRange } from "../../../core/spend/spendSums.ts";
import type { ExportFormat } from "../../../protocol/spendMessages.ts";
import type { SpendHistory } from "../../../store/spendHistory.ts";

/** Writes the rows of a period where the person says. Answers what became of it; `undefined` when they changed their mind. */
export async function exportSpend(
  history: SpendHistory,
  range: DayRange,
  format: ExportFormat,
): Promise<string | undefined> {
  const name = `waybill-${describeRange(range).replaceAll(" ", "-")}.${format}`;
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const file = await window.showSaveDialog({
    title: "Export Spending",
    filters: format === "csv" ? { CSV: ["csv"] } : { JSON: ["json"] },
    ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder, name) }),
  });
  if (file === undefined) return undefined;
  const { text, count } = await exportText(history, range, format);
  try {
    await workspace.fs.writeFile(file, text);
  } catch {
    return `${file.fsPath} could not be written, so nothing was exported; choose another place and export again.`;
  }
  return `${countOf(count, "row")} written to ${file.fsPath}.`;
}

/** Encoded piece by piece: a million rows are hundreds of megabytes. */
async function exportText(
  history: SpendHistory,
  range: DayRange,
  format: ExportFormat,
): Promise<{ readonly text: Uint8Array; readonly count: number }> {
  const pieces = [Buffer.from(format === "csv" ? CSV_HEAD : "[\n")];
  let count = 0;
  for await (const rows of history.allRows(range)) {
    pieces.push(Buffer.from(textOf(rows, format, count === 0)));
    count += rows.length;
  }
  if (format === "json") pieces.push(Buffer.from("\n]\n"));
  return { text: Buffer.concat(pieces), count };
}

function textOf(rows: readonly SpendRow[], format: ExportFormat, isFirst: boolean): string {
  if (format === "csv") return rows.map(csvLine).join("");
  return `${isFirst ? "" : ",\n"}${rows.map(jsonObject).join(",\n")}`;
}

import { formatExactUsd } from "../money/formatUsd.ts";
import { toNanoUsd } from "../money/nanoUsd.ts";
import type { SpendRow } from "./spendRow.ts";

/** The columns of an export, in their order. Amounts are exact US dollars, times are UTC. */
type ExportedRow = Readonly<Record<(typeof COLUMNS)[number], string | number | null>>;

const COLUMNS = [
  "time",
  "day",
  "model",
  "asked_model",
  "provider",
  "task",
  "surface",
  "workspace",
  "key",
  "prompt_tokens",
  "completion_tokens",
  "cached_tokens",
  "reasoning_tokens",
  "cost_usd",
  "cost_source",
  "finish",
  "total_ms",
  "generation_id",
  "verdict",
  "accepted_lines",
  "proposed_lines",
  "edited_lines",
] as const;

export const CSV_HEAD = `${COLUMNS.join(",")}\r\n`;

/** One line of CSV (RFC 4180). What a spreadsheet would take for a formula gets a quote before it. */
export function csvLine(row: SpendRow): string {
  const exported = exportedRow(row);
  return `${COLUMNS.map((column) => csvField(exported[column])).join(",")}\r\n`;
}

/** One object of a JSON array. What is not known is `null`; the cost is text, so that no digit is lost. */
export function jsonObject(row: SpendRow): string {
  return JSON.stringify(exportedRow(row));
}

function exportedRow(row: SpendRow): ExportedRow {
  return {
    time: new Date(row.startedAtMs).toISOString(),
    day: row.day,
    model: row.model,
    asked_model: row.askedModel,
    provider: row.provider ?? null,
    task: row.task,
    surface: row.surface,
    workspace: row.workspace ?? null,
    key: row.key ?? null,
    prompt_tokens: row.promptTokens ?? null,
    completion_tokens: row.completionTokens ?? null,
    cached_tokens: row.cachedTokens ?? null,
    reasoning_tokens: row.reasoningTokens ?? null,
    cost_usd: formatExactUsd(toNanoUsd(row.costNano)).slice(1),
    cost_source: row.costSource,
    finish: row.finish,
    total_ms: row.totalMs,
    generation_id: row.generationId ?? null,
    verdict: row.verdict?.kind ?? null,
    accepted_lines: row.verdict?.lines?.accepted ?? null,
    proposed_lines: row.verdict?.lines?.proposed ?? null,
    edited_lines: row.verdict?.editedLines ?? null,
  };
}

/** Numbers are ours; of texts, those that begin like a formula are foreign enough to be made plain text. */
function csvField(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const plain = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n\t]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

import type { DatabaseSync } from "node:sqlite";
import { COST_SOURCES, type CostSource } from "../core/waybill/costSource.ts";
import type {
  CertaintySums,
  RowFilter,
  RowFindings,
  RowKind,
  RowPlace,
  RowVerdict,
  SpendRow,
} from "../core/spend/spendRow.ts";
import type { DayRange } from "../core/spend/spendSums.ts";
import { retryWhileLocked } from "./retryWhileLocked.ts";
import { DIMENSION_COLUMNS } from "./spendReport.ts";

type Value = string | number;

interface Condition {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** About this many rows are read in one go, some tens of milliseconds. */
const SLICE_ROWS = 20_000;
const DEAREST_ROWS = 10;
const DAYS_AT_ONCE = 64;

const TEXT_OF = (column: string) => `(SELECT text FROM label WHERE id = ${column})`;

const ROW_COLUMNS = `sequence, day, started_at_ms, ${TEXT_OF("model")} AS model, ${TEXT_OF("asked_model")} AS asked_model,
  ${TEXT_OF("provider")} AS provider, ${TEXT_OF("task_type")} AS task, ${TEXT_OF("surface")} AS surface,
  ${TEXT_OF("waybill_row.workspace")} AS workspace, ${TEXT_OF("key_label")} AS key, prompt_tokens, completion_tokens,
  cached_tokens, reasoning_tokens, cost_nano, cost_source, finish, total_ms, generation_id`;

/** Some days that may have rows of the filter, the latest first, from the day on which the page begins or before a day. */
export function readDays(
  database: DatabaseSync,
  { firstDay, lastDay, by, kind }: RowFilter,
  { after, before }: { after: RowPlace | undefined; before: string | undefined },
): readonly string[] {
  const upTo = after === undefined || after.day > lastDay ? lastDay : after.day;
  const counted = kind === "stopped" ? "stopped_nano" : kind === "accepted" ? "accepted + partly_permille" : "requests";
  const value = by === undefined ? undefined : valueCondition(by);
  return database
    .prepare(
      `SELECT day FROM day_roll WHERE day BETWEEN ? AND ? AND day < ? ${value === undefined ? "" : `AND ${value.sql}`}
       GROUP BY day HAVING sum(${counted}) > 0 ORDER BY day DESC LIMIT ${DAYS_AT_ONCE}`,
    )
    .all(firstDay, upTo, before ?? "~", ...(value?.values ?? []))
    .map(({ day }) => String(day));
}

/** The filter's rows of one day, the latest first. */
export function readPage(
  database: DatabaseSync,
  { filter, day, before, limit }: { filter: RowFilter; day: string; before: number | undefined; limit: number },
): readonly SpendRow[] {
  const conditions: readonly Condition[] = [
    { sql: "day = ?", values: [day] },
    ...(filter.by === undefined ? [] : [valueCondition(filter.by)]),
    ...(filter.kind === undefined ? [] : [kindCondition(filter.kind)]),
    ...(filter.sequence === undefined ? [] : [{ sql: "sequence = ?", values: [filter.sequence] }]),
    ...(before === undefined ? [] : [{ sql: "sequence < ?", values: [before] }]),
  ];
  const rows = database
    .prepare(
      `SELECT ${ROW_COLUMNS} FROM waybill_row WHERE ${conditions.map(({ sql }) => sql).join(" AND ")}
       ORDER BY sequence DESC LIMIT ?`,
    )
    .all(...conditions.flatMap(({ values }) => values), limit);
  return toRows(database, rows);
}

/** Reads all rows of the range, some days at a time. */
export async function findInRows(
  database: DatabaseSync,
  range: DayRange,
  signal: AbortSignal,
): Promise<RowFindings | undefined> {
  const certainty = new Map<CostSource, CertaintySums>();
  let dearest: readonly SpendRow[] = [];
  for (const slice of await retryWhileLocked(() => sliceDays(database, range))) {
    await nextTurn();
    if (signal.aborted) return undefined;
    for (const sums of await retryWhileLocked(() => readCertainty(database, slice))) {
      const known = certainty.get(sums.source);
      certainty.set(sums.source, {
        source: sums.source,
        count: sums.count + (known?.count ?? 0),
        costNano: sums.costNano + (known?.costNano ?? 0),
      });
    }
    const bar = dearest.length < DEAREST_ROWS ? 0 : (dearest.at(-1)?.costNano ?? 0);
    const found = await retryWhileLocked(() => readDearest(database, slice, bar));
    dearest = [...dearest, ...found]
      .toSorted((left, right) => right.costNano - left.costNano || right.sequence - left.sequence)
      .slice(0, DEAREST_ROWS);
  }
  return { certainty: COST_SOURCES.flatMap((source) => certainty.get(source) ?? []), dearest };
}

/** The range in pieces of at most as many requests as can be read at once; a single day may have more. */
function sliceDays(database: DatabaseSync, { firstDay, lastDay }: DayRange): readonly DayRange[] {
  const slices: DayRange[] = [];
  let count = 0;
  const days = database
    .prepare(
      "SELECT day, sum(requests) AS requests FROM day_roll WHERE day BETWEEN ? AND ? GROUP BY day ORDER BY day DESC",
    )
    .all(firstDay, lastDay);
  for (const row of days) {
    const [day, requests] = [String(row["day"]), Number(row["requests"])];
    const last = slices.at(-1);
    const fits = last !== undefined && count + requests <= SLICE_ROWS;
    count = fits ? count + requests : requests;
    if (fits) slices.splice(-1, 1, { ...last, firstDay: day });
    else slices.push({ firstDay: day, lastDay: day });
  }
  return slices;
}

/** Lets the editor do what waits. */
export function nextTurn(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, 0);
  return promise;
}

function readCertainty(database: DatabaseSync, { firstDay, lastDay }: DayRange): readonly CertaintySums[] {
  const rows = database
    .prepare(
      `SELECT cost_source, count(*) AS count, sum(cost_nano) AS cost FROM waybill_row INDEXED BY waybill_row_by_day
       WHERE day BETWEEN ? AND ? GROUP BY cost_source`,
    )
    .all(firstDay, lastDay);
  return rows.map((row) => ({
    source: toSource(row["cost_source"]),
    count: Number(row["count"]),
    costNano: Number(row["cost"]),
  }));
}

function readDearest(
  database: DatabaseSync,
  { firstDay, lastDay }: DayRange,
  moreThanNano: number,
): readonly SpendRow[] {
  const rows = database
    .prepare(
      `SELECT ${ROW_COLUMNS} FROM waybill_row INDEXED BY waybill_row_by_day
       WHERE day BETWEEN ? AND ? AND cost_nano > ? ORDER BY cost_nano DESC, sequence DESC LIMIT ${DEAREST_ROWS}`,
    )
    .all(firstDay, lastDay, moreThanNano);
  return toRows(database, rows);
}

function valueCondition({ dimension, value }: NonNullable<RowFilter["by"]>): Condition {
  return {
    sql: `${DIMENSION_COLUMNS[dimension]} = coalesce((SELECT id FROM label WHERE text = ?), iif(? = '', 0, -1))`,
    values: [value, value],
  };
}

function kindCondition(kind: RowKind): Condition {
  switch (kind) {
    case "stopped":
      return { sql: "finish = 'stopped' AND cost_nano > 0", values: [] };
    case "accepted":
      return {
        sql: "EXISTS (SELECT 1 FROM outcome WHERE outcome.sequence = waybill_row.sequence AND kind IN ('accepted', 'partly-accepted'))",
        values: [],
      };
    case "cached":
      return { sql: "cached_tokens > 0", values: [] };
    case "billed":
    case "reconciled":
    case "estimated":
    case "unknown":
      return { sql: "cost_source = ?", values: [kind] };
  }
}

function toRows(database: DatabaseSync, rows: readonly Record<string, unknown>[]): readonly SpendRow[] {
  const verdicts = readVerdicts(
    database,
    rows.map((row) => Number(row["sequence"])),
  );
  return rows.map((row) => toRow(row, verdicts.get(Number(row["sequence"]))));
}

/** By the number of their row, found by index. */
function readVerdicts(database: DatabaseSync, sequences: readonly number[]): ReadonlyMap<number, RowVerdict> {
  const found = database
    .prepare(
      `SELECT sequence, kind, accepted_lines, proposed_lines, edited_lines FROM outcome
       WHERE sequence IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(sequences));
  return new Map(found.map((row) => [Number(row["sequence"]), toVerdict(row)]));
}

function toVerdict(row: Record<string, unknown>): RowVerdict {
  const [accepted, proposed] = [numberOf(row["accepted_lines"]), numberOf(row["proposed_lines"])];
  const isCounted = accepted !== undefined && proposed !== undefined;
  const lines = isCounted ? { accepted, proposed } : undefined;
  return { kind: String(row["kind"]), lines, editedLines: numberOf(row["edited_lines"]) };
}

function toRow(row: Record<string, unknown>, verdict: RowVerdict | undefined): SpendRow {
  return {
    sequence: Number(row["sequence"]),
    day: String(row["day"]),
    startedAtMs: Number(row["started_at_ms"]),
    model: textOf(row["model"]) ?? "",
    askedModel: textOf(row["asked_model"]) ?? "",
    provider: textOf(row["provider"]),
    task: textOf(row["task"]) ?? "",
    surface: textOf(row["surface"]) ?? "",
    workspace: textOf(row["workspace"]),
    key: textOf(row["key"]),
    promptTokens: numberOf(row["prompt_tokens"]),
    completionTokens: numberOf(row["completion_tokens"]),
    cachedTokens: numberOf(row["cached_tokens"]),
    reasoningTokens: numberOf(row["reasoning_tokens"]),
    costNano: Number(row["cost_nano"]),
    costSource: toSource(row["cost_source"]),
    finish: String(row["finish"]),
    totalMs: Number(row["total_ms"]),
    generationId: textOf(row["generation_id"]),
    verdict,
  };
}

/** The ledger allows no other; one it does not know is not known. */
function toSource(value: unknown): CostSource {
  return COST_SOURCES.find((source) => source === value) ?? "unknown";
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

import type { DatabaseSync } from "node:sqlite";
import { type NanoUsd, toNanoUsd } from "../core/money/nanoUsd.ts";
import type { DayRange, DaySums, SpendDimension } from "../core/spend/spendSums.ts";

/** What is booked at all. Days are `undefined` in a new ledger. */
export interface KnownSpend {
  readonly firstDay: string | undefined;
  readonly lastDay: string | undefined;
  /** What a lost ledger got back from its journal within the range: sums without models and rows. */
  readonly takenOver: NanoUsd;
}

/** The column of each dimension in `day_roll` and `waybill_row`. */
export const DIMENSION_COLUMNS: Readonly<Record<SpendDimension, string>> = {
  model: "model",
  task: "task_type",
  provider: "provider",
  surface: "surface",
  workspace: "workspace",
  key: "key_label",
};

/** No day is in it. */
const NO_DAYS: DayRange = { firstDay: "~", lastDay: "" };

export function readKnownSpend(database: DatabaseSync, range: DayRange = NO_DAYS): KnownSpend {
  const row = database
    .prepare(
      `SELECT (SELECT min(day) FROM spend_total WHERE scope = 'user') AS first_day,
         (SELECT max(day) FROM spend_total WHERE scope = 'user') AS last_day,
         coalesce((SELECT sum(spent_nano) FROM spend_total WHERE scope = 'user' AND day BETWEEN ?1 AND ?2), 0)
           - coalesce((SELECT sum(cost_nano) FROM day_roll WHERE day BETWEEN ?1 AND ?2), 0) AS taken_over`,
    )
    .get(range.firstDay, range.lastDay);
  const day = (value: unknown) => (typeof value === "string" ? value : undefined);
  return {
    firstDay: day(row?.["first_day"]),
    lastDay: day(row?.["last_day"]),
    takenOver: toNanoUsd(Math.max(0, Number(row?.["taken_over"] ?? 0))),
  };
}

/** The days on which something was sent, found one after the other in the index. */
export function readSentDays(database: DatabaseSync, { firstDay, lastDay }: DayRange): readonly string[] {
  return database
    .prepare(
      `WITH RECURSIVE sent(day) AS (
         SELECT min(day) FROM day_roll WHERE day BETWEEN ?1 AND ?2
         UNION ALL SELECT (SELECT min(day) FROM day_roll WHERE day > sent.day AND day <= ?2) FROM sent WHERE day IS NOT NULL
       ) SELECT day FROM sent WHERE day IS NOT NULL`,
    )
    .all(firstDay, lastDay)
    .map(({ day }) => String(day));
}

/** Day by day, so that little is sorted at a time and a long period can be read in pieces. */
export function readDaySums(
  database: DatabaseSync,
  days: readonly string[],
  dimension: SpendDimension,
): readonly DaySums[] {
  const column = DIMENSION_COLUMNS[dimension];
  const ofDay = database.prepare(
    `SELECT coalesce(text, '') AS value, requests, turns, cost, prompt, completion, cached, stopped, accepted, partly FROM (
       SELECT ${column} AS value_id, sum(requests) AS requests, sum(turns) AS turns, sum(cost_nano) AS cost,
         sum(prompt_tokens) AS prompt, sum(completion_tokens) AS completion, sum(cached_tokens) AS cached,
         sum(stopped_nano) AS stopped, sum(accepted) AS accepted,
         sum(partly_permille) AS partly
       FROM day_roll WHERE day = ? GROUP BY ${column}
     ) LEFT JOIN label ON label.id = value_id WHERE requests <> 0 OR cost <> 0`,
  );
  return days.flatMap((day) => ofDay.all(day).map((row) => toSums(day, row)));
}

function toSums(day: string, row: Record<string, unknown>): DaySums {
  return {
    day,
    value: String(row["value"]),
    requests: Number(row["requests"]),
    turns: Number(row["turns"]),
    costNano: Number(row["cost"]),
    promptTokens: Number(row["prompt"]),
    completionTokens: Number(row["completion"]),
    cachedTokens: Number(row["cached"]),
    stoppedNano: Number(row["stopped"]),
    accepted: Number(row["accepted"]) + Number(row["partly"]) / 1000,
  };
}

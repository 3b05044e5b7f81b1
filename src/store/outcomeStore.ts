import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { budgetDay } from "../core/budget/budgetPeriod.ts";
import { toNanoUsd } from "../core/money/nanoUsd.ts";
import type { OutcomeSums } from "../core/routing/modelRecord.ts";
import type { AcceptedLines, CountedOutcome } from "../core/routing/acceptedLines.ts";
import { type KnownShares, type OutcomeKind, isOutcomeKind, strongerKinds } from "../core/routing/outcomeKind.ts";
import { OLDEST_OUTCOME_MS, type OutcomeTally } from "../core/routing/outcomeStats.ts";
import { type TaskType, isTaskType } from "../core/tasks/taskType.ts";
import { answeringModel } from "../core/waybill/answeringModel.ts";
import { compactId } from "./compactId.ts";
import { retryWhileLocked } from "./retryWhileLocked.ts";
import { toStoreError } from "./sqliteFailure.ts";

/**
 * What people did with the answers of settled turns, in the ledger's database. Holds no text. Every method rejects with
 * `WaybillError`.
 */
export interface OutcomeStore {
  /**
   * Takes down the verdict on a turn's answer. A turn has one: the strongest, and of equally strong ones the last.
   * Answers `false` for a turn that the ledger has no answer of.
   */
  note(turnId: string, outcome: OutcomeKind | CountedOutcome, nowMs: number): Promise<boolean>;
  /**
   * Takes down, beside the verdict, that the person changed so many lines of what they had accepted; a greater number takes the
   * place of a smaller one. Answers `false` where nothing is accepted.
   */
  noteEdited(turnId: string, lines: number): Promise<boolean>;
  /**
   * Takes down that a check rejected the answer of one attempt, after which the turn went on. It stands beside the verdict on
   * the turn's own answer. Answers `false` for an attempt that the ledger has no answer of.
   */
  noteRejectedAttempt(reservationId: string, nowMs: number): Promise<boolean>;
  /** What still counts for a task, by model, provider, kind and day. A lock of another window is not waited for. */
  tallies(taskType: TaskType, nowMs: number): Promise<readonly OutcomeTally[]>;
  /** Cost and time of the answers with a verdict since then, by task, model, provider and kind. */
  sums(sinceMs: number): Promise<readonly OutcomeSums[]>;
}

export function createOutcomeStore(database: DatabaseSync): OutcomeStore {
  return {
    note: (turnId, outcome, nowMs) => {
      const { kind, lines } = typeof outcome === "string" ? { kind: outcome, lines: undefined } : outcome;
      return retryWhileLocked(() => writeOutcome(database, turnId, { kind, nowMs, lines }));
    },
    noteEdited: (turnId, lines) => retryWhileLocked(() => writeEdited(database, turnId, lines)),
    noteRejectedAttempt: (reservationId, nowMs) =>
      retryWhileLocked(() => writeRejectedAttempt(database, reservationId, nowMs)),
    tallies: async (taskType, nowMs) => {
      try {
        return readTallies(database, taskType, nowMs);
      } catch (error) {
        throw toStoreError(error);
      }
    },
    sums: (sinceMs) => retryWhileLocked(() => readSums(database, sinceMs)),
  };
}

/**
 * Attempts that failed before the answer have rows of the same turn, some of them written later; one that was rejected by a
 * check has its verdict already.
 */
function writeOutcome(database: DatabaseSync, turnId: string, verdict: Omit<Verdict, "key">): boolean {
  const answer = database
    .prepare(
      `SELECT * FROM waybill WHERE sequence =
         (SELECT max(sequence) FROM waybill_row WHERE turn_id = ? AND finish <> 'failed'
          AND reservation_id NOT IN (SELECT turn_id FROM outcome))`,
    )
    .get(compactId(turnId));
  if (answer === undefined) return false;
  insertOutcome(database, answer, { ...verdict, key: turnId });
  return true;
}

function writeEdited(database: DatabaseSync, turnId: string, lines: number): boolean {
  const { changes } = database
    .prepare(
      `UPDATE outcome SET edited_lines = max(coalesce(edited_lines, 0), ?)
       WHERE turn_id = ? AND kind IN ('accepted', 'partly-accepted')`,
    )
    .run(lines, compactId(turnId));
  return changes > 0;
}

/** Its key is that of the attempt, which no turn has. */
function writeRejectedAttempt(database: DatabaseSync, reservationId: string, nowMs: number): boolean {
  const answer = database
    .prepare("SELECT * FROM waybill WHERE sequence = (SELECT sequence FROM waybill_row WHERE reservation_id = ?)")
    .get(compactId(reservationId));
  if (answer === undefined) return false;
  insertOutcome(database, answer, { key: reservationId, kind: "rejected", nowMs });
  return true;
}

function insertOutcome(
  database: DatabaseSync,
  answer: Record<string, SQLOutputValue>,
  { key, kind, nowMs, lines }: Verdict,
): void {
  const { sequence, asked_model, served_model, provider, task_type, workspace } = answer;
  const servedModel = served_model === null ? undefined : String(served_model);
  database
    .prepare(
      `INSERT INTO outcome (turn_id, sequence, model, provider, task_type, workspace, kind, day, at_ms,
         accepted_lines, proposed_lines)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (turn_id) DO UPDATE SET kind = excluded.kind, day = excluded.day, at_ms = excluded.at_ms,
         accepted_lines = excluded.accepted_lines, proposed_lines = excluded.proposed_lines
       WHERE kind NOT IN (SELECT value FROM json_each(?))`,
    )
    .run(
      compactId(key),
      Number(sequence),
      answeringModel({ askedModel: String(asked_model), servedModel }),
      provider === null ? null : String(provider),
      String(task_type),
      String(workspace),
      kind,
      budgetDay(nowMs),
      nowMs,
      lines?.accepted ?? null,
      lines?.proposed ?? null,
      JSON.stringify(strongerKinds(kind)),
    );
}

interface Verdict {
  /** The turn, or the attempt. */
  readonly key: string;
  readonly kind: OutcomeKind;
  readonly nowMs: number;
  readonly lines?: AcceptedLines | undefined;
}

/** A share is known where the lines were counted; rows of older versions have none. */
const SHARES = "count(proposed_lines) AS known, total(1.0 * accepted_lines / proposed_lines) AS share_sum";

function toShares({ known, share_sum: sum }: Record<string, unknown>): KnownShares | undefined {
  return Number(known) === 0 ? undefined : { answers: Number(known), sum: Number(sum) };
}

/** The rows of a task are found by index, so that a heavy user's year is read in milliseconds. */
function readTallies(database: DatabaseSync, taskType: TaskType, nowMs: number): readonly OutcomeTally[] {
  return database
    .prepare(
      `SELECT model, provider, kind, day, count(*) AS count, ${SHARES} FROM outcome
       WHERE task_type = ? AND day >= ? GROUP BY model, provider, kind, day`,
    )
    .all(taskType, budgetDay(nowMs - OLDEST_OUTCOME_MS))
    .flatMap((row) => {
      const { model, provider, kind, day, count } = row;
      const known = String(kind);
      if (!isOutcomeKind(known)) return [];
      const tally = { model: String(model), kind: known, count: Number(count), atMs: noonOf(String(day)) };
      return [{ ...tally, provider: toProvider(provider), shares: toShares(row) }];
    });
}

function toProvider(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function noonOf(day: string): number {
  return Date.parse(`${day}T12:00:00Z`);
}

/** Squares are summed as floating point: those of dear answers pass what a whole number holds. */
function readSums(database: DatabaseSync, sinceMs: number): readonly OutcomeSums[] {
  return database
    .prepare(
      `SELECT outcome.task_type, outcome.model, outcome.provider, outcome.kind, count(*) AS answers, sum(cost_nano) AS cost,
         sum(total_ms) AS total_ms, total(1.0 * cost_nano * cost_nano) AS cost_squares,
         total(1.0 * total_ms * total_ms) AS total_ms_squares, ${SHARES}
       FROM outcome JOIN waybill_row ON waybill_row.sequence = outcome.sequence
       WHERE outcome.at_ms >= ? GROUP BY outcome.task_type, outcome.model, outcome.provider, outcome.kind`,
    )
    .all(sinceMs)
    .flatMap(toSums);
}

/** A task or a kind that this version does not know is passed over. */
function toSums(row: Record<string, unknown>): readonly OutcomeSums[] {
  const [taskType, kind] = [String(row["task_type"]), String(row["kind"])];
  if (!isTaskType(taskType) || !isOutcomeKind(kind)) return [];
  return [
    {
      taskType,
      model: String(row["model"]),
      provider: toProvider(row["provider"]),
      kind,
      answers: Number(row["answers"]),
      shares: toShares(row),
      cost: toNanoUsd(Number(row["cost"])),
      totalMs: Number(row["total_ms"]),
      costSquares: Number(row["cost_squares"]),
      totalMsSquares: Number(row["total_ms_squares"]),
    },
  ];
}

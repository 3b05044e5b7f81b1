import type { SpendPeriod } from "../budget/spendPeriod.ts";
import type { NanoUsd } from "../money/nanoUsd.ts";
import type { BillComparison } from "./compareWithBill.ts";
import type { CostSource, TokenUsage } from "./waybill.ts";

/** A turn of the ledger whose cost is not certain. */
export interface UncertainRow {
  readonly reservationId: string;
  readonly turnId: string;
  /** The key that paid. */
  readonly keyName: string;
  readonly startedAtMs: number;
  /** Without it the gateway cannot be asked. */
  readonly generationId: string | undefined;
  /** UTC day it is booked on, as `YYYY-MM-DD`. */
  readonly day: string;
  /** The one that served, else the one that was asked for. */
  readonly model: string;
  readonly cost: NanoUsd;
  readonly costSource: Extract<CostSource, "estimated" | "unknown">;
}

/** A row that is certain now. */
export interface SettledRow {
  readonly row: UncertainRow;
  readonly cost: NanoUsd;
  readonly usage: TokenUsage;
  readonly model: string | undefined;
  readonly provider: string | undefined;
}

/** A row that stays as it is: it has no id, the gateway does not know the id or could not answer, or the key that paid is gone. */
export interface LeftRow {
  readonly row: UncertainRow;
  readonly why: "no-id" | "not-found" | "no-answer" | "no-key";
}

/** Everything one reconciliation found out. */
export interface Reconciliation {
  readonly period: SpendPeriod;
  /** First UTC day of the period, as `YYYY-MM-DD`. */
  readonly sinceDay: string;
  /** The key whose bill is compared. Single rows may be of other keys, too. */
  readonly keyName: string;
  readonly comparison: BillComparison;
  readonly settled: readonly SettledRow[];
  readonly left: readonly LeftRow[];
}

import { type NanoUsd, sumUsd } from "../money/nanoUsd.ts";
import type { CostSource } from "./costSource.ts";
import type { SettledRow } from "./reconciliation.ts";
import type { Waybill } from "./waybill.ts";

/** What one attempt cost. */
export interface PaidAttempt {
  /** Without it nobody can look its cost up. */
  readonly generationId?: string;
  readonly cost: NanoUsd;
  readonly source: CostSource;
}

/** What a turn cost with all its attempts, as sure as the least sure of them. */
export interface PaidTurn {
  readonly cost: NanoUsd;
  readonly source: CostSource;
  /** Each attempt that had to be paid; chats of before did not keep them. */
  readonly attempts?: readonly PaidAttempt[];
}

/** The least certain counts for a sum. */
const LESS_CERTAIN: readonly CostSource[] = ["unknown", "estimated", "reconciled", "billed"];

/** What a turn cost with all attempts before the one that answered, each of which has a row of its own in the ledger. */
export function paidForTurn(waybill: Waybill): PaidTurn {
  const before = waybill.discarded.flatMap((attempt): readonly PaidAttempt[] =>
    attempt.costSource === "nothing" ? [] : [paidAttempt({ ...attempt, costSource: attempt.costSource })],
  );
  return paidFor([...before, paidAttempt(waybill)]);
}

/** The same once single attempts were looked up; `undefined` where none of the rows is of this turn. */
export function correctAttempts(
  attempts: readonly PaidAttempt[],
  settled: readonly SettledRow[],
): PaidTurn | undefined {
  const corrected = attempts.map((attempt) => {
    const found = settled.find(({ row }) => row.generationId === attempt.generationId);
    const isKnown = attempt.generationId !== undefined && found !== undefined;
    return isKnown ? { ...attempt, cost: found.cost, source: "reconciled" as const } : attempt;
  });
  return corrected.every((attempt, index) => attempt === attempts[index]) ? undefined : paidFor(corrected);
}

function paidFor(attempts: readonly PaidAttempt[]): PaidTurn {
  const source = LESS_CERTAIN.find((each) => attempts.some((attempt) => attempt.source === each)) ?? "unknown";
  return { cost: sumUsd(attempts.map(({ cost }) => cost)), source, attempts };
}

function paidAttempt({ generationId, cost, costSource }: PaidFields): PaidAttempt {
  return { ...(generationId === undefined ? {} : { generationId }), cost, source: costSource };
}

interface PaidFields {
  readonly generationId?: string | undefined;
  readonly cost: NanoUsd;
  readonly costSource: CostSource;
}

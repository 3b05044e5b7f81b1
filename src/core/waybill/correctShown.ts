import { formatUsd } from "../money/formatUsd.ts";
import { type PaidTurn, correctAttempts } from "./paidForTurn.ts";
import {
  type PresentedWaybill,
  describeExactCost,
  describePastHold,
  describeTokens,
  describeUsage,
  joinAlarms,
} from "./presentWaybill.ts";
import type { SettledRow } from "./reconciliation.ts";

/** What a receipt says now, and what its turn cost; each is absent where it stays as it is. */
export interface CorrectedReceipt {
  readonly shown?: PresentedWaybill;
  readonly paid?: PaidTurn;
}

/**
 * A receipt and the cost of its turn, as far as that is known attempt by attempt, after costs were looked up; `undefined` when
 * none of these rows is its own.
 */
export function correctShown(
  before: PresentedWaybill,
  settled: readonly SettledRow[],
  paidBefore?: PaidTurn,
): CorrectedReceipt | undefined {
  const shown = correctReceipt(before, settled);
  const paid = correctPaid({ before, shown, settled }, paidBefore);
  if (shown === undefined && paid === undefined) return undefined;
  return { ...(shown === undefined ? {} : { shown: shown.receipt }), ...(paid === undefined ? {} : { paid }) };
}

interface Correction {
  readonly before: PresentedWaybill;
  readonly shown: ReturnType<typeof correctReceipt>;
  readonly settled: readonly SettledRow[];
}

/** Chats of before did not keep the attempts one by one; there the last one is all of the turn where nothing was tried before it. */
function correctPaid({ before, shown, settled }: Correction, paid: PaidTurn | undefined): PaidTurn | undefined {
  if (paid?.attempts !== undefined) return correctAttempts(paid.attempts, settled);
  const hasOthers = before.rows.some(({ label }) => label === "Tried before");
  return shown === undefined || hasOthers ? undefined : { cost: shown.cost, source: "reconciled" };
}

function correctReceipt(
  shown: PresentedWaybill,
  settled: readonly SettledRow[],
): { readonly receipt: PresentedWaybill; readonly cost: PaidTurn["cost"] } | undefined {
  const generationId = shown.rows.find(({ label }) => label === "Generation")?.value;
  const found = settled.find(({ row }) => row.generationId === generationId);
  if (generationId === undefined || found === undefined) return undefined;
  const { cost, usage, row: before } = found;
  const exact = [
    { label: "Cost", value: describeExactCost({ cost, costSource: "reconciled" }) },
    ...describeUsage(usage),
  ];
  const missing = exact.filter(({ label }) => !shown.rows.some((row) => row.label === label));
  // A sum over several attempts cannot be told anew from what is shown.
  const kept = shown.rows.filter(({ label }) => label !== "In all");
  const rows = kept.flatMap((row) => [
    exact.find(({ label }) => label === row.label) ?? row,
    ...(row.label === "Cost" ? missing : []),
  ]);
  // Only what nobody knew the cost of counted as what was held.
  const alarm = joinAlarms([
    describePastHold(cost, before.costSource === "unknown" ? before.cost : undefined),
    shown.alarm,
  ]);
  const receipt = {
    ...shown,
    ...(alarm === undefined ? {} : { alarm }),
    cost: formatUsd(cost),
    costSource: "reconciled",
    tokens: describeTokens({ usage }),
    rows,
  } as const;
  return { receipt, cost };
}

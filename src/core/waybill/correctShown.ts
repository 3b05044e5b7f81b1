import { formatUsd } from "../money/formatUsd.ts";
import type { NanoUsd } from "../money/nanoUsd.ts";
import { type PresentedWaybill, describeExactCost, describeTokens, describeUsage } from "./presentWaybill.ts";
import type { SettledRow } from "./reconciliation.ts";

/** A receipt that is certain now. */
export interface CorrectedReceipt {
  readonly shown: PresentedWaybill;
  /** What the whole turn cost; absent where it had several attempts, of which one is certain. */
  readonly turnCost?: NanoUsd;
}

/** A receipt whose cost was looked up after it was shown; `undefined` when none of these rows is its own. */
export function correctShown(shown: PresentedWaybill, settled: readonly SettledRow[]): CorrectedReceipt | undefined {
  const generationId = shown.rows.find(({ label }) => label === "Generation")?.value;
  const found = settled.find(({ row }) => row.generationId === generationId);
  if (generationId === undefined || found === undefined) return undefined;
  const { cost, usage } = found;
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
  const corrected = {
    ...shown,
    cost: formatUsd(cost),
    costSource: "reconciled",
    tokens: describeTokens({ usage }),
    rows,
  } as const;
  return { shown: corrected, ...(kept.length === shown.rows.length ? { turnCost: cost } : {}) };
}

import { type SpendPeriod, firstDayOf } from "../../../core/budget/spendPeriod.ts";
import { type WaybillErrorCode, toWaybillError } from "../../../core/errors/waybillError.ts";
import { compareWithBill } from "../../../core/waybill/compareWithBill.ts";
import type { LeftRow, Reconciliation, SettledRow, UncertainRow } from "../../../core/waybill/reconciliation.ts";
import type { Gateway } from "../../../gateway/gateway.ts";
import type { GenerationRecord } from "../../../gateway/readGeneration.ts";
import type { KeyStatus } from "../../../gateway/readKeyStatus.ts";
import type { Ledger } from "../../../store/ledger.ts";

export interface ReconcileServices {
  readonly gateway: Gateway;
  readonly ledger: Ledger;
  readonly now: () => number;
  /** Told before each look-up. */
  readonly onLookUp: (index: number, count: number) => void;
}

/** `no-bill`: the gateway does not tell what a key spent in this period. */
export type ReconcileOutcome =
  | { readonly kind: "compared"; readonly reconciliation: Reconciliation }
  | { readonly kind: "no-bill" };

/** Failures that say something about one row; any other would meet the next row too. */
const ROW_FAILURES: ReadonlySet<WaybillErrorCode> = new Set([
  "bad-request",
  "forbidden-policy",
  "model-not-found",
  "no-endpoint",
  "overloaded",
  "provider-down",
]);

/** What a server answers that has no `/key`. */
const NO_SUCH_PATH: ReadonlySet<number | undefined> = new Set([404, 405, 501]);

/**
 * Settles what can be settled, then holds the ledger against the key's bill. Rejects with `WaybillError`; rows that were
 * settled until then stay so. Begins again when the period ends meanwhile: both sides must mean the same days.
 */
export async function reconcile(
  services: ReconcileServices,
  period: SpendPeriod,
  signal: AbortSignal,
): Promise<ReconcileOutcome> {
  const { gateway, ledger, now } = services;
  for (;;) {
    const sinceDay = firstDayOf(period, now());
    const rows = await settleRows(services, await ledger.uncertainRows(sinceDay, gateway.origin), signal);
    const bill = (await fetchStatus(gateway, signal))?.used[period];
    const booked = await ledger.bill(sinceDay, gateway.origin);
    if (firstDayOf(period, now()) !== sinceDay) continue;
    if (bill === undefined) return { kind: "no-bill" };
    return {
      kind: "compared",
      reconciliation: { period, sinceDay, comparison: compareWithBill(booked, bill), ...rows },
    };
  }
}

async function settleRows(
  { gateway, ledger, onLookUp }: ReconcileServices,
  rows: readonly UncertainRow[],
  signal: AbortSignal,
): Promise<{ settled: readonly SettledRow[]; left: readonly LeftRow[] }> {
  const settled: SettledRow[] = [];
  const left: LeftRow[] = [];
  for (const [index, row] of rows.entries()) {
    onLookUp(index, rows.length);
    const found = await lookUp(gateway, row.generationId, signal);
    if (typeof found === "string") left.push({ row, why: found });
    else if (await ledger.correctCost(row.reservationId, found)) settled.push({ row, cost: found.cost });
  }
  return { settled, left };
}

async function lookUp(
  gateway: Gateway,
  generationId: string | undefined,
  signal: AbortSignal,
): Promise<GenerationRecord | LeftRow["why"]> {
  if (generationId === undefined) return "no-id";
  try {
    return (await gateway.fetchGeneration(generationId, signal)) ?? "not-found";
  } catch (error) {
    if (ROW_FAILURES.has(toWaybillError(error).code)) return "no-answer";
    throw error;
  }
}

async function fetchStatus(gateway: Gateway, signal: AbortSignal): Promise<KeyStatus | undefined> {
  try {
    return await gateway.fetchKeyStatus(signal);
  } catch (error) {
    if (NO_SUCH_PATH.has(toWaybillError(error).status)) return undefined;
    throw error;
  }
}

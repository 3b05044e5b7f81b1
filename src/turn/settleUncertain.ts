import { type WaybillErrorCode, toWaybillError } from "../core/errors/waybillError.ts";
import type { LeftRow, SettledRow, UncertainRow } from "../core/waybill/reconciliation.ts";
import type { Gateway } from "../gateway/gateway.ts";
import type { GenerationRecord } from "../gateway/readGeneration.ts";
import type { Ledger } from "../store/ledger.ts";

export interface SettleServices {
  readonly gateway: Gateway;
  /** The same gateway with another key. */
  readonly gatewayWithKey: (keyName: string) => Gateway;
  readonly ledger: Ledger;
  /** Told before each look-up. */
  readonly onLookUp?: (index: number, count: number) => void;
}

export interface SettledRows {
  readonly settled: readonly SettledRow[];
  readonly left: readonly LeftRow[];
}

/** Failures that say something about one row; any other would meet the next row too. */
const ROW_FAILURES: ReadonlySet<WaybillErrorCode> = new Set([
  "bad-request",
  "forbidden-policy",
  "model-not-found",
  "no-endpoint",
  "overloaded",
  "provider-down",
]);

/**
 * Looks up what turns cost, each with the key that paid for it, and corrects the ledger. Rejects with `WaybillError`; rows
 * that were settled until then stay so.
 */
export async function settleUncertain(
  services: SettleServices,
  rows: readonly UncertainRow[],
  signal: AbortSignal,
): Promise<SettledRows> {
  const settled: SettledRow[] = [];
  const left: LeftRow[] = [];
  for (const [index, row] of rows.entries()) {
    services.onLookUp?.(index, rows.length);
    const found = await lookUp(services, row, signal);
    if (typeof found === "string") left.push({ row, why: found });
    else if (await services.ledger.correctCost(row.reservationId, found)) settled.push({ ...found, row });
  }
  return { settled, left };
}

async function lookUp(
  { gateway, gatewayWithKey }: SettleServices,
  { generationId, keyName }: UncertainRow,
  signal: AbortSignal,
): Promise<GenerationRecord | LeftRow["why"]> {
  if (generationId === undefined) return "no-id";
  const isOtherKey = keyName !== gateway.keyName;
  try {
    const payer = isOtherKey ? gatewayWithKey(keyName) : gateway;
    return (await payer.fetchGeneration(generationId, signal)) ?? "not-found";
  } catch (error) {
    const { code } = toWaybillError(error);
    if (ROW_FAILURES.has(code)) return "no-answer";
    // What another key meets says nothing about the rows of this one.
    if (isOtherKey && (code === "key-missing" || code === "auth")) return "no-key";
    throw error;
  }
}

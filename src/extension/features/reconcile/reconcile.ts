import { type SpendPeriod, firstDayOf } from "../../../core/budget/spendPeriod.ts";
import { toWaybillError } from "../../../core/errors/waybillError.ts";
import { compareWithBill } from "../../../core/waybill/compareWithBill.ts";
import type { Reconciliation } from "../../../core/waybill/reconciliation.ts";
import type { KeyStatus } from "../../../gateway/readKeyStatus.ts";
import { askKeyStanding } from "../../../turn/askKeyStanding.ts";
import { type SettleServices, settleUncertain } from "../../../turn/settleUncertain.ts";

export interface ReconcileServices extends SettleServices {
  readonly now: () => number;
}

/** `no-bill`: the gateway does not tell what a key spent in this period. */
export type ReconcileOutcome =
  | { readonly kind: "compared"; readonly reconciliation: Reconciliation }
  | { readonly kind: "no-bill" };

/** What a server answers that has no `/key`. */
const NO_SUCH_PATH: ReadonlySet<number | undefined> = new Set([404, 405, 501]);

/**
 * Settles what can be settled, by whichever key paid, then holds what the key in use paid against its bill. Rejects with `WaybillError`; rows that were
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
    const rows = await settleUncertain(services, await ledger.uncertainRows(sinceDay, gateway.origin), signal);
    const bill = (await fetchStatus(services, signal))?.used[period];
    const booked = await ledger.bill(sinceDay, { gatewayOrigin: gateway.origin, keyLabel: gateway.keyName });
    if (firstDayOf(period, now()) !== sinceDay) continue;
    if (bill === undefined) return { kind: "no-bill" };
    return {
      kind: "compared",
      reconciliation: {
        period,
        sinceDay,
        keyName: gateway.keyName,
        comparison: compareWithBill(booked, bill),
        ...rows,
      },
    };
  }
}

async function fetchStatus(services: ReconcileServices, signal: AbortSignal): Promise<KeyStatus | undefined> {
  try {
    return await askKeyStanding(services, signal);
  } catch (error) {
    if (NO_SUCH_PATH.has(toWaybillError(error).status)) return undefined;
    throw error;
  }
}

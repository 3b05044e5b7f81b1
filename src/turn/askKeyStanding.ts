import { limitPeriodOf } from "../core/budget/keyStanding.ts";
import { type NanoUsd, addUsd } from "../core/money/nanoUsd.ts";
import type { GatewayBill } from "../core/waybill/compareWithBill.ts";
import type { Gateway } from "../gateway/gateway.ts";
import type { KeyStatus } from "../gateway/readKeyStatus.ts";
import type { Ledger } from "../store/ledger.ts";

export interface KeyStandingServices {
  readonly gateway: Gateway;
  readonly ledger: Ledger;
  readonly now: () => number;
}

/** Asks the gateway about its key and takes down what it says beside the ledger's own sums. Rejects with `WaybillError`. */
export async function askKeyStanding(
  { gateway, ledger, now }: KeyStandingServices,
  signal: AbortSignal,
): Promise<KeyStatus> {
  const place = { gatewayOrigin: gateway.origin, keyLabel: gateway.keyName };
  const standings = await ledger.keyStandings();
  const books = await standings.books(place, now());
  const status = await gateway.fetchKeyStatus(signal);
  const { limit, limitRemaining: remaining, limitReset, used } = status;
  await standings.note(
    place,
    {
      limit,
      remaining,
      limitPeriod: limitPeriodOf(limitReset),
      used: { day: totalOf(used.day), week: totalOf(used.week), month: totalOf(used.month) },
    },
    books,
  );
  return status;
}

/** The ledger counts what providers bill to keys of one's own, too. */
function totalOf(bill: GatewayBill | undefined): NanoUsd | undefined {
  return bill === undefined ? undefined : addUsd(bill.charged, bill.ownKeys);
}

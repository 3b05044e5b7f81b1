import { type NanoUsd, ZERO_USD, addUsd, subtractUsd, sumUsd } from "../money/nanoUsd.ts";
import type { CostSource } from "./waybill.ts";

export interface CountedCost {
  readonly count: number;
  readonly cost: NanoUsd;
}

/** What the ledger holds for one gateway since a day. */
export interface LedgerBill {
  readonly bySource: Readonly<Record<CostSource, CountedCost>>;
  /** Reservations that are not settled yet. Not in the sums. */
  readonly open: CountedCost;
  /** Spent before the ledger was started anew and known as a sum only, whichever gateway it went to. Not in the sums. */
  readonly takenOver: NanoUsd;
}

/** What the gateway says its key spent in the same time. */
export interface GatewayBill {
  readonly charged: NanoUsd;
  /** The bill of the providers themselves, where keys of one's own were used (BYOK). */
  readonly ownKeys: NanoUsd;
}

/** Why the two differ, or what is to be known although they do not. */
export type BillRemark =
  | { readonly kind: "uncertain-rows"; readonly count: number; readonly cost: NanoUsd; readonly charged: NanoUsd }
  | { readonly kind: "open-requests"; readonly count: number; readonly cost: NanoUsd }
  | { readonly kind: "taken-over"; readonly cost: NanoUsd }
  | { readonly kind: "used-elsewhere"; readonly cost: NanoUsd }
  | { readonly kind: "gateway-lags" }
  | { readonly kind: "key-changed"; readonly cost: NanoUsd }
  | { readonly kind: "own-keys"; readonly cost: NanoUsd };

export interface BillComparison {
  readonly ledger: LedgerBill;
  readonly gateway: GatewayBill;
  readonly ledgerTotal: NanoUsd;
  readonly gatewayTotal: NanoUsd;
  /** Gateway less ledger. */
  readonly difference: NanoUsd;
  readonly remarks: readonly BillRemark[];
}

/** Holds the ledger against the gateway's bill. The ledger counts what a provider charged one's own key, so both sides do. */
export function compareWithBill(ledger: LedgerBill, gateway: GatewayBill): BillComparison {
  const { billed, reconciled, estimated, unknown } = ledger.bySource;
  const certain = addUsd(billed.cost, reconciled.cost);
  const uncertain: CountedCost = {
    count: estimated.count + unknown.count,
    cost: addUsd(estimated.cost, unknown.cost),
  };
  const ledgerTotal = sumUsd([certain, uncertain.cost]);
  const gatewayTotal = addUsd(gateway.charged, gateway.ownKeys);
  const difference = subtractUsd(gatewayTotal, ledgerTotal);
  const remarks = [
    ...remarkOnUncertain(uncertain, subtractUsd(gatewayTotal, certain)),
    ...(difference > 0 ? remarkOnMore(ledger, difference) : []),
    ...(difference < 0 ? remarkOnLess(subtractUsd(certain, gatewayTotal)) : []),
    ...(gateway.ownKeys === 0 ? [] : [{ kind: "own-keys", cost: gateway.ownKeys } as const]),
  ];
  return { ledger, gateway, ledgerTotal, gatewayTotal, difference, remarks };
}

/** `left`: what the gateway charged beyond the rows that are certain; as much of the uncertain ones may be in it. */
function remarkOnUncertain({ count, cost }: CountedCost, left: NanoUsd): BillRemark[] {
  if (count === 0) return [];
  const charged = left < 0 ? ZERO_USD : left > cost ? cost : left;
  return [{ kind: "uncertain-rows", count, cost, charged }];
}

function remarkOnMore({ open, takenOver }: LedgerBill, cost: NanoUsd): BillRemark[] {
  return [
    ...(open.count === 0 ? [] : [{ kind: "open-requests", ...open } as const]),
    ...(takenOver === 0 ? [] : [{ kind: "taken-over", cost: takenOver } as const]),
    { kind: "used-elsewhere", cost },
  ];
}

/** `cost`: what is certain and yet not on the gateway's bill. */
function remarkOnLess(cost: NanoUsd): BillRemark[] {
  return cost > 0 ? [{ kind: "gateway-lags" }, { kind: "key-changed", cost }] : [{ kind: "gateway-lags" }];
}

import { formatUsd } from "../money/formatUsd.ts";
import { sumUsd } from "../money/nanoUsd.ts";
import { presentWaybill } from "./presentWaybill.ts";
import { turnCost } from "./turnCost.ts";
import type { Waybill } from "./waybill.ts";

/** The papers of an answer in one line: model, cost, time, and what is unusual about it. */
export function receiptLine(waybill: Waybill): string {
  const { model, cost, time, alarm } = presentWaybill(waybill);
  const inAll = turnCost(waybill) > waybill.cost ? [`${formatUsd(turnCost(waybill))} in all`] : [];
  return [model, cost, ...inAll, time, ...(alarm === undefined ? [] : [alarm])].join(" · ");
}

/** What a turn cost that came to nothing, with the answers before that did not do; empty where that is nothing. */
export function describeLostCost(waybill: Waybill | undefined, earlier: readonly Waybill[]): string {
  if (waybill !== undefined && turnCost(waybill) === waybill.cost) return ` It cost ${presentWaybill(waybill).cost}.`;
  const all = waybill === undefined ? sumUsd(earlier.map(({ cost }) => cost)) : turnCost(waybill);
  return all === 0 ? "" : ` It cost ${formatUsd(all)} in all.`;
}

/**
 * How sure the cost is: `billed` came with the answer, `reconciled` was looked up afterwards, `estimated` was computed
 * from tokens and prices, `unknown` could not even be estimated (the reservation counts until it is known).
 */
export const COST_SOURCES = ["billed", "reconciled", "estimated", "unknown"] as const;

export type CostSource = (typeof COST_SOURCES)[number];

/** The gateway has said it; nothing will be found out about it later. */
export function isCertain(source: CostSource): boolean {
  return source === "billed" || source === "reconciled";
}

import { type NanoUsd, sumUsd } from "../money/nanoUsd.ts";
import type { CostSource } from "./costSource.ts";
import type { Waybill } from "./waybill.ts";

/** The least certain counts for a sum. */
const LESS_CERTAIN: readonly (CostSource | "nothing")[] = ["unknown", "estimated", "reconciled", "billed"];

/** What a turn cost with all attempts before the one that answered, each of which has a row of its own in the ledger. */
export function paidForTurn({ cost, costSource, discarded }: Waybill): { cost: NanoUsd; source: CostSource } {
  const paid = discarded.filter((attempt) => attempt.costSource !== "nothing");
  const sources = [costSource, ...paid.map((attempt) => attempt.costSource)];
  const source = LESS_CERTAIN.find((each) => sources.includes(each));
  return {
    cost: sumUsd([cost, ...paid.map((attempt) => attempt.cost)]),
    source: source === undefined || source === "nothing" ? costSource : source,
  };
}

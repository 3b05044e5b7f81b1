import { type NanoUsd, addUsd, sumUsd } from "../money/nanoUsd.ts";
import type { Waybill } from "./waybill.ts";

/** What a turn cost with all that was tried before its answer; what is not known yet counts as reserved. */
export function turnCost({ cost, discarded }: Pick<Waybill, "cost" | "discarded">): NanoUsd {
  return addUsd(cost, sumUsd(discarded.map((attempt) => attempt.cost)));
}

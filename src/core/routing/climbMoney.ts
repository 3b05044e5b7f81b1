import { formatUsd } from "../money/formatUsd.ts";
import { type NanoUsd, addUsd } from "../money/nanoUsd.ts";
import type { ModelChoice } from "./routeDecision.ts";

/** What a turn has spent and may spend, answers that did not do included. */
export interface ClimbMoney {
  /** Costs that are not known yet count with their worst case. */
  readonly spent: NanoUsd;
  readonly budget: NanoUsd;
}

/** Whether the worst case of one more answer stays within what the turn may spend. */
export function isWithinClimbBudget({ worstCase }: ModelChoice, { spent, budget }: ClimbMoney): boolean {
  return addUsd(spent, worstCase) <= budget;
}

/** Why the turn stays with the answer it has, one sentence for the waybill. */
export function describeTooDear({ model, worstCase }: ModelChoice, { spent, budget }: ClimbMoney): string {
  return (
    `${model.name} was not asked: it could cost up to ${formatUsd(worstCase)}, ${formatUsd(spent)} is spent, and one turn ` +
    `may spend ${formatUsd(budget)} (waybill.routing.climbBudget).`
  );
}

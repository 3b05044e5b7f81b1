import type { UnconfirmedCost } from "../../core/budget/askRule.ts";
import { type ExceededLimit, raiseFor } from "../../core/budget/raiseLimit.ts";
import type { SpendPlace } from "../../core/budget/spendLimit.ts";
import type { Engine, TurnOrder } from "./engine.ts";
import type { BudgetAction } from "./problemActions.ts";

/** What the next turn may do that this one could not. */
export type BudgetLeave = Pick<TurnOrder, "allowance" | "onExceed" | "confirmedUpTo" | "beginWith">;

/** A budget that stopped a turn, or the wish to be asked, and the click of the person about it. */
export interface BudgetClick {
  readonly action: BudgetAction;
  readonly exceeded: ExceededLimit | UnconfirmedCost;
  readonly place: Omit<SpendPlace, "keyLabel">;
}

/** Does what the person clicked. Only ever called for a click: nothing in a workspace can give this leave. */
export async function passBudget(engine: Engine, { action, exceeded, place }: BudgetClick): Promise<BudgetLeave> {
  const { needed } = exceeded;
  if (!("blocking" in exceeded)) return answerAsked(action, exceeded);
  switch (action) {
    case "allow-once":
      return { allowance: { id: crypto.randomUUID(), amount: needed } };
    case "raise-for-today": {
      const { measure, scope, period, raisedFrom: limit } = exceeded.blocking;
      const ledger = await engine.ledger();
      const raise = { limit: { measure, scope, period, limit }, amount: raiseFor(exceeded), nowMs: Date.now() };
      await ledger.raiseForToday({ ...place, keyLabel: engine.gateway().keyName }, raise);
      return { confirmedUpTo: needed };
    }
    case "ask-cheaper":
      return { onExceed: "downgrade", confirmedUpTo: needed };
    case "send-anyway":
      return {};
  }
}

/** No answer to the question whether to send lets a budget pass: nobody was asked about one. */
function answerAsked(action: BudgetAction, { needed, cheaper }: UnconfirmedCost): BudgetLeave {
  if (action === "ask-cheaper") return cheaper === undefined ? {} : { beginWith: cheaper };
  return action === "send-anyway" ? { confirmedUpTo: needed } : {};
}

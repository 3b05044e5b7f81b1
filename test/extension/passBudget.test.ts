import assert from "node:assert/strict";
import type { UnconfirmedCost } from "../../src/core/budget/askRule.ts";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import type { Engine } from "../../src/extension/platform/engine.ts";
import { type BudgetLeave, passBudget } from "../../src/extension/platform/passBudget.ts";
import type { BudgetAction } from "../../src/extension/platform/problemActions.ts";

const NEEDED = toNanoUsd(7);
const LIMIT = dailyLimit("user", toNanoUsd(5));
const OVER_BUDGET = {
  blocking: { ...LIMIT, raisedFrom: LIMIT.limit, spent: toNanoUsd(0), reserved: toNanoUsd(0) },
  needed: NEEDED,
};
const ASKED: UnconfirmedCost = { needed: NEEDED, cheaper: "a/cheap" };

/** Only raising a limit needs the ledger. */
function click(action: BudgetAction, exceeded: typeof OVER_BUDGET | UnconfirmedCost): Promise<BudgetLeave> {
  const ledger = { raiseForToday: async () => undefined };
  const engine = { ledger: async () => ledger, gateway: () => ({ keyName: "default" }) } as unknown as Engine;
  return passBudget(engine, { action, exceeded, place: { workspace: "w", chat: undefined } });
}

describe("a click beside a question about money", () => {
  it("that was asked before sending lets this question cost as much, or takes the cheaper model", async () => {
    assert.deepEqual(await click("send-anyway", ASKED), { confirmedUpTo: NEEDED });
    assert.deepEqual(await click("ask-cheaper", ASKED), { beginWith: "a/cheap" });
  });

  it("that was asked before sending never passes a budget, whatever the view says was clicked", async () => {
    for (const action of ["allow-once", "raise-for-today"] as const) assert.deepEqual(await click(action, ASKED), {});
    assert.deepEqual(await click("ask-cheaper", { needed: NEEDED }), {});
  });

  it("about a budget is not followed by a second one about the same amount", async () => {
    const { allowance } = await click("allow-once", OVER_BUDGET);
    assert.equal(allowance?.amount, NEEDED);
    assert.deepEqual(await click("raise-for-today", OVER_BUDGET), { confirmedUpTo: NEEDED });
    assert.deepEqual(await click("ask-cheaper", OVER_BUDGET), { onExceed: "downgrade", confirmedUpTo: NEEDED });
    assert.deepEqual(await click("send-anyway", OVER_BUDGET), {});
  });
});

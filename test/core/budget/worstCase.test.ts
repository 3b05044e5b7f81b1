import assert from "node:assert/strict";
import fc from "fast-check";
import { budgetDay, endOfBudgetDay } from "../../../src/core/budget/budgetPeriod.ts";
import { presentSpend } from "../../../src/core/budget/presentSpend.ts";
import { dailyLimit, remainingOf, tightestLimits } from "../../../src/core/budget/spendLimit.ts";
import { priceInIntegers, priceTokens } from "../../../src/core/budget/priceTokens.ts";
import { toNanoUsd } from "../../../src/core/money/nanoUsd.ts";

describe("the worst case of a request", () => {
  it("prices tokens exactly and rounds once, at the end", () => {
    const price = { coefficient: 416_666_666_666_667n, scale: 22 };
    const prices = { promptPerToken: price, completionPerToken: price, perRequest: { coefficient: 0n, scale: 0 } };
    assert.equal(priceTokens(prices, { promptTokens: 1, completionTokens: 2 }, "nearest"), 125);
    assert.equal(priceTokens(prices, { promptTokens: 1, completionTokens: 0 }, "up"), 42);
  });

  it("prices in doubles only where that is exact: always as in whole numbers of any size", () => {
    const usual = fc.record({ coefficient: fc.bigInt(0n, 3_000_000n), scale: fc.constantFrom(0, 6, 9, 10, 12) });
    const odd = fc.record({ coefficient: fc.bigInt(0n, 10n ** 15n), scale: fc.integer({ min: 14, max: 22 }) });
    const price = fc.oneof({ weight: 3, arbitrary: usual }, { weight: 1, arbitrary: odd });
    const prices = fc.record({ promptPerToken: price, completionPerToken: price, perRequest: odd });
    const tokens = fc.record({ promptTokens: fc.nat(2_000_000), completionTokens: fc.nat(200_000) });
    fc.assert(
      fc.property(prices, tokens, fc.constantFrom("up", "nearest"), (each, amounts, rounding) => {
        assert.equal(
          resultOf(priceTokens, each, amounts, rounding),
          resultOf(priceInIntegers, each, amounts, rounding),
        );
      }),
      { numRuns: 2_000 },
    );
  });
});

/** An amount that no safe integer holds is an error either way. */
function resultOf(price: typeof priceTokens, ...wish: Parameters<typeof priceTokens>): number | string {
  try {
    return price(...wish);
  } catch (error) {
    assert.ok(error instanceof RangeError);
    return error.message;
  }
}

describe("budget periods", () => {
  it("are UTC days", () => {
    assert.equal(budgetDay(Date.UTC(2026, 1, 28, 23, 59, 59, 999)), "2026-02-28");
    assert.equal(budgetDay(Date.UTC(2026, 2, 1)), "2026-03-01");
    assert.equal(endOfBudgetDay(Date.UTC(2026, 1, 28, 23, 59)), Date.UTC(2026, 2, 1));
    assert.equal(endOfBudgetDay(Date.UTC(2026, 2, 1)), Date.UTC(2026, 2, 2));
  });
});

describe("limits", () => {
  const usd = (dollars: number) => toNanoUsd(dollars * 1e9);

  it("of a workspace can only tighten the person's", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }), (own, workspace) => {
        const [limit] = tightestLimits([dailyLimit("workspace", usd(own)), dailyLimit("workspace", usd(workspace))]);
        assert.equal(limit?.limit, usd(Math.min(own, workspace)));
      }),
    );
  });

  it("never leave less than nothing", () => {
    assert.equal(
      remainingOf({ ...dailyLimit("user", usd(1)), raisedFrom: usd(1), spent: usd(2), reserved: usd(0) }),
      0,
    );
  });

  it("are shown by the tightest one", () => {
    const spend = presentSpend(
      [
        { ...dailyLimit("user", usd(10)), raisedFrom: usd(10), spent: usd(1), reserved: usd(0) },
        { ...dailyLimit("workspace", usd(2)), raisedFrom: usd(2), spent: usd(1), reserved: toNanoUsd(30_000_000) },
      ],
      { nowMs: 0, format: () => "01:00" },
    );
    assert.equal(spend?.text, "$1.03 of $2.00 today");
    assert.equal(spend.lines.length, 2);
    assert.match(
      spend.lines[1] ?? "",
      /This workspace: \$1\.00 spent of \$2\.00 today, \$0\.030 reserved; starts afresh at 01:00/,
    );
    const cents = { ...dailyLimit("user", usd(0.05)), raisedFrom: usd(0.05), spent: usd(0.002), reserved: usd(0) };
    assert.equal(presentSpend([cents], { nowMs: 0, format: () => "01:00" })?.text, "$0.0020 of $0.050 today");
    assert.equal(presentSpend([], { nowMs: 0, format: () => "01:00" }), undefined);
  });
});

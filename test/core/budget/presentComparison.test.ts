import assert from "node:assert/strict";
import fc from "fast-check";
import { passedTogether } from "../../../src/core/budget/holdTogether.ts";
import {
  askBeforeComparing,
  describeComparedPrice,
  presentPaidTotal,
} from "../../../src/core/budget/presentComparison.ts";
import type { LimitStanding } from "../../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../../src/core/money/nanoUsd.ts";

const price = (name: string, expected: number, worst: number) => ({
  name,
  expectedCost: toNanoUsd(expected),
  worstCase: toNanoUsd(worst),
});
const demand = (amount: number, tokens = 10) => ({ amount: toNanoUsd(amount), tokens });

function moneyLeft(left: number, scope: "user" | "request" = "user"): LimitStanding {
  const sums = { limit: toNanoUsd(left), raisedFrom: toNanoUsd(left), spent: toNanoUsd(0), reserved: toNanoUsd(0) };
  return { measure: "money", scope, period: scope === "request" ? "whole" : "day", ...sums };
}

describe("the price of asking several models", () => {
  it("is one sum of what is expected and one of the worst case", () => {
    const { sentence, detail } = askBeforeComparing([
      price("A", 1_000_000, 3_000_000),
      price("B", 2_000_000, 4_000_000),
    ]);
    assert.equal(sentence, "Ask 2 models for about $0.0030 in all, at most $0.0070?");
    assert.match(
      detail,
      /^A: about \$0.0010, at most \$0.0030\nB: about \$0.0020, at most \$0.0040\n\n.*Nothing was sent yet\.$/,
    );
    assert.equal(describeComparedPrice([price("A", 1_000_000, 3_000_000)]), "1 chosen, about $0.0010, at most $0.0030");
    assert.equal(describeComparedPrice([]), "none chosen");
  });

  it("afterwards says how sure it is, by the least sure part", () => {
    const paid = (cost: number, source: "billed" | "reconciled" | "estimated" | "unknown") => ({
      cost: toNanoUsd(cost),
      source,
    });
    const title = (...parts: Parameters<typeof presentPaidTotal>[0]) => presentPaidTotal(parts).title;
    assert.equal(title(paid(5, "billed"), paid(7, "reconciled")), "$0.000000012 in all");
    assert.match(title(paid(5, "billed"), paid(7, "estimated")), /^about \$0.000000012 in all; partly estimated$/);
    assert.match(title(paid(5, "estimated"), paid(7, "unknown")), /^at most \$0.000000012 in all/);
    assert.match(title(paid(5, "unknown"), undefined), /^at least \$0.000000005 in all/);
    const whole = presentPaidTotal([paid(5, "billed"), paid(7, "billed")], [paid(1, "billed")]);
    assert.equal(whole.text, "2 answers and a summary, $0.000000013 in all");
  });
});

describe("a budget for several requests at once", () => {
  it("holds all of them together, and what limits one request is asked of each", () => {
    assert.equal(passedTogether([moneyLeft(10), moneyLeft(6, "request")], [demand(4), demand(6)]), undefined);
    assert.deepEqual(passedTogether([moneyLeft(9)], [demand(4), demand(6)])?.demand, demand(10, 20));
    const [single, day] = [moneyLeft(5, "request"), moneyLeft(99)];
    assert.equal(passedTogether([day, single], [demand(4), demand(6)])?.blocking, single);
  });

  it("counts requests a minute and tokens a day", () => {
    const rate = { measure: "requests", scope: "user", period: "minute", limit: 5, spent: 3, reserved: 0 } as const;
    assert.equal(passedTogether([rate], [demand(1), demand(1)]), undefined);
    assert.equal(passedTogether([rate], [demand(1), demand(1), demand(1)])?.blocking, rate);
    const tokens = { measure: "tokens", scope: "user", period: "day", limit: 25, spent: 0, reserved: 0 } as const;
    assert.equal(passedTogether([tokens], [demand(1), demand(1)]), undefined);
    assert.equal(passedTogether([tokens], [demand(1), demand(1), demand(1)])?.blocking, tokens);
  });

  it("never lets more through than the sum allows", () => {
    const amounts = fc.array(fc.nat({ max: 1_000 }), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(amounts, fc.nat({ max: 4_000 }), (costs, left) => {
        const isHeld =
          passedTogether(
            [moneyLeft(left)],
            costs.map((cost) => demand(cost)),
          ) === undefined;
        assert.equal(isHeld, costs.reduce((sum, cost) => sum + cost, 0) <= left);
      }),
    );
  });
});

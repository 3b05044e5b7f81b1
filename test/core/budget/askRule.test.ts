import assert from "node:assert/strict";
import fc from "fast-check";
import { mustAsk } from "../../../src/core/budget/askRule.ts";
import { toNanoUsd } from "../../../src/core/money/nanoUsd.ts";

const amount = fc.nat().map(toNanoUsd);

describe("the wish to be asked", () => {
  it("is no wish without an amount", () => {
    fc.assert(fc.property(amount, (atStake) => assert.equal(mustAsk({}, atStake), false)));
  });

  it("lets pass what is within the amount, or within what the person said yes to, and nothing above both", () => {
    fc.assert(
      fc.property(amount, amount, amount, amount, (askAbove, confirmedUpTo, allowed, atStake) => {
        const isWithin = atStake <= askAbove || atStake <= confirmedUpTo || atStake <= allowed;
        assert.equal(mustAsk({ askAbove, confirmedUpTo, allowance: { amount: allowed } }, atStake), !isWithin);
      }),
    );
  });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { DEFAULT_POLICY } from "../../../src/core/routing/routePolicy.ts";
import { isWithin, standInsFor } from "../../../src/core/routing/standIns.ts";
import { choiceOf } from "./choiceOf.ts";

describe("the models that may stand in", () => {
  const choice = choiceOf("first", 100, { quality: 0.9 });
  const ids = (...parameters: Parameters<typeof standInsFor>) =>
    standInsFor(...parameters).map(({ model }) => model.id);

  it("cost no more than the first choice, the cheapest that reach the floor leading", () => {
    const ranked = [
      choice,
      choiceOf("dear", 101, { quality: 1 }),
      choiceOf("weak", 10, { quality: 0.5 }),
      choiceOf("weaker", 10, { quality: 0.4 }),
      choiceOf("useless", 10, { quality: 0.3 }),
      choiceOf("cheap", 50, { quality: 0.85 }),
      choiceOf("good", 90, { quality: 1 }),
    ];
    assert.deepEqual(ids(choice, ranked, DEFAULT_POLICY), ["cheap", "good", "weak", "weaker"]);
    assert.deepEqual(ids(choice, ranked, { ...DEFAULT_POLICY, fallbackPriceFactor: 1.01 }).includes("dear"), true);
  });

  it("are none when the policy says so", () => {
    const ranked = [choice, choiceOf("good", 90)];
    assert.deepEqual(ids(choice, ranked, { ...DEFAULT_POLICY, fallback: "provider-only" }), []);
    assert.deepEqual(ids(choice, ranked, { ...DEFAULT_POLICY, fallback: "none" }), []);
  });

  it("never leave the price bound, price by price, for any catalog", () => {
    const any = fc.array(fc.tuple(fc.nat(1_000), fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 40 });
    fc.assert(
      fc.property(any, fc.integer({ min: 10, max: 100 }), (models, tenths) => {
        const factor = tenths / 10;
        const ranked = models.map(([price, quality], index) => choiceOf(`m${index}`, price, { quality }));
        const found = standInsFor(choice, ranked, { ...DEFAULT_POLICY, fallbackPriceFactor: factor });
        assert.ok(found.every(({ ceiling }) => isWithin(ceiling, choice.ceiling, factor)));
        assert.ok(found.every(({ worstCase }) => worstCase * 10 <= choice.worstCase * tenths));
        assert.ok(found.length <= 5);
      }),
    );
  });
});

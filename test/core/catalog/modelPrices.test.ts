import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type ModelPrices,
  type PriceCondition,
  dearestPrices,
  pricesInForce,
} from "../../../src/core/catalog/modelPrices.ts";
import { compareDecimals } from "../../../src/core/money/decimal.ts";

const price = (coefficient: number) => ({ coefficient: BigInt(coefficient), scale: 6 });
const at = (text: string) => Date.parse(`${text}Z`);

function prices(
  ...overrides: readonly (PriceCondition & { readonly prompt?: number; readonly completion?: number })[]
): ModelPrices {
  return {
    promptPerToken: price(10),
    completionPerToken: price(20),
    perRequest: price(0),
    overrides: overrides.map(({ prompt, completion, ...when }) => ({
      ...when,
      prices: {
        ...(prompt === undefined ? {} : { promptPerToken: price(prompt) }),
        ...(completion === undefined ? {} : { completionPerToken: price(completion) }),
      },
    })),
  };
}

const promptOf = (model: ModelPrices, promptTokens: number, moment: string) =>
  Number(pricesInForce(model, promptTokens, at(moment)).promptPerToken.coefficient);

describe("prices with conditions", () => {
  it("change above a prompt size, not at it", () => {
    const model = prices({ abovePromptTokens: 1_000, prompt: 30 });
    assert.deepEqual(
      [promptOf(model, 1_000, "2026-11-21T12:00"), promptOf(model, 1_001, "2026-11-21T12:00")],
      [10, 30],
    );
  });

  it("change by the UTC clock, half open, also over midnight", () => {
    const model = prices({ utcFrom: 1630, utcTo: 30, prompt: 5 });
    const moments = ["16:29", "16:30", "23:59", "00:00", "00:29", "00:30"];
    assert.deepEqual(
      moments.map((clock) => promptOf(model, 1, `2026-11-21T${clock}`)),
      [10, 5, 5, 5, 5, 10],
    );
  });

  it("change on the days that are named", () => {
    const model = prices({ utcDays: ["saturday", "sunday"], prompt: 5 });
    assert.deepEqual([promptOf(model, 1, "2026-11-20T12:00"), promptOf(model, 1, "2026-11-21T12:00")], [10, 5]);
  });

  it("take the last override that holds, unit by unit", () => {
    const model = prices({ prompt: 5, completion: 6 }, { prompt: 7 });
    const { promptPerToken, completionPerToken } = pricesInForce(model, 1, 0);
    assert.deepEqual([promptPerToken.coefficient, completionPerToken.coefficient], [7n, 6n]);
  });

  it("are never above the dearest that was reserved for, at any time and for any smaller prompt", () => {
    const override = fc.record({
      abovePromptTokens: fc.option(fc.nat(10_000), { nil: undefined }),
      utcFrom: fc.option(fc.nat(2_400), { nil: undefined }),
      utcTo: fc.option(fc.nat(2_400), { nil: undefined }),
      prompt: fc.nat(100),
      completion: fc.nat(100),
    });
    fc.assert(
      fc.property(
        fc.array(override, { maxLength: 6 }),
        fc.nat(12_000),
        fc.nat(12_000),
        fc.nat(2 ** 40),
        (list, a, b, nowMs) => {
          const model = prices(...list);
          const bound = dearestPrices(model, Math.max(a, b));
          const inForce = pricesInForce(model, Math.min(a, b), nowMs);
          assert.ok(compareDecimals(inForce.promptPerToken, bound.promptPerToken) <= 0);
          assert.ok(compareDecimals(inForce.completionPerToken, bound.completionPerToken) <= 0);
        },
      ),
    );
  });
});

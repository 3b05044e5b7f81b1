import assert from "node:assert/strict";
import fc from "fast-check";
import { type ModelOrder, nextOrder, sortModels } from "../../../src/core/catalog/sortModels.ts";
import { browsedModelOf } from "./browsedModelOf.ts";

const MODELS = [
  browsedModelOf(
    "a/strong",
    { codingIndex: 80, contextTokens: 100_000, createdAtMs: 2 },
    { prompt: 5, completion: 25 },
  ),
  browsedModelOf("a/unknown", { contextTokens: 900_000 }, { prompt: 0.1, completion: 0.1 }),
  browsedModelOf("a/good", { codingIndex: 60, contextTokens: 200_000, createdAtMs: 1 }, { prompt: 0.5, completion: 1 }),
  browsedModelOf("a/gift", { codingIndex: 20, createdAtMs: 3 }, { prompt: 0, completion: 0 }),
  browsedModelOf("a/better-gift", { codingIndex: 30 }, { prompt: 0, completion: 0 }),
];

describe("the order of models", () => {
  const cases: Readonly<Record<ModelOrder, readonly string[]>> = {
    match: ["strong", "unknown", "good", "gift", "better-gift"],
    value: ["better-gift", "gift", "good", "strong", "unknown"],
    price: ["better-gift", "gift", "unknown", "good", "strong"],
    context: ["unknown", "good", "gift", "better-gift", "strong"],
    newest: ["gift", "strong", "good", "unknown", "better-gift"],
  };
  for (const [order, names] of Object.entries(cases)) {
    it(`by ${order} puts what is unknown last`, () => {
      assert.deepEqual(
        sortModels(MODELS, order as ModelOrder).map(({ model }) => model.name),
        names,
      );
    });
  }

  it("goes round, and leaves out the newest when no model has a date", () => {
    const round = (models: typeof MODELS) => {
      const seen: ModelOrder[] = ["match"];
      for (;;) {
        const next = nextOrder(seen.at(-1) ?? "match", models);
        if (next === "match") return seen;
        seen.push(next);
      }
    };
    assert.deepEqual(round(MODELS), ["match", "value", "price", "context", "newest"]);
    assert.deepEqual(round(MODELS.slice(1, 2)), ["match", "value", "price", "context"]);
  });

  it("loses and adds nobody", () => {
    const model = fc
      .record({ codingIndex: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }), price: fc.nat(9) })
      .map(({ codingIndex, price }) => browsedModelOf("a/b", { codingIndex }, { prompt: price, completion: price }));
    fc.assert(
      fc.property(
        fc.array(model),
        fc.constantFrom<ModelOrder>("value", "price", "context", "newest"),
        (models, order) => {
          const sorted = sortModels(models, order);
          assert.equal(sorted.length, models.length);
          assert.deepEqual(new Set(sorted), new Set(models));
        },
      ),
    );
  });
});

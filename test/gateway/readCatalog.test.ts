import assert from "node:assert/strict";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { isFree } from "../../src/core/catalog/catalogModel.ts";
import { dearestPrices } from "../../src/core/catalog/modelPrices.ts";
import { decimalToText } from "../../src/core/money/decimal.ts";
import { chooseRoute } from "../../src/core/routing/chooseRoute.ts";
import { DEFAULT_POLICY } from "../../src/core/routing/routePolicy.ts";
import { readCatalog } from "../../src/gateway/readCatalog.ts";
import { certainTask } from "../core/tasks/certainTask.ts";

const row = (fields: Record<string, unknown>) => ({
  id: "a/b",
  pricing: { prompt: "0.000001", completion: "0.000002" },
  ...fields,
});
const read = (...rows: unknown[]) => readCatalog({ data: rows }, 0);

describe("the model list", () => {
  it("keeps prices exactly and finds the dearest of all conditions", () => {
    const overrides = [
      { min_prompt_tokens: 200_000, prompt: "0.000003" },
      { utc_start: 100, utc_end: 400, completion: "0.000009" },
    ];
    const [model] = read(
      row({ pricing: { prompt: "0.0000000416666666666667", completion: "0.000002", overrides } }),
    ).models;
    assert.ok(model);
    assert.equal(decimalToText(model.prices.promptPerToken), "0.0000000416666666666667");
    const dearest = dearestPrices(model.prices, 1_000_000);
    assert.equal(decimalToText(dearest.promptPerToken), "0.000003");
    assert.equal(decimalToText(dearest.completionPerToken), "0.000009");
    assert.equal(dearestPrices(model.prices, 200_000).promptPerToken, model.prices.promptPerToken);
  });

  it("skips and counts rows whose price is missing, negative, absurd or no number", () => {
    const bad = [
      { prompt: "-0.1", completion: "0" },
      { prompt: "NaN", completion: "0" },
      { prompt: "", completion: "0" },
      { completion: "0.1" },
      { prompt: "2.5", completion: "10" },
      { prompt: "0.000001", completion: "0.000002", overrides: [{ prompt: "cheap" }] },
    ];
    const catalog = read(row({}), ...bad.map((pricing) => row({ pricing })), "text", null, { id: "" });
    assert.equal(catalog.models.length, 1);
    assert.equal(catalog.skippedRows, bad.length + 3);
  });

  it("prices the models of a list without prices as the person says, by the first pattern that matches", () => {
    const own = [
      { pattern: "llama*:big", prompt: 0.5, completion: 1.5 },
      { pattern: "LLAMA*", prompt: 0.1, completion: 0 },
    ];
    const list = (...rows: unknown[]) => readCatalog({ data: rows }, 0, own);
    const { models, isUnpriced } = list({ id: "llama3:big" }, { id: "llama3" }, { id: "qwen" });
    const prices = models.map((model) =>
      [model.prices.promptPerToken, model.prices.completionPerToken].map(decimalToText),
    );
    assert.deepEqual(prices, [
      ["0.0000005", "0.0000015"],
      ["0.0000001", "0"],
      ["0", "0"],
    ]);
    assert.equal(isUnpriced, true);
    const priced = list(row({ id: "llama3" }));
    assert.equal(decimalToText(priced.models[0]?.prices.promptPerToken ?? { coefficient: 9n, scale: 0 }), "0.000001");
    assert.equal(priced.isUnpriced, undefined);
  });

  it("has a worst case to reserve where the person priced a model, and none where not", () => {
    const own = [{ pattern: "llama3", prompt: 1, completion: 2 }];
    const worstCases = [own, []].map((prices) => {
      const catalog = readCatalog({ data: [{ id: "llama3" }] }, 0, prices);
      const request = { task: certainTask("explain"), promptTokens: 1_000, nowMs: 0 };
      const decision = chooseRoute(request, catalog, { ...DEFAULT_POLICY, maxCompletionTokens: 500 });
      return decision.kind === "route" ? Number(decision.choice.worstCase) : undefined;
    });
    assert.deepEqual(worstCases, [2_000_000, 0], "in nano-dollars");
  });

  it("takes the smaller context window and knows a free model by its prices", () => {
    const [model] = read(
      row({
        context_length: 200_000,
        top_provider: { context_length: 128_000 },
        pricing: { prompt: "0", completion: "0" },
      }),
    ).models;
    assert.ok(model);
    assert.equal(model.contextTokens, 128_000);
    assert.equal(isFree(model), true);
  });

  it("keeps a router, whose price is -1, and no other row that claims to be one", () => {
    const pricing = { prompt: "-1", completion: "-1" };
    const catalog = read(row({ id: "openrouter/auto", pricing }), row({ id: "a/cheap", pricing }));
    assert.deepEqual(
      catalog.models.map(({ id }) => id),
      ["openrouter/auto"],
    );
    assert.equal(catalog.skippedRows, 1);
  });

  it("does not take a row without prices for free where others have them", () => {
    const catalog = read(row({}), { id: "a/no-prices" });
    assert.deepEqual([catalog.models.length, catalog.skippedRows], [1, 1]);
  });

  it("tells when a model was taken up, where the gateway says so", () => {
    const dates = read(row({ created: 1_780_000_000 }), row({ created: "May" }), row({})).models;
    assert.deepEqual(
      dates.map(({ createdAtMs }) => createdAtMs),
      [1_780_000_000_000, undefined, undefined],
    );
  });

  it("of a local server, without prices, is free", () => {
    const [model] = read({ id: "llama3", object: "model" }).models;
    assert.ok(model !== undefined && isFree(model));
  });

  it("without rows is no model list", () => {
    for (const body of [{}, [], null, "x", { data: "x" }]) {
      assert.throws(
        () => readCatalog(body, 0),
        (error) => error instanceof WaybillError && error.code === "protocol",
      );
    }
  });
});

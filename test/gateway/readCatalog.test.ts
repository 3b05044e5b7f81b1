import assert from "node:assert/strict";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { isFree } from "../../src/core/catalog/catalogModel.ts";
import { decimalToText } from "../../src/core/money/decimal.ts";
import { readCatalog } from "../../src/gateway/readCatalog.ts";

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
    assert.equal(decimalToText(model.prices.dearest.promptPerToken), "0.000003");
    assert.equal(decimalToText(model.prices.dearest.completionPerToken), "0.000009");
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

import assert from "node:assert/strict";

import { findModel } from "./catalog/catalog.ts";
import { endpointsOf } from "./catalog/endpoint.ts";
import { chargeTokens } from "./money/chargeTokens.ts";
import type { TokenCounts } from "./money/chargeTokens.ts";
import { formatUsd, parseUsd, perTokenFromPerMillion, roundToNanoUsd, usdNumber } from "./money/decimalUsd.ts";

const NOON = Date.UTC(2026, 10, 20, 12, 0);

interface Case {
  readonly model: string;
  readonly tokens: Partial<TokenCounts>;
  readonly at?: number;
  readonly nanoUsd: number;
}

function check(name: string, { model, tokens, at = NOON, nanoUsd }: Case): void {
  it(name, () => {
    const entry = findModel(model);
    const pricing = entry && endpointsOf(entry)[0]?.pricing;
    assert.ok(pricing);
    const none: TokenCounts = {
      promptTokens: 0,
      cachedTokens: 0,
      cacheWriteTokens: 0,
      cacheWriteTtl: "5m",
      completionTokens: 0,
      reasoningTokens: 0,
    };
    assert.equal(chargeTokens(pricing, { ...none, ...tokens }, at).totalNanoUsd, nanoUsd);
  });
}

describe("the simulator charges exactly", () => {
  // Expected amounts are worked out by hand from the price list: tokens x USD per million x 1000 = nano-dollars.
  check("prompt and completion at list price", {
    model: "anthropic/claude-sonnet-5",
    tokens: { promptTokens: 1_234, completionTokens: 567 },
    nanoUsd: 1_234 * 2_000 + 567 * 10_000,
  });
  check("cached tokens at the read price", {
    model: "openai/gpt-5.6-luna",
    tokens: { promptTokens: 5_000, cachedTokens: 4_096, completionTokens: 10 },
    nanoUsd: 904 * 200 + 4_096 * 20 + 10 * 1_200,
  });
  check("cache writes at their own price, an hour at twice the prompt price", {
    model: "anthropic/claude-opus-5",
    tokens: { promptTokens: 3_000, cacheWriteTokens: 2_000, cacheWriteTtl: "1h", completionTokens: 1 },
    nanoUsd: 1_000 * 5_000 + 2_000 * 10_000 + 25_000,
  });
  check("half a nano-dollar rounds up", {
    model: "google/gemini-3.7-flash",
    tokens: { promptTokens: 3, cachedTokens: 3, completionTokens: 0 },
    nanoUsd: 113,
  });
  check("22 decimals do not get lost: 24 cache writes cost half a nano-dollar short of 500", {
    model: "google/gemini-3.7-flash",
    tokens: { promptTokens: 24, cacheWriteTokens: 24, completionTokens: 0 },
    nanoUsd: 500,
  });
  check("the base price up to the threshold", {
    model: "openai/gpt-5.6-sol",
    tokens: { promptTokens: 272_000, completionTokens: 100 },
    nanoUsd: 272_000 * 2_500 + 100 * 15_000,
  });
  check("the whole prompt at the higher price beyond it", {
    model: "openai/gpt-5.6-sol",
    tokens: { promptTokens: 272_001, completionTokens: 100 },
    nanoUsd: 272_001 * 5_000 + 100 * 22_500,
  });
  check("a UTC window includes its start", {
    model: "deepseek/deepseek-v4-flash-vision-exp",
    tokens: { promptTokens: 1_000, completionTokens: 1_000 },
    at: Date.UTC(2026, 10, 20, 1, 0),
    nanoUsd: 440_000 + 1_320_000,
  });
  check("a UTC window excludes its end", {
    model: "deepseek/deepseek-v4-flash-vision-exp",
    tokens: { promptTokens: 1_000, completionTokens: 1_000 },
    at: Date.UTC(2026, 10, 20, 4, 0),
    nanoUsd: 220_000 + 660_000,
  });
  check("a UTC window may wrap midnight, and keys it does not name keep the base price", {
    model: "deepseek/deepseek-v4-flash-vision-exp",
    tokens: { promptTokens: 1_000, completionTokens: 1_000 },
    at: Date.UTC(2026, 10, 20, 0, 59),
    nanoUsd: 110_000 + 660_000,
  });
  check("a weekday price on a Friday", {
    model: "qwen/qwen3.7-flash",
    tokens: { promptTokens: 1_000, completionTokens: 1_000 },
    at: Date.UTC(2026, 10, 20, 0, 30),
    nanoUsd: 15_000 + 60_000,
  });
  check("no weekday price on a Saturday", {
    model: "qwen/qwen3.7-flash",
    tokens: { promptTokens: 1_000, completionTokens: 1_000 },
    at: Date.UTC(2026, 10, 21, 0, 30),
    nanoUsd: 30_000 + 130_000,
  });
});

describe("amounts of money", () => {
  it("survive reading and writing", () => {
    for (const text of ["0", "-1", "0.0000025", "0.0000000416666666666667", "12.5"])
      assert.equal(formatUsd(parseUsd(text)), text);
  });

  it("keep every digit of a price per million", () => {
    assert.equal(perTokenFromPerMillion("0.0416666666666667"), "0.0000000416666666666667");
  });

  it("round half up to whole nano-dollars", () => {
    assert.equal(roundToNanoUsd(parseUsd("0.0000000014999")), 1);
    assert.equal(roundToNanoUsd(parseUsd("0.0000000015")), 2);
  });

  it("have at most nine decimals as numbers", () => {
    for (let nanoUsd = 1; nanoUsd < 5_000_000_000; nanoUsd = nanoUsd * 3 + 7) {
      const decimals = usdNumber(nanoUsd).toFixed(9);
      assert.equal(Number(decimals), usdNumber(nanoUsd));
      assert.equal(Math.round(Number(decimals) * 1e9), nanoUsd);
    }
  });

  it("are refused when they are no decimal numbers", () => {
    for (const text of ["", "1e-7", "free", ".5"]) assert.throws(() => parseUsd(text), RangeError);
  });
});

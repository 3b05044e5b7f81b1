import assert from "node:assert/strict";
import fc from "fast-check";
import { providerPreferences } from "../../src/extension/platform/readProviderSetting.ts";

const { parse } = providerPreferences;

describe("the setting for providers", () => {
  it("is read as OpenRouter's preferences", () => {
    const said = {
      order: ["anthropic", "amazon-bedrock"],
      only: ["anthropic", "amazon-bedrock"],
      ignore: ["deepinfra/turbo"],
      allowFallbacks: false,
      requireParameters: true,
      dataCollection: "deny",
      zdr: true,
      sort: "throughput",
      quantizations: ["fp8", "bf16"],
    };
    const speed = { minThroughput: 40, maxLatency: { p50: 1, p90: 3.5 } };
    const preferred = { preferredMinThroughput: 40, preferredMaxLatency: { p50: 1, p90: 3.5 } };
    assert.deepEqual(parse({ ...said, ...speed }), { ...said, ...preferred });
    assert.deepEqual(parse({}), {});
  });

  it("leaves an empty list out, for it says nothing", () => {
    assert.deepEqual(parse({ order: [], only: [], zdr: false }), { zdr: false });
  });

  const check = (name: string, values: readonly unknown[]) =>
    it(`is refused as a whole with ${name}`, () => {
      for (const value of values) assert.equal(parse(value), undefined, JSON.stringify(value));
    });

  check("no object", [null, undefined, "openai", 3, true, [], ["openai"]]);
  check("an unknown property", [{ onyl: ["openai"] }, { zdr: true, allow_fallbacks: true }, { constructor: 1 }]);
  check("names that are none", [{ order: "openai" }, { only: [""] }, { ignore: [3] }, { order: null }]);
  check("words for yes and no", [{ zdr: "yes" }, { allowFallbacks: 1 }, { requireParameters: null }]);
  check("an unknown choice", [{ sort: "best" }, { dataCollection: true }, { quantizations: ["fp7"] }]);
  check("amounts that are none", [
    { minThroughput: 0 },
    { maxLatency: -1 },
    { maxLatency: "2" },
    { minThroughput: { p95: 1 } },
    { minThroughput: { p50: null } },
    { minThroughput: {} },
    { minThroughput: [1] },
    { maxLatency: Number.POSITIVE_INFINITY },
  ]);

  it("never throws, whatever is in it, and never has more than what it knows", () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom("order", "sort", "zdr", "maxLatency", "other"), (value, name) => {
        const whole = parse(value);
        assert.ok(whole === undefined || typeof whole === "object");
        assert.ok(Object.keys(parse({ [name]: value }) ?? {}).length <= 1);
      }),
    );
  });
});

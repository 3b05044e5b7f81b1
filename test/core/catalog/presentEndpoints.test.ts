import assert from "node:assert/strict";
import { withZeroRetention } from "../../../src/core/catalog/browsedModel.ts";
import { meetsQuery, parseModelQuery } from "../../../src/core/catalog/modelFilters.ts";
import type { ModelEndpoint } from "../../../src/core/catalog/modelEndpoint.ts";
import { endpointRows } from "../../../src/core/catalog/presentEndpoints.ts";
import { pricesOf } from "./catalogOf.ts";
import { browsedModelOf } from "./browsedModelOf.ts";

const ENDPOINT: ModelEndpoint = {
  provider: "DeepInfra",
  tag: "deepinfra/fp8",
  prices: pricesOf("0.00000008", "0.00000018"),
  contextTokens: 163_840,
  maxPromptTokens: 131_072,
  maxCompletionTokens: 65_536,
  quantization: "fp8",
  supportedParameters: [],
  isDown: false,
  uptimePercent: 99.915,
  latencyMs: 412,
  tokensPerSecond: 80.4,
};
const NOTHING_SAID = {
  contextTokens: undefined,
  maxPromptTokens: undefined,
  maxCompletionTokens: undefined,
  quantization: "unknown",
  uptimePercent: undefined,
  latencyMs: undefined,
  tokensPerSecond: undefined,
};
const rowsOf = (endpoint: ModelEndpoint, tags?: readonly string[]) =>
  endpointRows({ endpoints: [endpoint], skippedRows: 0 }, tags)[0];

describe("a provider of a model, shown", () => {
  it("has its terms, and how it does", () => {
    assert.deepEqual(rowsOf(ENDPOINT, ["deepinfra/fp8"]), {
      provider: "DeepInfra",
      terms: "deepinfra/fp8 · $0.08 in, $0.18 out · context 164k · prompt up to 131k · answer up to 66k",
      service: "up 99.9% of the time · first token after 0.41 s · 80 tokens a second · fp8 · zero retention",
    });
  });

  it("leaves out what the gateway does not say, and says that it is out of service", () => {
    const { terms, service } = rowsOf({ ...ENDPOINT, ...NOTHING_SAID, isDown: true }, ["azure"]) ?? {};
    assert.deepEqual([terms, service], ["deepinfra/fp8 · $0.08 in, $0.18 out", "out of service"]);
  });
});

describe("the filter for zero retention", () => {
  const list = { tagsByModel: new Map([["a/kept", ["azure"]]]), skippedRows: 0 };
  const fits = (entry: Parameters<typeof meetsQuery>[0]) => meetsQuery(entry, parseModelQuery("zdr"), new Set());

  it("lets nobody through who is not known to keep nothing", () => {
    const kept = browsedModelOf("a/kept");
    assert.deepEqual([kept, withZeroRetention(kept, list), withZeroRetention(browsedModelOf("a/b"), list)].map(fits), [
      false,
      true,
      false,
    ]);
  });

  it("knows an alias by what it stands for", () => {
    const alias = browsedModelOf("~a/latest", { aliasTarget: "a/kept" });
    assert.deepEqual(withZeroRetention(alias, list).zeroRetentionTags, ["azure"]);
  });
});

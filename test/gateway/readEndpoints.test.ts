import assert from "node:assert/strict";
import { decimalToText } from "../../src/core/money/decimal.ts";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { readEndpoints, readZeroRetention, zeroRetentionBody } from "../../src/gateway/readEndpoints.ts";

const row = (fields: Record<string, unknown> = {}) => ({
  provider_name: "StreamLake",
  tag: "streamlake/fp8",
  quantization: "fp8",
  context_length: 128_000,
  max_completion_tokens: 64_000,
  max_prompt_tokens: null,
  supported_parameters: ["max_tokens", "tools"],
  pricing: { prompt: "0.0000002145", completion: "0.00000032175", discount: 0.25 },
  status: 0,
  uptime_last_5m: null,
  uptime_last_30m: 99.9,
  uptime_last_1d: 99,
  latency_last_30m: { p50: 400, p99: 2000 },
  throughput_last_30m: { p50: 45.2 },
  ...fields,
});
const read = (...endpoints: unknown[]) => readEndpoints({ data: { id: "a/b", endpoints } });
const [WHOLE] = read(row()).endpoints;

describe("the endpoints of a model", () => {
  it("are read with what they charge, take and promise; a price is net of its discount", () => {
    assert.ok(WHOLE);
    const { prices, ...others } = WHOLE;
    assert.equal(decimalToText(prices.promptPerToken), "0.0000002145");
    assert.deepEqual(others, {
      provider: "StreamLake",
      tag: "streamlake/fp8",
      contextTokens: 128_000,
      maxPromptTokens: undefined,
      maxCompletionTokens: 64_000,
      quantization: "fp8",
      supportedParameters: ["max_tokens", "tools"],
      isDown: false,
      uptimePercent: 99.9,
      latencyMs: 400,
      tokensPerSecond: 45.2,
    });
  });

  it("may leave out or mistype all but the tag and the prices", () => {
    const { pricing, tag } = row();
    const odd = row({
      provider_name: 7,
      context_length: "long",
      quantization: null,
      supported_parameters: "all",
      status: "fine",
      uptime_last_30m: -1,
      uptime_last_1d: null,
      latency_last_30m: 0.25,
      throughput_last_30m: { p50: "fast" },
    });
    for (const given of [{ pricing, tag }, odd]) {
      const { endpoints, skippedRows } = read(given);
      assert.deepEqual([endpoints[0]?.provider, endpoints[0]?.isDown, skippedRows], ["streamlake/fp8", false, 0]);
      assert.deepEqual([endpoints[0]?.latencyMs, endpoints[0]?.uptimePercent], [undefined, undefined]);
    }
  });

  it("that make no sense are skipped and counted", () => {
    const bad = [null, "openai", {}, row({ tag: "" }), row({ pricing: { prompt: "-1", completion: "0" } })];
    assert.deepEqual(read(row(), ...bad), { endpoints: [WHOLE], skippedRows: bad.length });
    assert.deepEqual(read(), { endpoints: [], skippedRows: 0 });
  });

  const check = (name: string, isDown: boolean, fields: Record<string, unknown>) =>
    it(`${isDown ? "are down" : "serve"} with ${name}`, () => {
      assert.equal(read(row(fields)).endpoints[0]?.isDown, isDown);
    });
  check("a negative status and no answers", true, { status: -2, uptime_last_5m: 0 });
  check("a negative status and no figures", true, { status: -5, uptime_last_30m: null });
  check("a negative status while most requests are answered", false, { status: -1, uptime_last_5m: 97 });
  check("a bad five minutes alone", false, { status: 0, uptime_last_5m: 0 });
  check("a status of tomorrow", false, { status: 3, uptime_last_5m: 0 });

  it("are no endpoints where the answer has another form", () => {
    for (const body of [undefined, null, [], { data: [] }, { data: { endpoints: {} } }, { error: { code: 404 } }]) {
      assert.throws(() => readEndpoints(body), isProtocol);
    }
  });
});

describe("the list of endpoints that keep nothing", () => {
  it("has the tags by model; a row without a model is skipped and counted", () => {
    const rows = [row({ model_id: "a/b" }), { model_id: "a/b", tag: "azure" }, { model_id: "c/d" }, null, { tag: "x" }];
    const list = readZeroRetention({ data: rows });
    assert.deepEqual(
      [...list.tagsByModel],
      [
        ["a/b", ["streamlake/fp8", "azure"]],
        ["c/d", [""]],
      ],
    );
    assert.equal(list.skippedRows, 2);
    assert.deepEqual(readZeroRetention(zeroRetentionBody(list)).tagsByModel, list.tagsByModel);
  });

  it("proves nothing when it is empty or mostly unreadable", () => {
    for (const body of [{ data: [] }, { data: [null, null, { model_id: "a/b" }] }, {}, "<html>"]) {
      assert.throws(() => readZeroRetention(body), isProtocol);
    }
  });
});

function isProtocol(error: unknown): boolean {
  return error instanceof WaybillError && error.code === "protocol";
}

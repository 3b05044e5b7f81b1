import assert from "node:assert/strict";
import { toNanoUsd } from "../../../src/core/money/nanoUsd.ts";
import { presentWaybill } from "../../../src/core/waybill/presentWaybill.ts";
import type { Waybill } from "../../../src/core/waybill/waybill.ts";

const WAYBILL: Waybill = {
  turnId: "t",
  generationId: "gen-1",
  surface: "chat",
  taskType: "explain",
  gatewayOrigin: "https://openrouter.ai",
  askedModel: "a/model",
  askedModelName: "Model A",
  servedModel: "a/model",
  servedModelName: "Model A",
  provider: "Somebody",
  startedAtMs: 0,
  firstTokenMs: 420,
  totalMs: 2_310,
  usage: { promptTokens: 1_204, completionTokens: 310, cachedTokens: 1_000, reasoningTokens: 0 },
  cost: toNanoUsd(1_234_567),
  costSource: "billed",
  finish: "complete",
  reasons: ["because"],
};

describe("a waybill as people see it", () => {
  it("fits into one line", () => {
    const { model, provider, cost, tokens, time, alarm } = presentWaybill(WAYBILL);
    assert.deepEqual(
      [model, provider, cost, tokens, time, alarm],
      ["Model A", "Somebody", "$0.0012", "1,204 in · 310 out", "2.3 s", undefined],
    );
  });

  it("unfolds to every figure", () => {
    const rows = new Map(presentWaybill(WAYBILL).rows.map(({ label, value }) => [label, value]));
    assert.equal(rows.get("Cost"), "$0.001234567, as billed");
    assert.equal(rows.get("Prompt"), "1,204 tokens, 1,000 from cache");
    assert.equal(rows.get("First token"), "0.4 s");
    assert.equal(rows.get("Generation"), "gen-1");
  });

  it("alarms when another model served, but not for a dated id or a suffix of the same one", () => {
    const alarmFor = (servedModel: string) => presentWaybill({ ...WAYBILL, servedModel }).alarm;
    assert.match(alarmFor("b/other") ?? "", /Asked for a\/model, served by b\/other/);
    assert.match(alarmFor("a/model-mini") ?? "", /served by a\/model-mini/);
    assert.equal(alarmFor("a/model-2026-07-09"), undefined);
    assert.equal(alarmFor("a/model-20260709"), undefined);
    assert.equal(alarmFor("a/model:nitro"), undefined);
  });

  it("never shows an unknown cost as nothing", () => {
    const unknown = presentWaybill({ ...WAYBILL, costSource: "unknown", usage: undefined });
    assert.equal(unknown.cost, "cost unknown");
    assert.equal(unknown.tokens, "tokens unknown");
    assert.match(
      unknown.rows.find(({ label }) => label === "Cost")?.value ?? "",
      /unknown; \$0\.001234567 stays reserved/,
    );
    assert.equal(presentWaybill({ ...WAYBILL, costSource: "estimated" }).cost, "about $0.0012");
  });
});

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
  discarded: [],
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

  for (const { name, privacy, expected } of [
    {
      name: "and that the provider is listed",
      privacy: { demand: { profile: "zero-retention", zdr: true }, isLocal: false, keepsNothing: true },
      expected: "zero retention asked for; Somebody is on the gateway's list of those that keep nothing",
    },
    {
      name: "and that the provider is not listed",
      privacy: { demand: { profile: "zero-retention", zdr: true }, isLocal: false, keepsNothing: false },
      expected: "zero retention asked for; Somebody is not on the gateway's list of those that keep nothing",
    },
    {
      name: "and that nobody knows more",
      privacy: { demand: { profile: "none", zdr: true }, isLocal: false, keepsNothing: undefined },
      expected: "zero retention asked for; whether Somebody is listed as keeping nothing is not known",
    },
    {
      name: "where providers tell nothing of it",
      privacy: { demand: { profile: "no-training", dataCollection: "deny" }, isLocal: false, keepsNothing: true },
      expected: "no training asked for",
    },
  ] as const) {
    it(`says what privacy was asked for, ${name}`, () => {
      const rows = new Map(presentWaybill({ ...WAYBILL, privacy }).rows.map(({ label, value }) => [label, value]));
      assert.equal(rows.get("Privacy"), expected);
    });
  }

  it("says when a provider bills a stopped answer to its end", () => {
    const endOf = (fields: Partial<Waybill>) =>
      presentWaybill({ ...WAYBILL, ...fields }).rows.find(({ label }) => label === "Ended")?.value;
    assert.equal(
      endOf({ finish: "stopped", provider: "Mistral" }),
      "stopped by you; Mistral finishes and bills such an answer all the same",
    );
    assert.equal(endOf({ finish: "stopped", provider: "DeepInfra" }), "stopped by you");
    assert.equal(endOf({ finish: "complete", provider: "Mistral" }), "complete");
  });

  it("lists what was tried before, and what that cost", () => {
    const tried = { askedModel: "b/c", askedModelName: "C", failure: "overloaded", waitedMs: 800 } as const;
    const rows = presentWaybill({
      ...WAYBILL,
      discarded: [
        { ...tried, costSource: "nothing", cost: toNanoUsd(0) },
        { ...tried, waitedMs: 0, costSource: "reconciled", cost: toNanoUsd(5_000) },
      ],
    }).rows.filter(({ label }) => label === "Tried before");
    assert.deepEqual(
      rows.map(({ value }) => value),
      ["C was overloaded; nothing was charged, then waited 0.8 s", "C was overloaded; it cost $0.000005 on top"],
    );
  });

  it("lists an answer that did not do with its lesson and its cost, and what the turn cost in all", () => {
    const rejected = {
      askedModel: "a/c",
      askedModelName: "C",
      failure: "rejected",
      lesson: "was empty",
      costSource: "billed",
      cost: toNanoUsd(5_000),
      waitedMs: 0,
    } as const;
    const rows = presentWaybill({ ...WAYBILL, cost: toNanoUsd(1_000), discarded: [rejected] }).rows;
    const valueOf = (name: string) => rows.find(({ label }) => label === name)?.value;
    assert.equal(valueOf("Tried before"), "C: the answer was empty; it cost $0.000005 on top");
    assert.equal(valueOf("In all"), "$0.000006");
    assert.equal(
      presentWaybill(WAYBILL).rows.some(({ label }) => label === "In all"),
      false,
    );
  });

  it("alarms when another model served, but not for a dated id or a suffix of the same one", () => {
    const alarmFor = (servedModel: string) => presentWaybill({ ...WAYBILL, servedModel }).alarm;
    assert.match(alarmFor("b/other") ?? "", /Asked for a\/model, served by b\/other/);
    assert.match(alarmFor("a/model-mini") ?? "", /served by a\/model-mini/);
    assert.equal(alarmFor("a/model-2026-07-09"), undefined);
    assert.equal(alarmFor("a/model-20260709"), undefined);
    assert.equal(alarmFor("a/model:nitro"), undefined);
  });

  it("alarms when it cost more than was held, before anything else", () => {
    const dear = { cost: toNanoUsd(1_000_000_001), heldAtMost: toNanoUsd(1_000_000_000) };
    assert.equal(
      presentWaybill({ ...WAYBILL, ...dear, finish: "length" }).alarm,
      "This cost $1.000000001, more than the $1.00 held for it. Your budget was charged all of it; Reconcile with Gateway compares it with the bill. The answer was cut at the length limit.",
    );
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

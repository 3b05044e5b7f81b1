import assert from "node:assert/strict";
import fc from "fast-check";
import type { ModelEndpoint, ZeroRetentionList } from "../../../src/core/catalog/modelEndpoint.ts";
import { compareDecimals } from "../../../src/core/money/decimal.ts";
import { chooseRoute } from "../../../src/core/routing/chooseRoute.ts";
import { endpointRules } from "../../../src/core/routing/endpointRules.ts";
import type { ExclusionRule } from "../../../src/core/routing/routeDecision.ts";
import { DEFAULT_POLICY, type RoutePolicy } from "../../../src/core/routing/routePolicy.ts";
import { isWithin } from "../../../src/core/routing/standIns.ts";
import { certainTask } from "../tasks/certainTask.ts";
import { LIST_AT_MS, catalogOf, modelOf, pricesOf, tokenPricesOf } from "../catalog/catalogOf.ts";

const MODEL = modelOf("a/model");

function endpoint(tag: string, fields: Partial<ModelEndpoint> = {}): ModelEndpoint {
  return {
    provider: tag,
    tag,
    prices: pricesOf("0.000002", "0.00001"),
    contextTokens: undefined,
    maxPromptTokens: undefined,
    maxCompletionTokens: undefined,
    quantization: undefined,
    supportedParameters: [],
    isDown: false,
    uptimePercent: undefined,
    latencyMs: undefined,
    tokensPerSecond: undefined,
    ...fields,
  };
}

const keeping = (...tags: readonly string[]): ZeroRetentionList => ({
  tagsByModel: new Map([["a/model", tags]]),
  skippedRows: 0,
});

interface World {
  readonly endpoints?: readonly ModelEndpoint[];
  readonly skippedRows?: number;
  readonly zeroRetention?: ZeroRetentionList;
  readonly policy?: Partial<RoutePolicy>;
  readonly promptTokens?: number;
}

function rulesOf({ endpoints, skippedRows = 0, zeroRetention }: World) {
  return endpointRules({
    endpointsOf: (id) => (id === MODEL.id && endpoints !== undefined ? { endpoints, skippedRows } : undefined),
    zeroRetention,
  });
}

const needsOf = ({ policy, promptTokens = 1_000 }: World) => ({
  promptTokens,
  policy: { ...DEFAULT_POLICY, ...policy },
});

describe("whether a provider keeps nothing", () => {
  const keeps = (zeroRetention: ZeroRetentionList | undefined, provider: string, model = "a/model") =>
    endpointRules({ endpointsOf: () => undefined, zeroRetention }).keepsNothing(model, provider);

  it("is what the gateway's list says of it and the model", () => {
    assert.equal(keeps(keeping("deep-infra/fp8"), "Deep Infra"), true);
    assert.equal(keeps(keeping("deep-infra/fp8"), "Deep"), false);
    assert.equal(keeps(keeping("deep-infra/fp8"), "Deep Infra", "a/other"), false);
  });

  it("is not known without a list, nor where the list names nobody", () => {
    assert.equal(keeps(undefined, "Deep Infra"), undefined);
    assert.equal(keeps(keeping(""), "Deep Infra"), undefined);
  });
});

describe("what is known of endpoints", () => {
  const check = (name: string, expected: ExclusionRule | undefined, world: World) =>
    it(`${expected === undefined ? "leaves a model in" : `rules a model out (${expected})`}: ${name}`, () => {
      assert.equal(rulesOf(world).exclusionOf(MODEL, needsOf(world)), expected);
    });

  check("nothing is known", undefined, {});
  check("nobody serves it", "no-provider", { endpoints: [] });
  check("not all rows could be read", undefined, { endpoints: [], skippedRows: 1 });
  check("one serves", undefined, { endpoints: [endpoint("x", { isDown: true }), endpoint("y")] });
  check("all are down", "no-provider", { endpoints: [endpoint("x", { isDown: true })] });
  check("all are down, but it is pinned", undefined, {
    endpoints: [endpoint("x", { isDown: true })],
    policy: { pin: "a/model" },
  });
  check("the only one allowed does not serve it", "no-provider", {
    endpoints: [endpoint("x")],
    policy: { provider: { only: ["y"] } },
  });
  check("a slug without a variant means all variants", undefined, {
    endpoints: [endpoint("x/fp8")],
    policy: { provider: { only: ["X"] } },
  });
  check("a longer slug is another provider", "no-provider", {
    endpoints: [endpoint("xy")],
    policy: { provider: { only: ["x"] } },
  });
  check("all are ignored", "no-provider", {
    endpoints: [endpoint("x"), endpoint("y/turbo")],
    policy: { provider: { ignore: ["x", "y"] } },
  });
  check("without fallbacks only the order may serve", "no-provider", {
    endpoints: [endpoint("x")],
    policy: { provider: { order: ["y"], allowFallbacks: false } },
  });
  check("an order alone forbids nobody", undefined, {
    endpoints: [endpoint("x")],
    policy: { provider: { order: ["y"] } },
  });
  check("a service tier is not asked for", "no-provider", { endpoints: [endpoint("x/priority")] });
  check("a service tier by name", undefined, {
    endpoints: [endpoint("x/priority")],
    policy: { provider: { only: ["x/priority"] } },
  });
  check("no quantization that may be", "no-provider", {
    endpoints: [endpoint("x", { quantization: "int4" })],
    policy: { provider: { quantizations: ["fp16"] } },
  });
  check("every prompt limit is too small", "context-too-small", {
    endpoints: [endpoint("x", { maxPromptTokens: 999 })],
  });
  check("one prompt limit is just enough", undefined, {
    endpoints: [endpoint("x", { maxPromptTokens: 999 }), endpoint("y", { maxPromptTokens: 1_000 })],
  });
  check("only who is down has room", "context-too-small", {
    endpoints: [endpoint("x", { isDown: true }), endpoint("y", { contextTokens: 1_255 })],
  });

  const zdr = { provider: { zdr: true } };
  check("nobody keeps nothing", "no-zdr", { zeroRetention: { tagsByModel: new Map(), skippedRows: 0 }, policy: zdr });
  check("nobody keeps nothing, and the profile is private", "no-zdr", {
    zeroRetention: { tagsByModel: new Map(), skippedRows: 0 },
    policy: { profile: "private" },
  });
  check("retention is not asked about", undefined, { zeroRetention: { tagsByModel: new Map(), skippedRows: 0 } });
  check("the list of who keeps nothing is not known", undefined, { policy: zdr });
  check("one keeps nothing", undefined, { zeroRetention: keeping("x"), policy: zdr });
  check("who keeps nothing may not serve", "no-zdr", {
    zeroRetention: keeping("x"),
    policy: { provider: { zdr: true, ignore: ["x"] } },
  });
  check("who keeps nothing is down", "no-provider", {
    endpoints: [endpoint("x", { isDown: true }), endpoint("y")],
    zeroRetention: keeping("x"),
    policy: zdr,
  });

  it("leaves an alias in, which the list has under another name", () => {
    const rules = rulesOf({ zeroRetention: { tagsByModel: new Map(), skippedRows: 0 } });
    const alias = modelOf("~a/latest", { aliasTarget: "a/model" });
    assert.equal(rules.exclusionOf(alias, needsOf({ policy: zdr })), undefined);
  });
});

describe("the price ceiling with known endpoints", () => {
  const CEILING = tokenPricesOf("0.000002", "0.00001");
  const dearer = endpoint("dear", { prices: pricesOf("0.000003", "0.000015") });
  const ceiling = (world: World) => rulesOf(world).ceilingOf(MODEL, CEILING, needsOf(world));

  it("stays at the catalog's price without a factor, or with nobody in it", () => {
    assert.deepEqual(ceiling({ endpoints: [dearer] }), CEILING);
    assert.deepEqual(ceiling({ endpoints: [dearer], policy: { providerPriceFactor: 1.4 } }), CEILING);
    assert.deepEqual(ceiling({ policy: { providerPriceFactor: 3 } }), CEILING);
  });

  it("rises to the dearest provider within the factor, and no further", () => {
    const tooDear = endpoint("luxury", { prices: pricesOf("0.000009", "0.00009") });
    const { promptPerToken, completionPerToken } = ceiling({
      endpoints: [dearer, tooDear],
      policy: { providerPriceFactor: 2 },
    });
    assert.equal(compareDecimals(promptPerToken, dearer.prices.promptPerToken), 0);
    assert.equal(compareDecimals(completionPerToken, dearer.prices.completionPerToken), 0);
  });

  it("does not rise for who may not serve, nor above a price limit of the rules", () => {
    const rules = { providerPriceFactor: 2 };
    assert.deepEqual(ceiling({ endpoints: [dearer], policy: { ...rules, provider: { ignore: ["dear"] } } }), CEILING);
    const maxPromptPrice = CEILING.promptPerToken;
    assert.deepEqual(ceiling({ endpoints: [dearer], policy: { ...rules, maxPromptPrice } }), CEILING);
  });

  it("is never below the catalog's price nor above the factor, whatever the endpoints", () => {
    const price = fc.nat(60).map((micro) => (micro / 1e6).toFixed(6));
    const endpoints = fc.array(fc.record({ input: price, output: price }));
    fc.assert(
      fc.property(endpoints, fc.integer({ min: 100, max: 300 }), (offers, percent) => {
        const found = ceiling({
          endpoints: offers.map(({ input, output }) => endpoint("x", { prices: pricesOf(input, output) })),
          policy: { providerPriceFactor: percent / 100 },
        });
        assert.ok(isWithin(CEILING, found));
        assert.ok(isWithin(found, CEILING, percent / 100));
      }),
    );
  });
});

describe("a route with known endpoints", () => {
  const task = certainTask("explain");
  const models = [
    modelOf("a/model", { codingIndex: 60, intelligenceIndex: 60 }),
    modelOf("b/model", { codingIndex: 58, intelligenceIndex: 58, prices: pricesOf("0.000004", "0.00002") }),
  ];
  const route = (world: World, strongerThan?: string) =>
    chooseRoute(
      { task, promptTokens: 1_000, nowMs: LIST_AT_MS, strongerThan, endpoints: rulesOf(world) },
      catalogOf(...models),
      needsOf(world).policy,
    );

  it("goes to another model and counts the one that nobody can serve", () => {
    const decision = route({ endpoints: [] });
    assert.ok(decision.kind === "route");
    assert.equal(decision.choice.model.id, "b/model");
    assert.deepEqual(decision.explanation.excluded, { "no-provider": 1 });
    assert.deepEqual(decision.standIns, []);
  });

  it("reserves at the raised ceiling, which is what is sent", () => {
    const dear = endpoint("dear", { prices: pricesOf("0.000003", "0.000015") });
    const [before, after] = [1, 2].map((providerPriceFactor) =>
      route({ endpoints: [dear], policy: { providerPriceFactor } }),
    );
    assert.ok(before?.kind === "route" && after?.kind === "route");
    assert.equal(after.choice.model.id, "a/model");
    assert.equal(after.choice.worstCase, before.choice.worstCase * 1.5);
    assert.equal(after.choice.expectedCost, before.choice.expectedCost);
    assert.equal(compareDecimals(after.choice.ceiling.promptPerToken, dear.prices.promptPerToken), 0);
  });

  it("refuses and names the rule when all are ruled out", () => {
    const decision = route({
      zeroRetention: { tagsByModel: new Map(), skippedRows: 0 },
      policy: { provider: { zdr: true } },
    });
    assert.ok(decision.kind === "refuse");
    assert.deepEqual(decision.why, { code: "nothing-fits", rule: "no-zdr" });
    assert.deepEqual(decision.explanation.excluded, { "no-zdr": 2 });
  });

  it("still knows what is stronger than a model that went down after its answer", () => {
    const decision = route({ endpoints: [] }, "a/model");
    assert.ok(decision.kind === "refuse");
    assert.deepEqual(decision.why, { code: "nothing-fits", rule: "not-stronger" });
  });
});

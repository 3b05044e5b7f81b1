import assert from "node:assert/strict";
import fc from "fast-check";
import type { CatalogModel } from "../../../src/core/catalog/catalogModel.ts";
import { pricePerMillion } from "../../../src/core/catalog/pricePerMillion.ts";
import { describeRouteRefusal } from "../../../src/core/problems/describeRefusal.ts";
import { chooseRoute } from "../../../src/core/routing/chooseRoute.ts";
import type { RouteRefusal } from "../../../src/core/routing/routeDecision.ts";
import {
  DEFAULT_POLICY,
  ROUTING_PROFILES,
  type RoutePolicy,
  type RoutingProfile,
} from "../../../src/core/routing/routePolicy.ts";
import { certainTask } from "../tasks/certainTask.ts";
import { choiceOf } from "./choiceOf.ts";

const NOW_MS = Date.UTC(2026, 10, 21);

/** Two models of `a`, one of `b`, and a free one; the numbers are dollars per million tokens. */
const MODELS = [model("a/one", 1), model("a/two", 2), model("b/three", 3), model("b/gift", 0)];

function model(id: string, usdPerMillion: number): CatalogModel {
  return choiceOf(id, usdPerMillion * 1_000_000).model;
}

function decide(policy: Partial<RoutePolicy>, promptTokens = 100, models = MODELS) {
  const task = certainTask("explain");
  const catalog = { models, skippedRows: 0, fetchedAtMs: NOW_MS };
  return chooseRoute({ task, promptTokens, nowMs: NOW_MS }, catalog, { ...DEFAULT_POLICY, ...policy });
}

function refusal(policy: Partial<RoutePolicy>, promptTokens?: number): RouteRefusal {
  const decision = decide(policy, promptTokens);
  assert.ok(decision.kind === "refuse");
  return decision.why;
}

describe("when the rules leave no model", () => {
  const check = (name: string, policy: Partial<RoutePolicy>, says: RegExp) =>
    it(`names ${name}, and what would fit without it`, () => {
      const { sentence, action } = describeRouteRefusal(refusal(policy), "openrouter.ai");
      assert.match(sentence, says);
      assert.equal(action.id, "open-settings");
    });

  check(
    "the deny list",
    { deny: ["*"] },
    /ruled out by a list.*Without the deny list .*routing\.deny.* 3 models would fit/,
  );
  check("the allow list", { allow: [["c/*"]] }, /not on the list.*Without the allow list .* 3 models would fit/);
  check("contradicting lists", { allow: [["a/*"], ["b/*"]] }, /Without the allow list .* 3 models would fit/);
  check(
    "the one of two lists that keeps more out",
    { allow: [["b/three"]], deny: ["b/*"] },
    /Without the allow list .* 2 models would fit/,
  );
  check("the price ceiling for prompts", { maxPromptPrice: usd(0.5) }, /maxPromptPrice,.* 3 models would fit/);
  check("the price ceiling for answers", { maxCompletionPrice: usd(0.5) }, /maxCompletionPrice,.* 3 models would fit/);
  check(
    "both price ceilings",
    { maxPromptPrice: usd(0.5), maxCompletionPrice: usd(0.5) },
    /Without both price ceilings .* 3 models would fit/,
  );
  check("the lists of providers", { provider: { only: ["x"], ignore: ["x"] } }, /lists of providers .* 3 models would/);
  check("the list before the profile", { profile: "free", allow: [["a/one"]] }, /allow list .* 1 model would fit/);

  it("names the profile where only that keeps models out", () => {
    const sentenceFor = (profile: RoutingProfile, models: CatalogModel[]) => {
      const decision = decide({ profile }, 100, models);
      assert.ok(decision.kind === "refuse");
      return describeRouteRefusal(decision.why, "openrouter.ai").sentence;
    };
    const gone = { ...model("a/gone", 1), expirationDate: "2026-01-01" };
    assert.match(sentenceFor("free", [model("a/one", 1)]), /With a profile other than free .* 1 model would fit/);
    assert.match(sentenceFor("balanced", [model("b/gift", 0), gone]), /With the profile free .* 1 model would fit/);
  });

  it("promises nothing when no rule alone stands in the way", () => {
    const why = refusal({ deny: ["*"], allow: [["c/*"]] });
    assert.deepEqual(why, { code: "nothing-fits", rule: "denied" });
    const tooLong = refusal({ deny: ["a/*"] }, 1_000_000);
    assert.deepEqual(tooLong, { code: "nothing-fits", rule: "context-too-small" });
    assert.equal(describeRouteRefusal(tooLong, "openrouter.ai").action.id, "new-chat");
  });

  it("keeps its promise: without the rule a model is chosen, for any policy", () => {
    const patterns = fc.array(fc.constantFrom("a/*", "b/*", "*", "b/gift"), { maxLength: 2 });
    const price = fc.option(fc.double({ min: 0, max: 4, noNaN: true }).map(usd), { nil: undefined });
    const anyPolicy = fc.record({
      profile: fc.constantFrom(...ROUTING_PROFILES),
      allow: fc.array(patterns, { maxLength: 2 }),
      deny: patterns,
      maxPromptPrice: price,
      maxCompletionPrice: price,
    });
    fc.assert(
      fc.property(anyPolicy, ({ maxPromptPrice, maxCompletionPrice, ...rules }) => {
        const policy: Partial<RoutePolicy> = {
          ...rules,
          ...(maxPromptPrice === undefined ? {} : { maxPromptPrice }),
          ...(maxCompletionPrice === undefined ? {} : { maxCompletionPrice }),
        };
        const decision = decide(policy);
        if (decision.kind === "route" || decision.why.code !== "nothing-fits") return;
        const { loosening } = decision.why;
        if (loosening === undefined || loosening.setting === "profile") return;
        const names = loosening.setting === "prices" ? ["maxPromptPrice", "maxCompletionPrice"] : [loosening.setting];
        const loosened = Object.fromEntries(Object.entries(policy).filter(([name]) => !names.includes(name)));
        assert.equal(decide(loosened).kind, "route");
      }),
    );
  });
});

function usd(perMillion: number) {
  return pricePerMillion(perMillion) ?? { coefficient: 0n, scale: 0 };
}

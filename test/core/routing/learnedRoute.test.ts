import assert from "node:assert/strict";
import type { Catalog, CatalogModel } from "../../../src/core/catalog/catalogModel.ts";
import { chooseRoute } from "../../../src/core/routing/chooseRoute.ts";
import { DEFAULT_POLICY, type RoutePolicy } from "../../../src/core/routing/routePolicy.ts";
import type { OutcomeCounts } from "../../../src/core/routing/successOdds.ts";
import { certainTask } from "../tasks/certainTask.ts";
import { choiceOf } from "./choiceOf.ts";

const NOW_MS = Date.UTC(2026, 10, 20);

function model(id: string, price: number, index: number): CatalogModel {
  return { ...choiceOf(id, price).model, codingIndex: index };
}

const CATALOG: Catalog = {
  models: [model("a/first", 1_000_000, 48), model("b/second", 2_000_000, 49), model("c/best", 20_000_000, 50)],
  skippedRows: 0,
  fetchedAtMs: NOW_MS,
};

function route(known: Readonly<Record<string, OutcomeCounts>>, policy: Partial<RoutePolicy> = {}) {
  const certain = certainTask("fix");
  const task = { ...certain, size: "medium" } as const;
  const outcomesOf = (modelId: string) => known[modelId];
  const decision = chooseRoute({ task, promptTokens: 1_000, nowMs: NOW_MS, outcomesOf }, CATALOG, {
    ...DEFAULT_POLICY,
    ...policy,
  });
  assert.ok(decision.kind === "route");
  return { first: decision.choice.model.id, reasons: decision.explanation.reasons.join("\n") };
}

describe("routing with outcomes", () => {
  it("says nothing of verdicts where there are none", () => {
    const { first, reasons } = route({});
    assert.equal(first, "a/first");
    assert.doesNotMatch(reasons, /You accepted|would come first/);
  });

  it("passes a model over whose answers were rejected, and says which and why", () => {
    const { first, reasons } = route({ "a/first": { accepted: 0, rejected: 40 } });
    assert.equal(first, "b/second");
    assert.match(
      reasons,
      /a\/first would come first by its benchmark, but you accepted 0 of 40 of its answers to this task \(old ones count less\), so its odds are 20% and not 86%\./,
    );
  });

  it("says how far the verdicts moved the odds of the model that stays first", () => {
    const { first, reasons } = route({ "a/first": { accepted: 40.2, rejected: 0 } });
    assert.equal(first, "a/first");
    assert.match(reasons, /You accepted 40 of 40 of its answers to this task .* so its odds are 97% and not 86%\./);
    assert.doesNotMatch(reasons, /would come first/);
  });

  it("keeps quiet about verdicts that changed next to nothing", () => {
    assert.doesNotMatch(route({ "a/first": { accepted: 0.5, rejected: 0 } }).reasons, /You accepted/);
  });

  it("prefers a model whose answers were always accepted, and says that this is why", () => {
    const { first, reasons } = route({ "b/second": { accepted: 400, rejected: 0 } }, { profile: "quality" });
    assert.equal(first, "b/second");
    assert.match(reasons, /You accepted 400 of 400 of its answers/);
  });

  it("keeps to a pin, whatever was rejected", () => {
    assert.equal(route({ "a/first": { accepted: 0, rejected: 400 } }, { pin: "a/first" }).first, "a/first");
  });
});

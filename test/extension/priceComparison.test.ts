import assert from "node:assert/strict";
import type { LimitStanding } from "../../src/core/budget/spendLimit.ts";
import { ZERO_USD, toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { DEFAULT_POLICY } from "../../src/core/routing/routePolicy.ts";
import type { RouteDecision } from "../../src/core/routing/routeDecision.ts";
import { priceComparison } from "../../src/extension/features/chat/compare/priceComparison.ts";
import { NO_MASKS } from "../../src/turn/maskRequest.ts";
import type { RoutedRequest } from "../../src/turn/routeTurn.ts";
import { choiceOf } from "../core/routing/choiceOf.ts";
import { certainTask } from "../core/tasks/certainTask.ts";

function routed(decision: RouteDecision, left: number): RoutedRequest {
  const limit = toNanoUsd(left);
  const day: LimitStanding = {
    measure: "money",
    scope: "user",
    period: "day",
    limit,
    raisedFrom: limit,
    spent: ZERO_USD,
    reserved: ZERO_USD,
  };
  const promptTokensOf = () => ({ expected: 90, atMost: 100, plain: 100 });
  const catalog = { models: [], fetchedAtMs: 0, skippedRows: 0 };
  return {
    decision,
    policy: DEFAULT_POLICY,
    catalog,
    messages: [],
    promptTokensOf,
    tokens: new Map(),
    rejected: undefined,
    masks: NO_MASKS,
    standings: [day],
  };
}

function pinned(id: string, worstCase: number): RouteDecision {
  const choice = choiceOf(id, worstCase);
  const explanation = { reasons: [], excluded: {}, candidates: [choice] };
  const none = { stronger: [], cheaper: [], standIns: [], free: [] };
  return { kind: "route", task: certainTask("question"), choice, ...none, explanation };
}

const [A, B] = [pinned("a", 4_000_000), pinned("b", 6_000_000)];

describe("the models that are to be compared", () => {
  it("are priced each as it would be sent, where the budgets hold all of them", () => {
    const priced = priceComparison([routed(A, 10_000_000), routed(B, 10_000_000)], "gateway.example");
    assert.ok(priced.kind === "priced");
    assert.deepEqual(
      priced.choices.map(({ model, worstCase }) => [model.id, worstCase]),
      [
        ["a", 4_000_000],
        ["b", 6_000_000],
      ],
    );
  });

  it("are not sent at all where the budgets hold each but not all of them", () => {
    const priced = priceComparison([routed(A, 9_999_999), routed(B, 9_999_999)], "gateway.example");
    assert.ok(priced.kind === "impossible");
    assert.match(
      priced.problem.sentence,
      /^These models could cost up to \$0.010 together, with \$0.0100? left of \$0.0100? a day \(all workspaces\)\. Nothing was sent/,
    );
    assert.equal(priced.problem.action.id, "set-budget");
  });

  it("are not sent where one of them cannot take the question", () => {
    const why = { code: "pin-unusable", pin: "b", rule: "denied" } as const;
    const explanation = { reasons: [], excluded: {}, candidates: [] };
    const refused: RouteDecision = { kind: "refuse", task: certainTask("question"), why, explanation };
    const priced = priceComparison([routed(A, 1e9), routed(refused, 1e9)], "gateway.example");
    assert.ok(priced.kind === "impossible");
    assert.match(priced.problem.sentence, /The model b/);
  });
});

import assert from "node:assert/strict";
import { type PriceContext, presentPrice } from "../../../src/core/budget/presentPrice.ts";
import type { LimitStanding } from "../../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../../src/core/money/nanoUsd.ts";
import type { ModelChoice, RouteDecision } from "../../../src/core/routing/routeDecision.ts";
import { modelOf, pricesOf } from "../catalog/catalogOf.ts";
import { choiceOf } from "../routing/choiceOf.ts";
import { certainTask } from "../tasks/certainTask.ts";

const CONTEXT: PriceContext = { onExceed: "downgrade", warm: undefined, gatewayHost: "gateway.example", nowMs: 0 };
const DEAR = choiceOf("dear", 40_000_000, { expectedCost: toNanoUsd(12_000_000) });
const CHEAP = choiceOf("cheap", 9_000_000, { expectedCost: toNanoUsd(2_000_000) });

function routeTo(choice: ModelChoice, cheaper: readonly ModelChoice[] = []): RouteDecision {
  const explanation = { reasons: [], excluded: {}, candidates: [choice, ...cheaper] };
  const task = certainTask("question");
  return { kind: "route", task, choice, stronger: [], cheaper, standIns: [], free: [], explanation };
}

function priceOf(
  decision: RouteDecision,
  context: Partial<PriceContext> = {},
  standings: readonly LimitStanding[] = [],
) {
  const promptTokensOf = () => ({ expected: 90, atMost: 100, plain: 100 });
  return presentPrice({ decision, promptTokensOf, standings }, { ...CONTEXT, ...context });
}

function dayStanding(limit: number, spent: number): LimitStanding {
  const [most, used] = [toNanoUsd(limit), toNanoUsd(spent)];
  const sums = { limit: most, raisedFrom: most, spent: used, reserved: toNanoUsd(0) };
  return { measure: "money", scope: "user", period: "day", ...sums };
}

describe("the price of a draft", () => {
  it("goes from what is expected to what is held, and names the next cheaper model", () => {
    const { text, notes, title, isPossible } = priceOf(routeTo(DEAR, [CHEAP]));
    assert.equal(text, "$0.012–$0.040 with dear");
    assert.deepEqual(notes, ["or about $0.0020 with cheap"]);
    assert.match(
      title,
      /^About \$0\.012 with an answer of usual length \(800 tokens\); at most \$0\.040, which is held/,
    );
    assert.ok(isPossible);
  });

  it("names no model as cheaper that is expected to cost as much", () => {
    assert.deepEqual(priceOf(routeTo(DEAR, [{ ...CHEAP, expectedCost: DEAR.expectedCost }])).notes, []);
  });

  it("says what the warm cache saves on the model that has it", () => {
    const prices = pricesOf("0.000002", "0.00001");
    const model = modelOf("warm", { prices: { ...prices, cacheReadPerToken: { coefficient: 0n, scale: 0 } } });
    const warm = { modelId: "warm", promptTokens: 1_000, atMs: 0 };
    assert.deepEqual(priceOf(routeTo({ ...DEAR, model }), { warm }).notes, ["cache saves $0.0020"]);
    assert.deepEqual(priceOf(routeTo(DEAR), { warm }).notes, []);
  });

  it("of a model that costs nothing is free", () => {
    const free = choiceOf("free", 0);
    assert.equal(priceOf(routeTo(free)).text, "Free with free");
  });

  it("is that of the cheaper model which the budget left pays for, where that would be asked", () => {
    const standings = [dayStanding(100_000_000, 80_000_000)];
    const { text, title } = priceOf(routeTo(DEAR, [CHEAP]), {}, standings);
    assert.equal(text, "$0.0020–$0.0090 with cheap");
    assert.match(title, /The budget left is too small for dear\.$/);
  });

  it("is none where the budget pays for nobody that may be asked", () => {
    const standings = [dayStanding(100_000_000, 80_000_000)];
    for (const onExceed of ["ask", "block"] as const) {
      const { text, title, isPossible } = priceOf(routeTo(DEAR, [CHEAP]), { onExceed }, standings);
      assert.equal(text, "Over budget: up to $0.040, $0.020 left today");
      assert.match(title, /Your budget of \$0\.10 a day has \$0\.080 spent/);
      assert.equal(isPossible, false);
    }
  });

  it("counts tokens and requests as the reservation does", () => {
    const tokens: LimitStanding = {
      measure: "tokens",
      scope: "user",
      period: "day",
      limit: 1_000,
      spent: 0,
      reserved: 0,
    };
    assert.equal(priceOf(routeTo(DEAR), {}, [tokens]).text, "Over budget: up to 1,100 tokens, 1,000 tokens left today");
    const rate: LimitStanding = {
      measure: "requests",
      scope: "user",
      period: "minute",
      limit: 1,
      spent: 1,
      reserved: 0,
    };
    assert.equal(priceOf(routeTo(DEAR), {}, [rate]).text, "Too many requests in the last minute");
  });

  it("is none where no model can be asked, which is said in a few words", () => {
    const refusals = [
      [{ code: "catalog-empty" }, "No models to choose from"],
      [{ code: "pin-unknown", pin: "a/b", nearest: [] }, "No such model: a/b"],
      [{ code: "pin-unusable", pin: "a/b", rule: "too-dear" }, "The pinned model cannot take this"],
      [{ code: "nothing-fits", rule: "too-dear" }, /^No model fits: the last ones are above your price ceiling$/],
    ] as const;
    for (const [why, words] of refusals) {
      const explanation = { reasons: [], excluded: {}, candidates: [] };
      const refused = priceOf({ kind: "refuse", task: certainTask("question"), why, explanation });
      assert.equal(refused.isPossible, false);
      if (typeof words === "string") assert.equal(refused.text, words);
      else assert.match(refused.text, words);
      assert.match(refused.title, /Nothing was sent or charged/);
    }
  });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import type { Catalog, CatalogModel } from "../../../src/core/catalog/catalogModel.ts";
import { chooseRoute } from "../../../src/core/routing/chooseRoute.ts";
import type { RouteRequest } from "../../../src/core/routing/routeRequest.ts";
import type { RouteDecision } from "../../../src/core/routing/routeDecision.ts";
import { modelOf, pricesOf } from "../catalog/catalogOf.ts";
import { certainTask } from "../tasks/certainTask.ts";
import {
  DEFAULT_POLICY,
  ROUTING_PROFILES,
  type RoutePolicy,
  qualityFloor,
} from "../../../src/core/routing/routePolicy.ts";

const NOW_MS = Date.UTC(2026, 10, 20);

interface ModelWish {
  readonly id: string;
  readonly usdPerMillion?: number;
  readonly index?: number | undefined;
  readonly fields?: Partial<CatalogModel>;
}

function model({ id, usdPerMillion = 1, index, fields = {} }: ModelWish): CatalogModel {
  const price = `${usdPerMillion}e-6`;
  return modelOf(id, {
    name: id,
    contextTokens: 100_000,
    maxCompletionTokens: 8_000,
    prices: pricesOf(price, price),
    supportedParameters: [],
    codingIndex: index,
    intelligenceIndex: index,
    ...fields,
  });
}

function route(
  models: readonly CatalogModel[],
  policy: Partial<RoutePolicy> = {},
  promptTokens = 1_000,
  wish: Partial<RouteRequest> = {},
): RouteDecision {
  const catalog: Catalog = { models, skippedRows: 0, fetchedAtMs: NOW_MS };
  const task = certainTask("explain");
  return chooseRoute({ task, promptTokens, nowMs: NOW_MS, ...wish }, catalog, {
    ...DEFAULT_POLICY,
    maxCompletionTokens: 1_000,
    ...policy,
  });
}

function chosen(decision: RouteDecision): string {
  return decision.kind === "route" ? decision.choice.model.id : `refused: ${decision.why.code}`;
}

describe("routing", () => {
  it("keeps unpriced models of a local server in the race beside those that the person priced", () => {
    const models = [model({ id: "priced", usdPerMillion: 2 }), model({ id: "unpriced", usdPerMillion: 0 })];
    const task = certainTask("explain");
    const choose = (isUnpriced: boolean) =>
      chooseRoute(
        { task, promptTokens: 1_000, nowMs: NOW_MS },
        { models, skippedRows: 0, fetchedAtMs: NOW_MS, ...(isUnpriced ? { isUnpriced } : {}) },
        DEFAULT_POLICY,
      );
    assert.deepEqual(choose(true).explanation.excluded, {});
    assert.deepEqual(choose(false).explanation.excluded, { "free-terms": 1 });
  });

  const cheapWeak = model({ id: "a/weak", usdPerMillion: 0.1, index: 20 });
  const cheapGood = model({ id: "a/good", usdPerMillion: 1, index: 45 });
  const dearBest = model({ id: "a/best", usdPerMillion: 20, index: 50 });
  const free = model({ id: "a/good:free", usdPerMillion: 0, index: 45 });

  it("takes the cheapest model that reaches the profile's floor", () => {
    const catalog = [dearBest, cheapWeak, cheapGood, free];
    assert.equal(chosen(route(catalog)), "a/good");
    assert.equal(chosen(route(catalog, { profile: "quality" })), "a/best");
    assert.equal(
      chosen(route([...catalog, model({ id: "a/ok", usdPerMillion: 0.2, index: 30 })], { profile: "economy" })),
      "a/ok",
    );
    assert.equal(chosen(route(catalog, { profile: "free" })), "a/good:free");
  });

  it("gives a free model to nobody who did not ask for it, unless all are free", () => {
    assert.equal(chosen(route([free, dearBest])), "a/best");
    assert.equal(chosen(route([free])), "a/good:free");
  });

  it("has free models for a spent budget only where that is wanted, best first, and only such as the rules allow", () => {
    const better = model({ id: "b/better:free", usdPerMillion: 0, index: 48 });
    const freeOf = (policy: Partial<RoutePolicy>, wish: Partial<RouteRequest> = {}) => {
      const decision = route([free, better, dearBest, cheapGood], policy, 1_000, wish);
      return decision.kind === "route" ? decision.free.map(({ model: { id } }) => id) : [];
    };
    assert.deepEqual(freeOf({}), []);
    assert.deepEqual(freeOf({ whenSpent: "free" }), ["b/better:free", "a/good:free"]);
    assert.deepEqual(freeOf({ whenSpent: "free", deny: ["b/*"] }), ["a/good:free"]);
    assert.deepEqual(freeOf({ whenSpent: "free", pin: "a/best" }), []);
    assert.deepEqual(freeOf({ whenSpent: "free" }, { strongerThan: "a/good" }), ["b/better:free"]);
    assert.equal(chosen(route([free, better, cheapGood], { whenSpent: "free" })), "a/good");
  });

  it("never offers what cannot serve", () => {
    const useless = [
      model({ id: "openrouter/auto", index: 99 }),
      model({ id: "a/best:batch", index: 99 }),
      model({ id: "a/gone", index: 99, fields: { expirationDate: "2026-11-20" } }),
      model({ id: "a/painter", index: 99, fields: { outputModalities: ["image", "text"] } }),
      model({ id: "a/tiny", index: 99, fields: { contextTokens: 1_000 } }),
    ];
    const decision = route([...useless, cheapGood]);
    assert.equal(chosen(decision), "a/good");
    assert.deepEqual(decision.explanation.excluded, {
      router: 1,
      "batch-only": 1,
      expired: 1,
      "not-text": 1,
      "context-too-small": 1,
    });
    assert.equal(chosen(route(useless)), "refused: nothing-fits");
  });

  it("keeps to a pin, and refuses one it cannot keep to", () => {
    assert.equal(chosen(route([cheapGood, dearBest], { pin: "a/best" })), "a/best");
    assert.equal(chosen(route([cheapGood], { pin: "a/goood" })), "refused: pin-unknown");
    const gone = model({ id: "a/gone", fields: { expirationDate: "2026-01-01" } });
    assert.equal(chosen(route([gone, cheapGood], { pin: "a/gone" })), "refused: pin-unusable");
  });

  it("says why, with its numbers", () => {
    const { reasons } = route([cheapWeak, cheapGood, dearBest]).explanation;
    assert.match(reasons.join("\n"), /Task: explain/);
    assert.match(reasons.join("\n"), /3 models can take this request/);
    assert.match(reasons.join("\n"), /2 of them reach 80%/);
    assert.match(
      reasons.join("\n"),
      /a\/good costs least until an answer is accepted: about \$0\.00\d+, at most \$0\.00\d+; quality 90%/,
    );
  });

  it("reserves at the dearest price that may apply", () => {
    const dear = { coefficient: 5n, scale: 5 };
    const base = cheapGood.prices;
    const prices = {
      ...base,
      overrides: [{ utcFrom: 0, utcTo: 1, prices: { promptPerToken: dear, completionPerToken: dear } }],
    };
    const decision = route([{ ...cheapGood, prices }]);
    assert.ok(decision.kind === "route");
    assert.equal(decision.choice.worstCase, (1_000 + 1_000) * 50_000);
    assert.ok(decision.choice.expectedCost < decision.choice.worstCase);
  });
});

describe("routing of answers that are judged", () => {
  const weak = model({ id: "a/weak", usdPerMillion: 100, index: 35 });
  const best = model({ id: "b/best", usdPerMillion: 20_000, index: 50 });
  const isJudged = true;

  it("may begin below the profile's floor, with the ladder as likely to succeed, and says so", () => {
    const judged = route([weak, best], {}, 1_000, { isJudged });
    assert.equal(chosen(judged), "a/weak");
    assert.deepEqual(judged.kind === "route" && judged.stronger.map(({ model: { id } }) => id), ["b/best"]);
    assert.match(judged.explanation.reasons.join("\n"), /reach 60% .*less than the profile's, since others follow/);
    assert.equal(chosen(route([weak, best])), "b/best");
  });

  it("holds every answer to a floor that somebody set, and to that of the profile quality", () => {
    assert.equal(chosen(route([weak, best], { qualityFloor: 0.8 }, 1_000, { isJudged })), "b/best");
    assert.equal(chosen(route([weak, best], { profile: "quality" }, 1_000, { isJudged })), "b/best");
  });

  it("asks the second opinion that was offered, though it is no stronger than what was refused", () => {
    const second = model({ id: "c/second", usdPerMillion: 110, index: 34 });
    const again = { isJudged, strongerThan: "a/weak", beginWith: "c/second" };
    assert.equal(chosen(route([weak, second, best], {}, 1_000, again)), "c/second");
    assert.equal(chosen(route([weak, second, best], {}, 1_000, { ...again, beginWith: "a/weak" })), "b/best");
  });
});

describe("routing under a budget that runs out", () => {
  const models = [
    model({ id: "a/strong", usdPerMillion: 10, index: 100 }),
    model({ id: "b/good", usdPerMillion: 1, index: 85 }),
    model({ id: "c/fair", usdPerMillion: 0.1, index: 62 }),
    model({ id: "d/weak", usdPerMillion: 0.01, index: 42 }),
  ];
  const at = (budgetLeft: number) => route(models, {}, 1_000, { budgetLeft });
  const floors = (decision: RouteDecision) => /reach (\d+)%/.exec(decision.explanation.reasons.join(" "))?.[1];

  it("steps the floor down and back up, and says so", () => {
    assert.deepEqual(
      [1, 0.6, 0.3, 0.2, 0.01].map((left) => floors(at(left))),
      ["80", "80", "72", "60", "40"],
    );
    assert.match(
      at(0.2).explanation.reasons.join(" "),
      /20% of today's budget is left, so the quality floor is 60% instead of 80%/,
    );
    assert.doesNotMatch(at(0.9).explanation.reasons.join(" "), /budget/);
  });
});

describe("routing within a conversation", () => {
  const cached = { coefficient: 1n, scale: 7 };
  const stay = model({ id: "a/stay", usdPerMillion: 1.2, index: 90 });
  const staying = { ...stay, prices: { ...stay.prices, cacheReadPerToken: cached } };
  const other = model({ id: "b/other", usdPerMillion: 1, index: 90 });
  const warm = { modelId: "a/stay", promptTokens: 2_000, atMs: NOW_MS - 60_000 };

  it("stays with the model whose cache is warm, while that is worth more than switching", () => {
    const decision = route([staying, other], {}, 8_000, { warm });
    assert.equal(chosen(decision), "a/stay");
    assert.match(decision.explanation.reasons.join(" "), /in the model's cache, which saves about \$0\.0022/);
    assert.equal(chosen(route([staying, other], {}, 8_000)), "b/other");
    assert.equal(chosen(route([staying, other], {}, 8_000, { warm: { ...warm, atMs: NOW_MS - 600_000 } })), "b/other");
  });

  it("says what leaving it loses", () => {
    const cheap = model({ id: "b/cheap", usdPerMillion: 0.01, index: 90 });
    const decision = route([staying, cheap], {}, 8_000, { warm });
    assert.equal(chosen(decision), "b/cheap");
    assert.match(
      decision.explanation.reasons.join(" "),
      /Leaving a\/stay loses its cache of this chat, worth about \$0\.0022/,
    );
  });
});

describe("routing over any catalog", () => {
  const anyModel = fc.record({
    id: fc.stringMatching(/^[a-z]{1,3}\/[a-z]{1,4}(:free|:batch)?$/),
    usdPerMillion: fc.integer({ min: 0, max: 100 }),
    index: fc.option(fc.integer({ min: 1, max: 80 }), { nil: undefined }),
  });
  const anyCatalog = fc
    .uniqueArray(anyModel, { selector: ({ id }) => id, maxLength: 20 })
    .map((wishes) => wishes.map((wish) => model(wish)));
  const anyProfile = fc.constantFrom(...ROUTING_PROFILES);

  it("chooses the same whatever the order of the rows", () => {
    fc.assert(
      fc.property(anyCatalog, anyProfile, (models, profile) => {
        assert.equal(chosen(route(models, { profile })), chosen(route(models.toReversed(), { profile })));
      }),
    );
  });

  it("never passes the floor over for a cheaper model, and never replaces a pin", () => {
    fc.assert(
      fc.property(anyCatalog, anyProfile, (models, profile) => {
        const decision = route(models, { profile });
        if (decision.kind === "refuse") return;
        const { quality } = decision.choice;
        const someoneReaches = decision.cheaper.some(
          (other) => (other.quality ?? 0) >= qualityFloor({ ...DEFAULT_POLICY, profile }),
        );
        if (someoneReaches) assert.ok((quality ?? 0) >= qualityFloor({ ...DEFAULT_POLICY, profile }));
        const pinned = route(models, { profile, pin: decision.choice.model.id });
        assert.equal(chosen(pinned), decision.choice.model.id);
      }),
    );
  });

  it("offers as cheaper only what has a smaller worst case", () => {
    fc.assert(
      fc.property(anyCatalog, (models) => {
        const decision = route(models);
        if (decision.kind === "refuse") return;
        for (const other of decision.cheaper) assert.ok(other.worstCase < decision.choice.worstCase);
      }),
    );
  });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { chooseRoute } from "../../../src/core/routing/chooseRoute.ts";
import { DEFAULT_POLICY, ROUTING_PROFILES } from "../../../src/core/routing/routePolicy.ts";
import { RoutingMemo } from "../../../src/core/routing/routingMemo.ts";
import { catalogOf, modelOf, pricesOf } from "../catalog/catalogOf.ts";
import { certainTask } from "../tasks/certainTask.ts";

const ids = fc.tuple(fc.constantFrom("acme", "borealis", "cobalt"), fc.constantFrom("one", "two", "three", "Mini"));
const models = fc.uniqueArray(fc.tuple(ids, fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 60 })), {
  selector: ([[author, name]]) => `${author}/${name}`,
  maxLength: 12,
});
const patterns = fc.array(
  fc.constantFrom("acme/*", "*/t*", "borealis/one", "COBALT/*i*", "*mini", "nobody/*", "gone"),
  {
    maxLength: 3,
  },
);
const requests = fc.record({
  deny: patterns,
  allow: fc.array(patterns, { maxLength: 2 }),
  profile: fc.constantFrom(...ROUTING_PROFILES),
  isJudged: fc.boolean(),
  list: fc.integer({ min: 0, max: 1 }),
});

describe("what routing keeps between requests", () => {
  it("changes no decision, whatever models and rules come after each other", () => {
    fc.assert(
      fc.property(
        fc.array(models, { minLength: 2, maxLength: 2 }),
        fc.array(requests, { maxLength: 24 }),
        (lists, asked) => {
          const memo = new RoutingMemo();
          const catalogs = lists.map((rows) =>
            catalogOf(
              ...rows.map(([[author, name], price, codingIndex]) =>
                modelOf(`${author}/${name}`, { prices: pricesOf(`${price}e-7`, `${price}e-6`), codingIndex }),
              ),
            ),
          );
          for (const { list, isJudged, ...rules } of asked) {
            const catalog = catalogs[list] ?? catalogOf();
            const request = { task: certainTask("fix"), promptTokens: 500, nowMs: 0, isJudged };
            const policy = { ...DEFAULT_POLICY, ...rules };
            assert.deepEqual(chooseRoute({ ...request, memo }, catalog, policy), chooseRoute(request, catalog, policy));
          }
        },
      ),
    );
  });

  it("goes by the content of the lists, and finds out anew what a new model list says", () => {
    const memo = new RoutingMemo();
    const { models: list } = catalogOf(modelOf("acme/one", {}));
    const facts = memo.patternFacts(list, { deny: ["acme/*"] });
    assert.equal(memo.patternFacts(list, { deny: ["acme/*"] }), facts);
    assert.notEqual(memo.patternFacts([...list], { deny: ["acme/*"] }), facts);
    assert.notEqual(memo.patternFacts(list, { deny: ["*"] }), facts);
  });
});

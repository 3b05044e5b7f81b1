import assert from "node:assert/strict";
import fc from "fast-check";
import { policyHash } from "../../../src/core/routing/policyHash.ts";
import { DEFAULT_POLICY, type RoutePolicy } from "../../../src/core/routing/routePolicy.ts";

const aPolicy: fc.Arbitrary<RoutePolicy> = fc
  .record(
    {
      pin: fc.string(),
      deny: fc.array(fc.string(), { maxLength: 3 }),
      qualityFloor: fc.double({ min: 0, max: 1, noNaN: true }),
      maxPromptPrice: fc.record({ coefficient: fc.bigInt({ min: 0n, max: 1_000n }), scale: fc.nat(9) }),
      provider: fc.record({ zdr: fc.boolean(), only: fc.array(fc.string(), { maxLength: 2 }) }, { requiredKeys: [] }),
      maxCompletionTokens: fc.nat(),
    },
    { requiredKeys: [] },
  )
  .map((rules) => ({ ...DEFAULT_POLICY, ...rules }));

describe("the number of the rules that a model was chosen by", () => {
  it("is the same for equal rules, in whatever order they are named", () => {
    fc.assert(
      fc.property(aPolicy, (policy) => {
        const turned = Object.fromEntries(Object.entries(policy).toReversed()) as unknown as RoutePolicy;
        assert.equal(policyHash(turned), policyHash(policy));
      }),
    );
  });

  it("is another one when a rule is another, and fits the ledger's column", () => {
    const seen = new Map<number, number>();
    for (let tokens = 1; tokens <= 5_000; tokens += 1) {
      const hash = policyHash({ ...DEFAULT_POLICY, maxCompletionTokens: tokens });
      assert.ok(Number.isInteger(hash) && hash >= 0 && hash <= 0xffff_ffff);
      seen.set(hash, tokens);
    }
    assert.equal(seen.size, 5_000);
  });

  it("never changes from version to version", () => {
    assert.equal(policyHash(DEFAULT_POLICY), HASH_OF_DEFAULTS);
  });
});

const HASH_OF_DEFAULTS = 2_693_359_065;

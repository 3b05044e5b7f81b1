import assert from "node:assert/strict";
import fc from "fast-check";
import { type PrivacyDemand, type PrivacyWish, tightenDemand } from "../../../src/core/privacy/privacyDemand.ts";
import { describeDemand, privacyObstacle } from "../../../src/core/privacy/privacyObstacle.ts";
import { PRIVACY_PROFILES } from "../../../src/core/privacy/privacyProfile.ts";

const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });

const wish: fc.Arbitrary<PrivacyWish> = fc
  .record({
    privacy: optional(fc.constantFrom(...PRIVACY_PROFILES)),
    dataCollection: optional(fc.constant("deny" as const)),
    zdr: optional(fc.constant(true as const)),
    onlyProviders: optional(fc.subarray(["x", "y", "z"])),
  })
  .map(({ privacy, dataCollection, zdr, onlyProviders }) => ({
    ...(privacy === undefined ? {} : { privacy }),
    ...(dataCollection === undefined ? {} : { dataCollection }),
    ...(zdr === undefined ? {} : { zdr }),
    ...(onlyProviders === undefined ? {} : { onlyProviders }),
  }));

/** Some wishes, and the same in another order. */
const reordered = fc
  .array(wish, { maxLength: 5 })
  .chain((wishes) =>
    fc.tuple(fc.constant(wishes), fc.shuffledSubarray(wishes, { minLength: wishes.length, maxLength: wishes.length })),
  );

function demandOf(wishes: readonly PrivacyWish[]): PrivacyDemand | undefined {
  return wishes.reduce<PrivacyDemand | undefined>(tightenDemand, undefined);
}

/** Lists in one order: which list was first is of no meaning. */
function plain(demand: PrivacyDemand | undefined): unknown {
  if (demand?.onlyProviders === undefined) return demand;
  return { ...demand, onlyProviders: demand.onlyProviders.toSorted() };
}

describe("what is demanded of whoever gets a text", () => {
  it("is the same in whatever order it was asked for", () => {
    fc.assert(
      fc.property(reordered, ([wishes, others]) => {
        assert.deepEqual(plain(demandOf(others)), plain(demandOf(wishes)));
      }),
    );
  });

  it("only grows: nothing that one place asks for is taken back by another", () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 3 }), wish, (wishes, more) => {
        const [before, after] = [demandOf(wishes), demandOf([...wishes, more])];
        for (const asked of [before, demandOf([more])]) {
          if (asked?.dataCollection === "deny") assert.equal(after?.dataCollection, "deny");
          if (asked?.zdr === true) assert.equal(after?.zdr, true);
          const allowed = asked?.onlyProviders;
          if (allowed !== undefined) assert.ok(after?.onlyProviders?.every((slug) => allowed.includes(slug)));
          const rank = (demand: PrivacyDemand | undefined) => PRIVACY_PROFILES.indexOf(demand?.profile ?? "none");
          assert.ok(rank(after) >= rank(asked));
        }
      }),
    );
  });

  it("is nothing where nobody asks for anything", () => {
    assert.equal(demandOf([{}, { privacy: "none" }]), undefined);
  });

  it("is said in words", () => {
    assert.equal(describeDemand({ profile: "zero-retention", zdr: true, dataCollection: "deny" }), "zero retention");
    assert.equal(describeDemand({ profile: "none", dataCollection: "deny" }), "no training");
    assert.equal(
      describeDemand({ profile: "no-training", dataCollection: "deny", onlyProviders: ["a", "b"] }),
      "no training, with a and b alone",
    );
    assert.equal(describeDemand({ profile: "none", onlyProviders: [] }), "no provider at all");
  });

  it("keeps everything from a gateway that cannot carry it, but for one on this machine", () => {
    const obstacle = (wanted: PrivacyWish, isLocal: boolean, takesRules: boolean) =>
      privacyObstacle(demandOf([wanted]), { isLocal, takesRules });
    assert.equal(obstacle({ privacy: "local-only" }, false, true), "not-local");
    assert.equal(obstacle({ privacy: "local-only" }, true, false), undefined);
    for (const wanted of [
      { privacy: "no-training" },
      { privacy: "zero-retention" },
      { onlyProviders: ["a"] },
    ] as const) {
      assert.equal(obstacle(wanted, false, true), undefined);
      assert.equal(obstacle(wanted, false, false), "no-rules");
      assert.equal(obstacle(wanted, true, false), undefined);
    }
    assert.equal(obstacle({}, false, false), undefined);
  });
});

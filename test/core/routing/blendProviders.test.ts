import assert from "node:assert/strict";
import fc from "fast-check";
import { type ProviderRecord, blendProviders } from "../../../src/core/routing/blendProviders.ts";

function record(provider: string | undefined, accepted: number, rejected: number, lately = 1): ProviderRecord {
  return { provider, accepted, rejected, lately };
}

function share(records: readonly ProviderRecord[], policy: Parameters<typeof blendProviders>[1] = {}): number {
  const { accepted, rejected } = blendProviders(records, policy);
  return accepted / (accepted + rejected);
}

const GOOD = record("Fine Host", 18, 2);
const BAD = record("Cheap Host", 2, 18);

describe("the records of a model's providers", () => {
  it("are the model's record where one provider has served, and nothing is added to it", () => {
    assert.deepEqual(blendProviders([GOOD], {}), { accepted: 18, rejected: 2 });
    assert.deepEqual(blendProviders([record(undefined, 3, 1)], {}), { accepted: 3, rejected: 1 });
  });

  it("count by how much each serves lately", () => {
    const even = share([GOOD, BAD]);
    assert.ok(Math.abs(even - 0.5) < 1e-9, String(even));
    assert.ok(share([{ ...GOOD, lately: 9 }, BAD]) > 0.6);
    assert.ok(share([GOOD, { ...BAD, lately: 9 }]) < 0.4);
  });

  it("count fully for a provider that the policy names, and the others a little", () => {
    assert.ok(share([GOOD, BAD], { only: ["fine-host"] }) > 0.65);
    assert.ok(share([GOOD, BAD], { order: ["fine-host/fp8"] }) > 0.65);
    assert.ok(share([GOOD, BAD], { ignore: ["fine-host"] }) < 0.35);
    const { accepted } = blendProviders([record("Other", 1_000, 0)], { only: ["fine-host"] });
    assert.ok(accepted < 16);
  });

  it("never say more than was seen, nor a share outside of what was seen", () => {
    const host = fc.constantFrom("A", "B", "C", undefined);
    const count = fc.integer({ min: 0, max: 300 });
    const anyRecord = fc
      .tuple(host, count, count, fc.double({ min: 0, max: 50, noNaN: true }))
      .map(([provider, accepted, rejected, lately]) => record(provider, accepted, rejected, lately));
    const records = fc.uniqueArray(anyRecord, { selector: ({ provider }) => provider, minLength: 1 });
    const policy = fc.constantFrom({}, { only: ["a"] }, { order: ["b", "c"] }, { ignore: ["a"] });
    fc.assert(
      fc.property(records, policy, (known, rules) => {
        const { accepted, rejected } = blendProviders(known, rules);
        const seen = known.reduce((sum, one) => sum + one.accepted + one.rejected, 0);
        assert.ok(accepted >= 0 && rejected >= 0 && accepted + rejected <= seen + 1e-6);
        const shares = known.filter((one) => one.accepted + one.rejected > 0);
        if (accepted + rejected === 0) return;
        const each = shares.map((one) => one.accepted / (one.accepted + one.rejected));
        const blended = accepted / (accepted + rejected);
        assert.ok(blended >= Math.min(...each) - 1e-9 && blended <= Math.max(...each) + 1e-9, String(blended));
      }),
    );
  });
});

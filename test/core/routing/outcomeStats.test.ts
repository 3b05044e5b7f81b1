import assert from "node:assert/strict";
import fc from "fast-check";
import { OUTCOME_KINDS, type OutcomeKind, countsOfAll } from "../../../src/core/routing/outcomeKind.ts";
import { type OutcomeTally, learnFromOutcomes } from "../../../src/core/routing/outcomeStats.ts";
import { type OutcomeCounts, successOdds } from "../../../src/core/routing/successOdds.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const NOW_MS = Date.UTC(2026, 10, 20);

function learned(tallies: readonly Partial<OutcomeTally>[]): OutcomeCounts | undefined {
  const whole = tallies.map((tally) => ({ model: "a/b", kind: "accepted" as const, count: 1, atMs: NOW_MS, ...tally }));
  return learnFromOutcomes(whole, NOW_MS)("a/b");
}

const kinds = fc.constantFrom(...OUTCOME_KINDS);
const ageMs = fc.integer({ min: -DAY_MS, max: 400 * DAY_MS });
const tally = fc.record({
  kind: kinds,
  count: fc.integer({ min: 1, max: 500 }),
  atMs: ageMs.map((age) => NOW_MS - age),
});
const tallies = fc.array(tally, { minLength: 1, maxLength: 30 });
const quality = fc.double({ min: 0, max: 1, noNaN: true });
const size = fc.constantFrom("small", "medium", "large");

describe("what is learned from outcomes", () => {
  const counted: readonly [OutcomeKind, OutcomeCounts][] = [
    ["accepted", { accepted: 1, rejected: 0 }],
    ["partly-accepted", { accepted: 0.5, rejected: 0.5 }],
    ["copied", { accepted: 0.5, rejected: 0 }],
    ["rejected", { accepted: 0, rejected: 1 }],
    ["undone", { accepted: 0, rejected: 1 }],
    ["regenerated", { accepted: 0, rejected: 0.5 }],
    ["climbed", { accepted: 0, rejected: 1 }],
    ["outranked", { accepted: 0, rejected: 0.5 }],
  ];
  for (const [kind, counts] of counted) {
    it(`counts "${kind}" as ${counts.accepted} accepted and ${counts.rejected} rejected`, () => {
      assert.deepEqual(countsOfAll(kind, 1), counts);
      assert.deepEqual(learned([{ kind }]), counts);
    });
  }

  it("counts a partly accepted answer by its share of lines, and half where that is not known", () => {
    const kind = "partly-accepted" as const;
    assert.deepEqual(learned([{ kind, count: 2, shares: { answers: 2, sum: 1.5 } }]), { accepted: 1.5, rejected: 0.5 });
    assert.deepEqual(learned([{ kind, count: 4, shares: { answers: 2, sum: 0.5 } }]), { accepted: 1.5, rejected: 2.5 });
    assert.deepEqual(learned([{ kind, count: 3 }]), { accepted: 1.5, rejected: 1.5 });
  });

  it("counts an answer once, whatever share of it was accepted", () => {
    const share = fc.record({
      proposed: fc.integer({ min: 1, max: 900 }),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(share, { maxLength: 30 }), fc.nat(30), (known, unknown) => {
        const sum = known.reduce((all, { proposed, part }) => all + Math.round(part * proposed) / proposed, 0);
        const count = known.length + unknown;
        const { accepted, rejected } = countsOfAll("partly-accepted", count, { answers: known.length, sum });
        assert.ok(Math.abs(accepted + rejected - count) < 1e-9);
        assert.ok(accepted >= -1e-9 && rejected >= -1e-9);
      }),
    );
  });

  it("keeps the models apart and knows nothing of the others", () => {
    const outcomesOf = learnFromOutcomes(
      [
        { model: "a/b", kind: "accepted", count: 3, atMs: NOW_MS },
        { model: "c/d", kind: "rejected", count: 2, atMs: NOW_MS },
      ],
      NOW_MS,
    );
    assert.deepEqual(outcomesOf("a/b"), { accepted: 3, rejected: 0 });
    assert.deepEqual(outcomesOf("c/d"), { accepted: 0, rejected: 2 });
    assert.equal(outcomesOf("e/f"), undefined);
  });

  it("halves every 30 days", () => {
    assert.equal(learned([{ atMs: NOW_MS - 30 * DAY_MS }])?.accepted, 0.5);
    assert.equal(learned([{ atMs: NOW_MS - 60 * DAY_MS, count: 8 }])?.accepted, 2);
  });

  it("never counts an older outcome more than a younger one, nor any more than once", () => {
    fc.assert(
      fc.property(ageMs, ageMs, kinds, (one, other, kind) => {
        const total = (age: number) => {
          const counts = learned([{ kind, atMs: NOW_MS - age }]);
          return (counts?.accepted ?? 0) + (counts?.rejected ?? 0);
        };
        assert.ok(total(Math.max(one, other)) <= total(Math.min(one, other)));
        assert.ok(total(one) >= 0 && total(one) <= 1);
      }),
    );
  });

  it("leaves the odds between 0 and 1, and between the prior and the share accepted", () => {
    fc.assert(
      fc.property(tallies, quality, size, (found, relative, taskSize) => {
        const counts = learned(found);
        assert.ok(counts);
        const prior = successOdds(relative, taskSize);
        const odds = successOdds(relative, taskSize, counts);
        assert.ok(odds >= 0 && odds <= 1, String(odds));
        const total = counts.accepted + counts.rejected;
        if (total === 0) return;
        const share = counts.accepted / total;
        assert.ok(odds >= Math.min(prior, share) - 1e-9 && odds <= Math.max(prior, share) + 1e-9);
      }),
    );
  });

  it("moves the odds towards every further outcome, a little by one and nearly all the way by many", () => {
    fc.assert(
      fc.property(tallies, quality, size, (found, relative, taskSize) => {
        const odds = (more: readonly Partial<OutcomeTally>[]) =>
          successOdds(relative, taskSize, learned([...found, ...more]));
        assert.ok(odds([{ kind: "accepted" }]) >= odds([]));
        assert.ok(odds([{ kind: "rejected" }]) <= odds([]));
      }),
    );
    const prior = successOdds(1, "medium");
    assert.ok(prior - successOdds(1, "medium", { accepted: 0, rejected: 1 }) < 0.1);
    assert.ok(successOdds(1, "medium", { accepted: 0, rejected: 200 }) < 0.06);
  });
});

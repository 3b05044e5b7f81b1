import assert from "node:assert/strict";
import fc from "fast-check";
import { type Ladder, type LadderCandidate, chooseLadder } from "../../../src/core/routing/chooseLadder.ts";
import { failuresOf } from "../../../src/core/routing/ladderOdds.ts";
import { successOdds } from "../../../src/core/routing/successOdds.ts";
import { choiceOf } from "./choiceOf.ts";

const candidate = (id: string, cost: number, odds: number): LadderCandidate => ({ choice: choiceOf(id, cost), odds });
const anyone = { mayBegin: () => true, rejectionCost: 0, failuresBesideBest: 1.3 };
const idsOf = (ladder: Ladder | undefined) => ladder?.rungs.map(({ choice }) => choice.model.id);

const candidates = fc.array(fc.tuple(fc.nat(1_000_000), fc.double({ min: 0, max: 0.99, noNaN: true })), {
  minLength: 1,
  maxLength: 60,
});

describe("a ladder", () => {
  it("begins with the cheap and climbs to the strong, at a fraction of the strong one's cost", () => {
    const ladder = chooseLadder(
      [candidate("cheap", 1_000, 0.7), candidate("middle", 10_000, 0.8), candidate("strong", 100_000, 0.9)],
      anyone,
    );
    assert.ok(ladder);
    assert.equal(idsOf(ladder)?.[0], "cheap");
    assert.equal(idsOf(ladder)?.at(-1), "strong");
    assert.ok(1 - ladder.odds <= 0.1 * 1.3 + 1e-9 && ladder.expectedCost < 50_000);
  });

  it("does not climb on to the dearest model where less is as likely to succeed as the best model alone", () => {
    const models = [
      candidate("cheap", 1_000, 0.7),
      candidate("strong", 10_000, 0.85),
      candidate("best", 100_000, 0.86),
    ];
    assert.deepEqual(idsOf(chooseLadder(models, anyone)), ["cheap", "strong"]);
  });

  it("still begins where it may among hundreds of models of which none beats another", () => {
    const models = Array.from({ length: 300 }, (_value, rank) => candidate(`m${rank}`, 1_000 + rank * 100, rank / 400));
    const ladder = chooseLadder(models, { ...anyone, mayBegin: ({ odds }) => odds >= 0.7 });
    assert.ok(ladder !== undefined && (ladder.rungs[0]?.odds ?? 0) >= 0.7);
  });

  it("begins higher for a person to whom a rejected answer costs more", () => {
    const models = [candidate("cheap", 1_000, 0.5), candidate("strong", 10_000, 0.9)];
    assert.equal(idsOf(chooseLadder(models, anyone))?.[0], "cheap");
    assert.deepEqual(idsOf(chooseLadder(models, { ...anyone, rejectionCost: 1_000_000 })), ["strong"]);
  });

  it("asks a cheap second opinion of others who are nearly as good before the dear one, and never one of the same author", () => {
    const models = (author: string) => [
      candidate("a/first", 1_000, 0.5),
      candidate(`${author}/second`, 1_500, 0.48),
      candidate("c/best", 100_000, 0.75),
    ];
    assert.deepEqual(idsOf(chooseLadder(models("b"), anyone)), ["a/first", "b/second", "c/best"]);
    assert.deepEqual(idsOf(chooseLadder(models("a"), anyone)), ["a/first", "c/best"]);
    const above = { ...anyone, mayBegin: ({ odds }: LadderCandidate) => odds > 0.49 };
    assert.deepEqual(idsOf(chooseLadder(models("b"), above)), ["a/first", "c/best"]);
  });

  it("begins only where it may, and is nothing without candidates", () => {
    const models = [candidate("cheap", 1_000, 0.7), candidate("strong", 100_000, 0.9)];
    const ladder = chooseLadder(models, { ...anyone, mayBegin: ({ odds }) => odds > 0.8 });
    assert.deepEqual(idsOf(ladder), ["strong"]);
    assert.equal(chooseLadder([], anyone), undefined);
    assert.equal(chooseLadder(models, { ...anyone, mayBegin: () => false }), undefined);
  });

  it("has at most three rungs, each dearer than nothing and stronger than the one before where nobody knows who made them, for any models", () => {
    fc.assert(
      fc.property(candidates, fc.nat(10_000_000), (models, rejectionCost) => {
        const ladder = chooseLadder(
          models.map(([cost, odds], index) => candidate(`m${index}`, cost, odds)),
          {
            ...anyone,
            rejectionCost,
          },
        );
        assert.ok(ladder !== undefined && ladder.rungs.length >= 1 && ladder.rungs.length <= 3);
        ladder.rungs.forEach(({ odds }, index) =>
          assert.ok(index === 0 || odds > (ladder.rungs[index - 1]?.odds ?? 1)),
        );
        assert.ok(1 - ladder.odds <= (1 - Math.max(...models.map(([, odds]) => odds))) * 1.3 + 1e-9);
        assert.ok(ladder.odds <= 1 && ladder.expectedCost >= 0);
      }),
    );
  });

  it("does not depend on the order of the models", () => {
    fc.assert(
      fc.property(candidates, (models) => {
        const list = models.map(([cost, odds], index) => candidate(`m${index}`, cost, odds));
        assert.deepEqual(idsOf(chooseLadder(list, anyone)), idsOf(chooseLadder(list.toReversed(), anyone)));
      }),
    );
  });

  it("never costs more when every price falls", () => {
    fc.assert(
      fc.property(candidates, fc.integer({ min: 1, max: 99 }), (models, percent) => {
        const at = (share: number) =>
          chooseLadder(
            models.map(([cost, odds], index) => candidate(`m${index}`, Math.floor(cost * share), odds)),
            anyone,
          );
        assert.ok((at(percent / 100)?.expectedCost ?? 0) <= (at(1)?.expectedCost ?? 0) + 1e-6);
      }),
    );
  });
});

describe("the odds that an answer is accepted", () => {
  it("rise with quality, fall with size, and follow the person's outcomes slowly", () => {
    assert.ok(successOdds(0.9, "medium") > successOdds(0.5, "medium"));
    assert.ok(successOdds(0.7, "small") > successOdds(0.7, "large"));
    const prior = successOdds(0.8, "medium");
    const few = successOdds(0.8, "medium", { accepted: 0, rejected: 2 });
    const many = successOdds(0.8, "medium", { accepted: 0, rejected: 60 });
    assert.ok(few < prior && few > prior * 0.8 && many < prior * 0.25);
  });
});

describe("the odds that all models of a ladder fail", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });

  it("are those of one model alone, and never more with another one", () => {
    fc.assert(
      fc.property(share, share, share, (one, two, three) => {
        assert.ok(Math.abs(failuresOf(one).odds - one) < 1e-9);
        assert.ok(failuresOf(one, two).odds <= Math.min(one, two) + 1e-9);
        assert.ok(failuresOf(one, two, three).odds <= failuresOf(one, two).odds + 1e-9);
      }),
    );
  });

  it("lie between those of failures that have nothing and all in common, in any order", () => {
    fc.assert(
      fc.property(share, share, share, (one, two, three) => {
        const { odds, dearness } = failuresOf(one, two, three);
        assert.ok(odds >= one * two * three - 1e-9 && odds <= Math.min(one, two, three) + 1e-9);
        assert.ok(Math.abs(odds - failuresOf(three, one, two).odds) < 1e-9);
        assert.ok(dearness >= odds - 1e-9 && dearness <= odds * 1.5 + 1e-9);
      }),
    );
  });

  it("count a third model with both failures before it", () => {
    const afterOne = 1 - failuresOf(0.5, 0.3).odds / 0.5;
    const afterBoth = 1 - failuresOf(0.5, 0.5, 0.3).odds / failuresOf(0.5, 0.5).odds;
    assert.ok(afterBoth < afterOne);
  });
});

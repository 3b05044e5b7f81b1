import assert from "node:assert/strict";
import fc from "fast-check";
import { toNanoUsd } from "../../../src/core/money/nanoUsd.ts";
import { type ArmVerdict, compareArms } from "../../../src/core/routing/compareArms.ts";
import { estimateShare } from "../../../src/core/routing/estimate.ts";
import type { ModelRecord } from "../../../src/core/routing/modelRecord.ts";

/** Answers that all cost and took about the same. */
function arm(model: string, accepted: number, rejected: number, each = { cost: 1_000_000, ms: 2_000 }): ModelRecord {
  const answers = Math.ceil(accepted + rejected);
  return {
    taskType: "fix",
    model,
    answers,
    accepted,
    rejected,
    cost: toNanoUsd(answers * each.cost),
    totalMs: answers * each.ms,
    costSquares: answers * each.cost ** 2 * 1.04,
    totalMsSquares: answers * each.ms ** 2 * 1.04,
  };
}

function aspectOf(one: ModelRecord, other: ModelRecord, aspect: "acceptance" | "cost" | "time") {
  const found = compareArms(one, other).find((compared) => compared.aspect === aspect);
  assert.ok(found);
  return found;
}

const acceptance = (one: ModelRecord, other: ModelRecord): ArmVerdict => aspectOf(one, other, "acceptance").verdict;

/** A small generator with a seed, so that the simulated experiments are the same in every run. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** How many of 1,000 experiments find a real difference. */
function findings(answers: number, odds: readonly [number, number]): number {
  const draw = draws(answers);
  const accepted = (share: number) => Array.from({ length: answers }, draw).filter((drawn) => drawn < share).length;
  return Array.from({ length: 1_000 }, () => {
    const [one, other] = [accepted(odds[0]), accepted(odds[1])];
    return acceptance(arm("a/one", one, answers - one), arm("b/two", other, answers - other));
  }).filter(({ kind }) => kind === "real").length;
}

const counts = fc.tuple(fc.nat(300), fc.nat(300));

describe("comparing two models on a task", () => {
  it("calls a clear difference real and names the better one", () => {
    const { verdict, sentence } = aspectOf(arm("a/one", 90, 10), arm("b/two", 50, 50), "acceptance");
    assert.deepEqual(verdict, { kind: "real", better: "a/one" });
    assert.equal(sentence, "a/one is accepted more often (90% against 50%): the difference is real.");
  });

  it("says how many answers are missing where nobody can tell yet", () => {
    const { verdict, sentence } = aspectOf(arm("a/one", 4, 1), arm("b/two", 3, 2), "acceptance");
    assert.ok(verdict.kind === "too-few");
    assert.ok(verdict.answersNeeded > 50 && verdict.answersNeeded < 500, String(verdict.answersNeeded));
    assert.match(sentence, /^Acceptance: too few answers to tell; about \d+ more are needed\.$/);
    assert.equal(acceptance(arm("a/one", 0, 0), arm("b/two", 0, 0)).kind, "too-few");
  });

  it("calls what is nearly the same after many answers alike", () => {
    assert.deepEqual(acceptance(arm("a/one", 4_000, 1_000), arm("b/two", 4_010, 990)), { kind: "alike" });
  });

  it("compares what answers cost and how long they take", () => {
    const [dear, cheap] = [arm("a/one", 50, 0, { cost: 2_000_000, ms: 2_000 }), arm("b/two", 50, 0)];
    assert.equal(aspectOf(dear, cheap, "cost").sentence, "b/two costs 50% less per answer: the difference is real.");
    const slow = arm("a/one", 500, 0, { cost: 1_000_000, ms: 2_010 });
    assert.equal(aspectOf(slow, arm("b/two", 500, 0), "time").sentence, "Time: no difference worth speaking of.");
    const few = aspectOf(arm("a/one", 5, 0, { cost: 2_000_000, ms: 1 }), arm("b/two", 5, 0), "cost");
    assert.deepEqual(few.verdict, { kind: "too-few", answersNeeded: 50 });
  });

  it("finds the same whichever is named first", () => {
    fc.assert(
      fc.property(counts, counts, ([a, b], [c, d]) => {
        const [one, other] = [arm("a/one", a, b), arm("b/two", c, d)];
        assert.deepEqual(
          compareArms(one, other).map(({ verdict }) => verdict),
          compareArms(other, one).map(({ verdict }) => verdict),
        );
      }),
    );
  });

  it("only ever calls the model with the better share the better one", () => {
    fc.assert(
      fc.property(counts, counts, ([a, b], [c, d]) => {
        const verdict = acceptance(arm("a/one", a, b), arm("b/two", c, d));
        if (verdict.kind === "real") assert.equal(verdict.better === "a/one", a * (c + d) > c * (a + b));
        if (verdict.kind === "too-few") assert.ok(Number.isFinite(verdict.answersNeeded) && verdict.answersNeeded >= 1);
      }),
    );
  });

  it("keeps shares, and their bounds, between 0 and 1 with the share inside", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e4, noNaN: true }), fc.nat(10_000), (accepted, rejected) => {
        const { value, low, high } = estimateShare({ accepted, rejected }, 2.576);
        assert.ok(low >= -1e-12 && low <= value && value <= high && high <= 1 + 1e-12);
      }),
    );
  });

  it("seldom finds a difference where there is none, and mostly one that is there", function () {
    this.timeout(30_000);
    for (const answers of [10, 40, 150]) {
      for (const odds of [0.5, 0.8, 0.97]) assert.ok(findings(answers, [odds, odds]) <= 20, `${answers} at ${odds}`);
    }
    assert.ok(findings(150, [0.9, 0.7]) > 900);
  });
});

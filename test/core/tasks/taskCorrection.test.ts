import assert from "node:assert/strict";
import fc from "fast-check";
import { TaskClassifier } from "../../../src/core/tasks/taskClassifier.ts";
import { fingerprintOf, similarity } from "../../../src/core/tasks/fingerprint.ts";
import type { TaskCorrection } from "../../../src/core/tasks/taskCorrection.ts";
import { TASK_TYPES, type TaskType } from "../../../src/core/tasks/taskType.ts";

const classifier = new TaskClassifier();

function correct(text: string, taskType: TaskType): TaskCorrection {
  return { fingerprint: fingerprintOf(text), taskType };
}

function classify(text: string, corrections: readonly TaskCorrection[]) {
  return classifier.classify({ text, hasSelection: true, hasDiagnostics: false }, corrections);
}

describe("a correction", () => {
  const corrected = correct("turn the callbacks in this handler into promises", "refactor");

  it("decides the same and similar prompts, and says so", () => {
    const same = classify("turn the callbacks in this handler into promises", [corrected]);
    assert.deepEqual([same.taskType, same.confidence], ["refactor", 1]);
    const similar = classify("please turn callbacks in that handler into a promise", [corrected]);
    assert.equal(similar.taskType, "refactor");
    assert.match(similar.because, /you corrected a similar request/);
    assert.ok(similar.confidence >= 0.7 && similar.confidence <= 1);
  });

  it("leaves other prompts alone", () => {
    assert.equal(classify("turn the header blue", [corrected]).taskType, "edit");
    assert.equal(classify("explain this handler", [corrected]).taskType, "explain");
    assert.equal(classify("", [corrected]).taskType, "question");
  });

  it("gives way to a later one, and to a more similar one", () => {
    const later = correct("turn the callbacks in this handler into promises", "edit");
    assert.equal(classify("turn the callbacks in this handler into promises", [corrected, later]).taskType, "edit");
    const closer = correct("turn the callbacks in this old handler into promises", "plan");
    assert.equal(
      classify("turn the callbacks in this old handler into promises", [closer, corrected]).taskType,
      "plan",
    );
  });

  it("gives way to a slash command", () => {
    assert.equal(
      classify("/explain turn the callbacks in this handler into promises", [corrected]).taskType,
      "explain",
    );
  });

  it("works in other languages", () => {
    const chinese = correct("把这个回调改成异步函数", "refactor");
    assert.equal(classify("请把这个回调改成异步函数", [chinese]).taskType, "refactor");
    const russian = correct("переведи колбэки в обработчике на промисы", "refactor");
    assert.equal(classify("переведи колбэк в обработчике на промис", [russian]).taskType, "refactor");
  });

  it("of a prompt always decides that prompt, if it has any words", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.constantFrom(...TASK_TYPES), (text, taskType) => {
        fc.pre(fingerprintOf(text).length > 0 && !text.trimStart().startsWith("/"));
        assert.equal(classify(text, [correct(text, taskType)]).taskType, taskType);
      }),
    );
  });
});

describe("a fingerprint", () => {
  it("is a small ascending set of numbers, the same every time", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 2_000 }), (text) => {
        const fingerprint = fingerprintOf(text);
        assert.ok(fingerprint.length <= 32);
        assert.deepEqual(
          [...new Set(fingerprint)].toSorted((left, right) => left - right),
          fingerprint,
        );
        assert.ok(fingerprint.every((value) => Number.isInteger(value) && value >= 0 && value < 4_096));
        assert.deepEqual(fingerprintOf(text), fingerprint);
      }),
    );
  });

  it("is alike from 0 to 1, in both directions, and wholly to itself", () => {
    const fingerprints = fc.string({ unit: "grapheme" }).map(fingerprintOf);
    fc.assert(
      fc.property(fingerprints, fingerprints, (left, right) => {
        const alike = similarity(left, right);
        assert.ok(alike >= 0 && alike <= 1);
        assert.equal(similarity(right, left), alike);
        assert.equal(similarity(left, left), left.length === 0 ? 0 : 1);
      }),
    );
  });

  it("takes as long for a megabyte as for a page", () => {
    const startedAtMs = performance.now();
    assert.ok(fingerprintOf("turn callbacks into promises ".repeat(40_000)).length > 0);
    assert.ok(performance.now() - startedAtMs < 250);
  });

  it("shares its numbers among many words, so that none can be read back", () => {
    const letters = fc.sample(
      fc.string({ unit: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz".split("")), minLength: 5, maxLength: 5 }),
      {
        numRuns: 20_000,
        seed: 1,
      },
    );
    const used = new Set(letters.flatMap((word) => fingerprintOf(word)));
    assert.ok(used.size > 3_500 && used.size <= 4_096, String(used.size));
  });
});

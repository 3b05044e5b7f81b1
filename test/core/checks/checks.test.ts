import assert from "node:assert/strict";
import fc from "fast-check";
import { checkCodeBlock } from "../../../src/core/checks/checkCodeBlock.ts";
import { checkJson } from "../../../src/core/checks/checkJson.ts";
import { type ReportedError, checkNewErrors } from "../../../src/core/checks/checkNewErrors.ts";
import type { CheckVerdict } from "../../../src/core/checks/checkVerdict.ts";
import { judgeEnding } from "../../../src/core/checks/judgeEnding.ts";

function lessonOf(verdict: CheckVerdict): string {
  return verdict.kind === "failed" ? verdict.lesson : "passed";
}

describe("the end of an answer", () => {
  const ending = { text: "because", finish: "complete", isRefusal: false, hasToolCalls: false } as const;

  it("fails without text, when the model refused, and when it was filtered", () => {
    assert.equal(lessonOf(judgeEnding(ending)), "passed");
    assert.equal(lessonOf(judgeEnding({ ...ending, finish: "length" })), "passed");
    assert.equal(lessonOf(judgeEnding({ ...ending, text: " \n" })), "was empty");
    assert.equal(lessonOf(judgeEnding({ ...ending, text: "", hasToolCalls: true })), "passed");
    assert.equal(lessonOf(judgeEnding({ ...ending, isRefusal: true })), "was a refusal");
    assert.match(lessonOf(judgeEnding({ ...ending, finish: "filtered" })), /content filter/);
  });
});

describe("an answer that must be code", () => {
  it("fails without a block and with one that is not closed", () => {
    assert.equal(lessonOf(checkCodeBlock("```ts\nlet a;\n```")), "passed");
    assert.equal(lessonOf(checkCodeBlock("I would rename it.")), "held no code block");
    assert.match(lessonOf(checkCodeBlock("```ts\nlet a;")), /in the middle/);
  });
});

describe("an answer that must be JSON", () => {
  it("may stand in a block, and must parse and have the shape that was asked for", () => {
    assert.equal(lessonOf(checkJson('{"a":1}')), "passed");
    assert.equal(lessonOf(checkJson('Here:\n```json\n{"a":1}\n```')), "passed");
    assert.equal(lessonOf(checkJson("{a:1}")), "is not valid JSON");
    assert.equal(lessonOf(checkJson("")), "is not valid JSON");
    assert.match(lessonOf(checkJson('```json\n{"a"')), /in the middle/);
    assert.match(lessonOf(checkJson("1", (value) => typeof value === "object")), /not of the shape/);
  });

  it("passes whatever is JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.equal(lessonOf(checkJson(`\`\`\`\`json\n${JSON.stringify(value)}\n\`\`\`\``)), "passed");
      }),
    );
  });
});

describe("errors after an edit", () => {
  const at = (line: number, message = "boom"): ReportedError => ({ message, line });
  const lines = { first: 10, last: 14 };

  it("fail it when they are new and near", () => {
    assert.equal(lessonOf(checkNewErrors([], [], lines)), "passed");
    assert.equal(lessonOf(checkNewErrors([], [at(11)], lines)), "leaves new errors (line 2 of the code: boom)");
    assert.equal(lessonOf(checkNewErrors([at(40)], [at(11)], lines)), "passed", "moved");
    assert.match(lessonOf(checkNewErrors([at(40)], [at(11), at(12)], lines)), /line 3 of the code/);
    assert.equal(lessonOf(checkNewErrors([], [at(2), at(60)], lines)), "passed", "far away");
    assert.match(
      lessonOf(
        checkNewErrors(
          [],
          [11, 12, 13, 14, 15].map((line) => at(line)),
          lines,
        ),
      ),
      /and 2 more\)$/,
    );
  });

  it("never fail an edit that leaves no more of any kind than before", () => {
    const errors = fc.array(fc.record({ message: fc.constantFrom("a", "b", "c"), line: fc.nat(30) }), { maxLength: 6 });
    fc.assert(
      fc.property(errors, fc.array(fc.nat(30), { minLength: 6, maxLength: 6 }), fc.nat(6), (before, moved, kept) => {
        const after = before.slice(0, kept).map(({ message }, index) => ({ message, line: moved[index] ?? 0 }));
        assert.equal(lessonOf(checkNewErrors(before, after, lines)), "passed");
      }),
    );
  });
});

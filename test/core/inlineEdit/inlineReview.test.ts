import assert from "node:assert/strict";
import { InlineReview } from "../../../src/core/inlineEdit/inlineReview.ts";
import { spliceLines } from "../../../src/core/inlineEdit/lineSplice.ts";

const BASE = ["function f() {", "  const a = 1;", "  const b = 2;", "  return a + b;", "}"];
const ANSWER = ["function f() {", "  const one = 1;", "  const b = 2;", "  // both", "  return one + b;", "}"];

function reviewOf(answer: readonly string[]): InlineReview {
  const review = new InlineReview(BASE, { firstLine: 10 });
  review.push(answer);
  review.end();
  return review;
}

describe("the review of an inline edit", () => {
  it("shows removed lines above those that take their place", () => {
    assert.deepEqual(reviewOf(ANSWER).mergedLines(), [
      "function f() {",
      "  const a = 1;",
      "  const one = 1;",
      "  const b = 2;",
      "  return a + b;",
      "  // both",
      "  return one + b;",
      "}",
    ]);
  });

  it("adds the lines of an answer to the document as they come, the last one while it is arriving", () => {
    const review = new InlineReview(BASE, { firstLine: 0 });
    let document: readonly string[] = BASE;
    for (const [lines, open, expected] of [
      [["function f() {"], "  con", BASE],
      [[], "  const one", BASE],
      [["  const one = 1;"], "", [BASE[0], "  const one = 1;", ...BASE.slice(1)]],
      [[], "  let x", [BASE[0], "  const one = 1;", "  let x", ...BASE.slice(1)]],
      [["  const b = 2;"], "", [BASE[0], "  const a = 1;", "  const one = 1;", ...BASE.slice(2)]],
    ] as const) {
      document = spliceLines(document, review.push(lines, open));
      assert.deepEqual(document, expected);
    }
  });

  it("touches the document only where the answer is", () => {
    const base = Array.from({ length: 2000 }, (_, line) => `line ${line}`);
    const review = new InlineReview(base, { firstLine: 0 });
    assert.deepEqual(review.push(base.slice(0, 1000)), []);
    assert.deepEqual(review.push(["new"]), [{ at: 1000, remove: 0, insert: ["new"] }]);
    assert.deepEqual(review.push(base.slice(1000)), []);
    assert.deepEqual(review.end(), []);
  });

  it("saves what was accepted also after the person typed into another change, and shows what they typed again", () => {
    const review = reviewOf(ANSWER);
    review.accept([review.hunks()[0]?.id ?? -1]);
    const place = { line: 10 + review.mergedLines().indexOf("  // both"), character: 0 };
    assert.equal(review.foreign({ start: place, end: place, text: "typed" }), "conflict");
    const shown = review.mergedLines();
    review.park();
    assert.deepEqual(review.mergedLines(), ["function f() {", "  const one = 1;", ...BASE.slice(2)]);
    review.unpark();
    assert.deepEqual(review.mergedLines(), shown);
    assert.ok(shown.includes("typed  // both"));
    assert.deepEqual(review.baseLines(), BASE);
  });

  it("tells which share of its lines was accepted", () => {
    const review = reviewOf(ANSWER);
    const [first] = review.hunks();
    assert.deepEqual(review.accept([first?.id ?? -1]), [{ at: 1, remove: 1, insert: [] }]);
    assert.deepEqual(review.acceptedShare(), { accepted: 2, all: 5 });
    assert.deepEqual(review.decidedLines(), ["function f() {", "  const one = 1;", ...BASE.slice(2)]);
    assert.deepEqual(review.proposedLines(), ANSWER);
    review.reject([review.hunks().at(-1)?.id ?? -1]);
    assert.deepEqual(review.proposedLines(), [...ANSWER.slice(0, 3), BASE[3], BASE[4]]);
  });

  it("moves with what is typed above, lets alone what is typed below, and keeps what is typed on lines that stay", () => {
    const review = reviewOf(ANSWER);
    const at = (line: number, character: number) => ({ start: { line, character }, end: { line, character } });
    assert.equal(review.foreign({ ...at(2, 0), text: "above\nabove\n" }), "moved");
    assert.equal(review.firstLine, 12);
    assert.equal(review.foreign({ ...at(20, 0), text: "below\n" }), "moved");
    assert.equal(review.foreign({ ...at(15, 14), text: " // two" }), "kept");
    assert.equal(review.baseLines()[2], "  const b = 2; // two");
    assert.deepEqual(
      review.hunks().map(({ first }) => first),
      [1, 4],
    );
  });

  it("has a conflict with what is typed into a change, and can still give back the lines of before", () => {
    const review = reviewOf(ANSWER);
    const place = { line: 12, character: 2 };
    assert.equal(review.foreign({ start: place, end: place, text: "x" }), "conflict");
    assert.equal(review.mergedLines()[2], "  xconst one = 1;");
    assert.deepEqual(review.baseLines(), BASE);
    assert.deepEqual(review.hunks(), []);
  });

  it("has a conflict with what is typed on lines that the answer has not come to", () => {
    const review = new InlineReview(BASE, { firstLine: 0 });
    review.push(["function f() {"]);
    const place = { line: 2, character: 0 };
    assert.equal(review.foreign({ start: place, end: place, text: "x" }), "conflict");
  });

  it("replaces an empty place by everything that comes", () => {
    const review = new InlineReview([""], { firstLine: 3, replacesAll: true });
    review.push(["a", "", "b"]);
    review.end();
    assert.equal(review.hunks().length, 1);
    review.accept(review.hunks().map(({ id }) => id));
    assert.deepEqual(review.mergedLines(), ["a", "", "b"]);
  });
});

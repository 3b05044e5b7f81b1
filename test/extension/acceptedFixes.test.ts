import assert from "node:assert/strict";
import { AcceptedFixes } from "../../src/extension/features/codeActions/acceptedFixes.ts";

const FIX = { turnId: "one", document: "file:///a.ts", textBefore: "bad", textAfter: "good" };

describe("an accepted fix", () => {
  it("is undone by an Undo that brings the text before it, and accepted again by a Redo", () => {
    const fixes = new AcceptedFixes();
    fixes.add(FIX);
    assert.deepEqual(fixes.verdicts("undo", FIX.document, "bad"), [{ turnId: "one", kind: "undone" }]);
    assert.deepEqual(fixes.verdicts("redo", FIX.document, "good"), [{ turnId: "one", kind: "accepted" }]);
  });

  it("is not touched by another text, another document, or the other step", () => {
    const fixes = new AcceptedFixes();
    fixes.add(FIX);
    assert.deepEqual(fixes.verdicts("undo", FIX.document, "good but typed on"), []);
    assert.deepEqual(fixes.verdicts("undo", "file:///b.ts", "bad"), []);
    assert.deepEqual(fixes.verdicts("redo", FIX.document, "bad"), []);
    assert.equal(fixes.isWatched("file:///b.ts"), false);
  });

  it("is told apart from one before it in the same document, and the oldest are forgotten", () => {
    const fixes = new AcceptedFixes();
    fixes.add(FIX);
    fixes.add({ ...FIX, turnId: "two", textBefore: "good", textAfter: "better" });
    assert.deepEqual(fixes.verdicts("undo", FIX.document, "good"), [{ turnId: "two", kind: "undone" }]);
    assert.deepEqual(fixes.verdicts("undo", FIX.document, "bad"), [{ turnId: "one", kind: "undone" }]);
    for (let index = 0; index < 20; index += 1) fixes.add({ ...FIX, document: `file:///${index}` });
    assert.equal(fixes.isWatched(FIX.document), false);
  });
});

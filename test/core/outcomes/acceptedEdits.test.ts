import assert from "node:assert/strict";
import { type AcceptedEdit, AcceptedEdits, type AfterAccepting } from "../../../src/core/outcomes/acceptedEdits.ts";
import type { ForeignChange } from "../../../src/core/inlineEdit/foreignChange.ts";

const MINUTE_MS = 60_000;
const ONE = "file:///one.ts";
const TWO = "file:///two.ts";
const NEW = "file:///new.test.ts";
const GONE = "file:///gone.ts";

const FIX: AcceptedEdit = {
  turnId: "turn",
  kind: "accepted",
  lines: { accepted: 2, proposed: 2 },
  files: [{ document: ONE, textBefore: "bad\nrest\n", textAfter: "good\nrest\n" }],
};
const SET: AcceptedEdit = {
  turnId: "set",
  kind: "partly-accepted",
  lines: { accepted: 8, proposed: 10 },
  files: [
    { document: ONE, textBefore: "a\n", textAfter: "A\n" },
    { document: TWO, textBefore: "b\n", textAfter: "B\n" },
    { document: NEW, textBefore: undefined, textAfter: "one\ntwo\nthree\n" },
    { document: GONE, textBefore: "x\n", textAfter: undefined },
  ],
};

/** An editor of which only the edits that are watched see anything. */
class Stage {
  readonly edits = new AcceptedEdits();
  nowMs = 0;

  accept(edit: AcceptedEdit): this {
    this.edits.add(edit, this.nowMs);
    return this;
  }

  go(step: "undo" | "redo", document: string, text: string): readonly string[] {
    const change = { changes: [], step, isByPerson: true, textNow: () => text };
    return this.edits.changed(document, change, this.nowMs).map(described);
  }

  type(document: string, change: ForeignChange, { isByPerson = true, text = "typed" } = {}): readonly string[] {
    const event = { changes: [change], step: undefined, isByPerson, textNow: () => text };
    return this.edits.changed(document, event, this.nowMs).map(described);
  }

  there(document: string, isThere: boolean): readonly string[] {
    return this.edits.isThere(document, isThere, this.nowMs).map(described);
  }
}

function described(after: AfterAccepting): string {
  if (after.kind === "edited") return `${after.turnId} edited ${after.lines()}`;
  const lines = after.lines === undefined ? "?" : `${after.lines.accepted}/${after.lines.proposed}`;
  return `${after.turnId} ${after.kind} ${lines}`;
}

const at = (line: number, text = "x"): ForeignChange => ({
  start: { line, character: 0 },
  end: { line, character: 0 },
  text,
});

describe("an accepted edit", () => {
  it("is undone by an Undo that brings the text before it, and accepted again by a Redo", () => {
    const stage = new Stage().accept(FIX);
    assert.deepEqual(stage.go("undo", ONE, "bad\nrest\n"), ["turn undone 0/2"]);
    assert.deepEqual(stage.go("undo", ONE, "bad\nrest\n"), [], "it is told once");
    assert.deepEqual(stage.go("redo", ONE, "good\nrest\n"), ["turn accepted 2/2"]);
  });

  it("that was taken in part is taken in part again by a Redo", () => {
    const stage = new Stage().accept({ ...FIX, kind: "partly-accepted", lines: { accepted: 2, proposed: 5 } });
    assert.deepEqual(stage.go("undo", ONE, "bad\nrest\n"), ["turn undone 0/5"]);
    assert.deepEqual(stage.go("redo", ONE, "good\nrest\n"), ["turn partly-accepted 2/5"]);
  });

  it("is not undone by another text, in another document, by a Redo, or by typing the text before it", () => {
    const stage = new Stage().accept(FIX);
    assert.deepEqual(stage.go("undo", ONE, "good but typed on"), []);
    assert.deepEqual(stage.go("undo", TWO, "bad\nrest\n"), []);
    assert.deepEqual(stage.go("redo", ONE, "bad\nrest\n"), []);
    assert.deepEqual(stage.type(ONE, at(1), { text: "bad\nrest\n" }), []);
    assert.equal(stage.edits.isWatched(TWO), false);
  });

  it("is told apart from one before it in the same document, and the oldest are forgotten", () => {
    const stage = new Stage().accept(FIX);
    const [file] = FIX.files;
    assert.ok(file);
    stage.accept({
      ...FIX,
      turnId: "next",
      files: [{ ...file, textBefore: "good\nrest\n", textAfter: "better\nrest\n" }],
    });
    assert.deepEqual(stage.go("undo", ONE, "good\nrest\n"), ["next undone 0/2"]);
    assert.deepEqual(stage.go("undo", ONE, "bad\nrest\n"), ["turn undone 0/2"]);
    for (let index = 0; index < 20; index += 1)
      stage.accept({ ...FIX, files: [{ ...file, document: `file:///${index}` }] });
    assert.equal(stage.edits.isWatched(ONE), false);
  });

  it("is edited afterwards once, with as many lines as were changed in the end", () => {
    const stage = new Stage().accept(FIX);
    assert.deepEqual(stage.type(ONE, at(1)), [], "beside it");
    assert.deepEqual(stage.type(ONE, at(0), { isByPerson: false }), [], "by a formatter");
    assert.deepEqual(stage.type(ONE, at(0)), ["turn edited 1"]);
    assert.deepEqual(stage.type(ONE, at(0)), []);
  });

  it("tells the number of lines at any time, also when it is watched no more", () => {
    const edits = new AcceptedEdits();
    edits.add({ ...FIX, files: [{ document: ONE, textBefore: "", textAfter: "one\ntwo\nthree\n" }] }, 0);
    const event = (line: number) => ({ changes: [at(line)], step: undefined, isByPerson: true, textNow: () => "" });
    const [after] = edits.changed(ONE, event(0), 5);
    assert.equal(after?.kind, "edited");
    edits.changed(ONE, event(2), 6);
    edits.changed(ONE, event(1), 11 * MINUTE_MS);
    assert.deepEqual([after.lines(), after.untilMs], [2, 10 * MINUTE_MS]);
  });

  it("that was undone is not edited by what is typed in its place", () => {
    const stage = new Stage().accept(FIX);
    stage.go("undo", ONE, "bad\nrest\n");
    assert.deepEqual(stage.type(ONE, at(0)), []);
    stage.go("redo", ONE, "good\nrest\n");
    assert.deepEqual(stage.type(ONE, at(0)), ["turn edited 1"]);
  });

  it("is no longer watched after ten minutes", () => {
    const stage = new Stage().accept(FIX);
    stage.nowMs = 10 * MINUTE_MS - 1;
    assert.deepEqual(stage.go("undo", ONE, "bad\nrest\n"), ["turn undone 0/2"]);
    stage.nowMs += 1;
    assert.deepEqual(stage.go("redo", ONE, "good\nrest\n"), []);
    assert.equal(stage.edits.isWatched(ONE), false);
  });

  it("that changes no text is not watched", () => {
    assert.equal(
      new Stage().accept({ ...FIX, files: [{ document: ONE, textBefore: "a", textAfter: "a" }] }).edits.isWatched(ONE),
      false,
    );
  });
});

describe("an accepted change of several files", () => {
  it("is taken in part when some of them are undone, and undone when all are", () => {
    const stage = new Stage().accept(SET);
    assert.deepEqual(stage.go("undo", ONE, "a\n"), ["set partly-accepted 6/10"]);
    assert.deepEqual(stage.there(NEW, false), ["set partly-accepted 3/10"]);
    assert.deepEqual(stage.go("undo", TWO, "b\n"), ["set partly-accepted 1/10"]);
    assert.deepEqual(stage.there(GONE, true), ["set undone 0/10"]);
    assert.deepEqual(stage.go("redo", ONE, "A\n"), ["set partly-accepted 2/10"]);
    assert.deepEqual(stage.go("redo", TWO, "B\n"), ["set partly-accepted 4/10"]);
    assert.deepEqual(stage.there(NEW, true), ["set partly-accepted 7/10"]);
    assert.deepEqual(stage.there(GONE, false), ["set partly-accepted 8/10"]);
  });

  it("knows no share where none was known", () => {
    const stage = new Stage().accept({ ...SET, lines: undefined });
    assert.deepEqual(stage.go("undo", ONE, "a\n"), ["set partly-accepted ?"]);
  });

  it("is not undone by events that tell late what it did itself, or by the deletion of a file that was there", () => {
    const stage = new Stage().accept(SET);
    assert.deepEqual(stage.there(NEW, true), []);
    assert.deepEqual(stage.there(GONE, false), []);
    assert.deepEqual(stage.there(ONE, false), []);
  });

  it("has a new file undone when it is emptied", () => {
    const stage = new Stage().accept({
      ...SET,
      files: SET.files.slice(2, 3),
      kind: "accepted",
      lines: { accepted: 3, proposed: 3 },
    });
    const all: ForeignChange = { start: { line: 0, character: 0 }, end: { line: 3, character: 0 }, text: "" };
    assert.deepEqual(stage.type(NEW, all, { text: "" }), ["set undone 0/3"]);
  });
});

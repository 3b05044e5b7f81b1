import assert from "node:assert/strict";
import fc from "fast-check";
import type { ForeignChange } from "../../../src/core/inlineEdit/foreignChange.ts";
import { countChanged } from "../../../src/core/outcomes/changedLines.ts";
import { WatchedLines } from "../../../src/core/outcomes/watchedLines.ts";
import { TextDocument } from "../inlineEdit/textDocument.ts";

const BEFORE = "one\ntwo\nthree\nfour\n";
const AFTER = "one\nTWO\nTWO AND A HALF\nthree\nFOUR\n";

const insert = (line: number, character: number, text: string): ForeignChange => ({
  start: { line, character },
  end: { line, character },
  text,
});

function watched(...changes: readonly ForeignChange[]): { places: readonly number[]; edited: number } {
  const lines = new WatchedLines(BEFORE, AFTER);
  for (const change of changes) lines.change(change, true);
  return { places: lines.places, edited: lines.edited };
}

describe("the lines of an accepted edit", () => {
  const cases: readonly {
    name: string;
    changes: readonly ForeignChange[];
    places: readonly number[];
    edited: number;
  }[] = [
    { name: "are those that the edit brought", changes: [], places: [1, 2, 4], edited: 0 },
    { name: "move with what is written above them", changes: [insert(0, 0, "zero\n\n")], places: [3, 4, 6], edited: 0 },
    { name: "stay where something is written below", changes: [insert(5, 0, "five")], places: [1, 2, 4], edited: 0 },
    {
      name: "are not changed by what is typed beside them",
      changes: [insert(3, 5, "!")],
      places: [1, 2, 4],
      edited: 0,
    },
    { name: "are edited by a letter", changes: [insert(1, 3, "!")], places: [1, 2, 4], edited: 1 },
    {
      name: "are counted once, however often one is edited",
      changes: [insert(1, 3, "!"), insert(1, 4, "?"), insert(4, 0, "x")],
      places: [1, 2, 4],
      edited: 2,
    },
    {
      name: "are not edited by indentation",
      changes: [insert(1, 0, "\t"), insert(2, 3, "  ")],
      places: [1, 2, 4],
      edited: 0,
    },
    { name: "are not edited by Enter within one", changes: [insert(2, 3, "\n  ")], places: [1, 2, 3, 5], edited: 0 },
    {
      name: "are not edited by a line below the last of them",
      changes: [insert(2, 14, "\nnew")],
      places: [1, 2, 5],
      edited: 0,
    },
    {
      name: "are edited by a line between two of them",
      changes: [insert(1, 3, "\nnew")],
      places: [1, 2, 3, 5],
      edited: 1,
    },
    {
      name: "are edited where some are taken out by hand",
      changes: [{ start: { line: 1, character: 0 }, end: { line: 3, character: 0 }, text: "" }],
      places: [2],
      edited: 2,
    },
    {
      name: "are edited no more than they differ where all of the document is replaced",
      changes: [
        {
          start: { line: 0, character: 0 },
          end: { line: 5, character: 0 },
          text: AFTER.replace("FOUR", "4").replace("one", "1"),
        },
      ],
      places: [1, 2, 4],
      edited: 1,
    },
  ];
  for (const { name, changes, places, edited } of cases) {
    it(name, () => assert.deepEqual(watched(...changes), { places, edited }));
  }

  it("are moved and not edited by a formatter", () => {
    const lines = new WatchedLines(BEFORE, AFTER);
    lines.change(insert(1, 3, ";"), false);
    lines.change(insert(0, 0, "// head\n"), false);
    assert.deepEqual(lines.places, [2, 3, 5]);
    assert.equal(lines.edited, 0);
    lines.change(insert(2, 0, "x"), true);
    assert.equal(lines.edited, 1);
    lines.change(insert(2, 0, "\t"), true);
    lines.change(insert(2, 0, "let "), false);
    assert.equal(lines.edited, 1, "what was edited stays edited");
    lines.change({ start: { line: 2, character: 0 }, end: { line: 4, character: 0 }, text: "" }, false);
    assert.equal(lines.edited, 0, "what others take out is nobody's edit");
  });

  it("of a new file are all but the empty one at its end", () => {
    assert.deepEqual(new WatchedLines("", "one\ntwo\n").places, [0, 1]);
    assert.equal(countChanged(undefined, "one\ntwo\n"), 2);
    assert.equal(countChanged("one\r\ntwo", "one\ntwo\n"), 0);
    assert.equal(countChanged("one\n", undefined), 1);
  });

  /** Each line has a name of its own, so that it is known which ones stand where. */
  const WORLD = fc.record({
    before: fc.integer({ min: 0, max: 4 }),
    accepted: fc.integer({ min: 1, max: 5 }),
    after: fc.integer({ min: 0, max: 4 }),
    eol: fc.constantFrom("\n", "\r\n"),
    steps: fc.array(
      fc.record({
        from: fc.nat(),
        lines: fc.nat(3),
        start: fc.nat(),
        end: fc.nat(),
        text: fc.array(fc.constantFrom("", "x", "  ", "new 1", "new 2"), { minLength: 1, maxLength: 3 }),
        isByPerson: fc.boolean(),
      }),
      { maxLength: 12 },
    ),
  });

  it("are found where they stand, whatever is changed, and only what the person does to them is an edit", () => {
    fc.assert(
      fc.property(WORLD, ({ before, accepted, after, eol, steps }) => {
        const named = (kind: string, count: number) => Array.from({ length: count }, (_, index) => `${kind} ${index};`);
        const [head, own, tail] = [named("head", before), named("own", accepted), named("tail", after)];
        const document = new TextDocument([...head, ...own, ...tail].join(eol), eol);
        const lines = new WatchedLines([...head, ...tail].join(eol), document.text);
        let [isTouched, isHandOn] = [false, false];
        for (const { from, lines: count, start, end, text, isByPerson } of steps) {
          const there = document.lines();
          const first = from % there.length;
          const last = Math.min(first + count, there.length - 1);
          const startAt = start % ((there[first] ?? "").length + 1);
          const endAt = Math.max(first === last ? startAt : 0, end % ((there[last] ?? "").length + 1));
          const change = {
            start: { line: first, character: startAt },
            end: { line: last, character: endAt },
            text: text.join(eol),
          };
          const isOver = lines.places.some((place) => place >= first && place <= last);
          const isBetween = lines.places.includes(first) && lines.places.includes(first + 1);
          isTouched ||= isOver || isBetween;
          isHandOn ||= isByPerson && (isOver || isBetween);
          document.edit([change]);
          lines.change(change, isByPerson);
          const now = document.lines();
          assert.ok(
            lines.places.every((place) => place < now.length),
            "they are lines of the document",
          );
          for (const [place, line] of now.entries()) {
            if (/^own \d;$/u.test(line)) assert.ok(lines.places.includes(place), `${line} is still one of them`);
            if (/^(?:head|tail) \d;$/u.test(line) && !isTouched)
              assert.ok(!lines.places.includes(place), `${line} is none`);
          }
          if (!isHandOn) assert.equal(lines.edited, 0);
        }
        if (!isTouched) assert.equal(lines.places.length, accepted);
      }),
      { numRuns: 500 },
    );
  });
});

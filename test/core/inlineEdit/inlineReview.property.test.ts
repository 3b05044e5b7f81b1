import assert from "node:assert/strict";
import fc from "fast-check";
import type { ForeignChange } from "../../../src/core/inlineEdit/foreignChange.ts";
import { InlineReview } from "../../../src/core/inlineEdit/inlineReview.ts";
import { spliceBetween, spliceLines as spliceAll } from "../../../src/core/inlineEdit/lineSplice.ts";
import { TextDocument } from "./textDocument.ts";

/** Lines that occur often, rarely, with tabs, and without a word. */
const LINE = fc.constantFrom(
  "",
  "}",
  "  return a;",
  "\tif (b) {",
  "const a = 1;",
  "const b = 2;",
  "x",
  "y()",
  "ä 🙂",
  "  ",
);

const STEP = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("chunk" as const), size: fc.integer({ min: 1, max: 30 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("accept" as const, "reject" as const), pick: fc.nat() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("foreign" as const),
      pick: fc.nat(),
      how: fc.constantFrom("line above" as const, "letter" as const, "delete" as const, "enter" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("end" as const, "save" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("accept all" as const, "reject all" as const) }) },
);

type Step = typeof STEP extends fc.Arbitrary<infer T> ? T : never;

const CASE = fc.record({
  before: fc.array(LINE, { maxLength: 3 }),
  base: fc.array(LINE, { minLength: 1, maxLength: 12 }),
  after: fc.array(LINE, { maxLength: 3 }),
  /** The answer: lines of its own, or the base with some left out, put in and changed. */
  change: fc.array(fc.tuple(fc.nat(), fc.constantFrom("drop", "insert", "replace"), LINE), { maxLength: 6 }),
  fresh: fc.option(fc.array(LINE, { maxLength: 12 })),
  endsWithNewline: fc.boolean(),
  replacesAll: fc.boolean(),
  eol: fc.constantFrom("\n", "\r\n"),
  steps: fc.array(STEP, { maxLength: 40 }),
  last: fc.constantFrom("cancel" as const, "accept" as const, "decided" as const),
});

type Case = typeof CASE extends fc.Arbitrary<infer T> ? T : never;

/** A change as the person last saw it pending. */
interface SeenHunk {
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** A document with a review, and beside it the document as it would be had nobody asked for the edit. */
class Stage {
  readonly document: TextDocument;
  readonly review: InlineReview;
  readonly proposed: readonly string[];
  /** Lines without the edit, but with everything the person typed. */
  shadow: string[];
  #answer: string;
  #sent = 0;
  hasConflict = false;
  /** The region is all of the document. */
  #isWhole: boolean;
  readonly #seen = new Map<number, SeenHunk>();

  constructor({ before, base, after, change, fresh, endsWithNewline, replacesAll, eol }: Case) {
    this.proposed = fresh ?? changed(base, change);
    this.document = new TextDocument([...before, ...base, ...after, ...(endsWithNewline ? [""] : [])].join(eol), eol);
    this.shadow = [...this.document.lines()];
    this.#isWhole = this.shadow.length === base.length;
    this.review = new InlineReview(base, { firstLine: before.length, replacesAll });
    this.#answer = this.proposed.map((line) => `${line}\n`).join("");
  }

  take(step: Step): void {
    if (this.hasConflict) return;
    switch (step.kind) {
      case "chunk":
        this.#chunk(step.size);
        break;
      case "end":
        this.end();
        break;
      case "save":
        this.#splice(this.review.park());
        assert.deepEqual(this.review.mergedLines(), this.review.decidedLines());
        this.#splice(this.review.unpark());
        break;
      case "accept all":
      case "reject all":
        this.decide(step.kind === "accept all", this.pendingIds());
        break;
      case "accept":
      case "reject": {
        const ids = this.pendingIds();
        const id = ids[step.pick % Math.max(1, ids.length)];
        if (id !== undefined) this.decide(step.kind === "accept", [id]);
        break;
      }
      case "foreign":
        this.#foreign(step);
    }
    this.check();
  }

  end(): void {
    this.#chunk(this.#answer.length);
    this.#splice(this.review.end());
  }

  decide(isAccepted: boolean, ids: readonly number[]): void {
    for (const { id, first, removed, added, state, isOpen } of this.review.hunks()) {
      if (!ids.includes(id) || state !== "pending" || isOpen) continue;
      const lines = this.review.mergedLines();
      this.#seen.set(id, {
        removed: lines.slice(first, first + removed),
        added: lines.slice(first + removed, first + removed + added),
      });
    }
    this.#splice(isAccepted ? this.review.accept(ids) : this.review.reject(ids));
  }

  pendingIds(): readonly number[] {
    return this.review.hunks().flatMap(({ id, state, isOpen }) => (state === "pending" && !isOpen ? [id] : []));
  }

  /** As the host does at the end: the region becomes these lines. */
  become(lines: readonly string[]): void {
    const merged = this.review.mergedLines();
    // A document without a line has one all the same.
    const splice = spliceBetween(merged.length === 0 && this.#isWhole ? [""] : merged, lines);
    if (splice !== undefined) this.#splice([splice]);
  }

  /** The document's lines, each with its line of the shadow; `undefined` for those that the edit added. */
  places(): readonly (number | undefined)[] {
    const { firstLine, lineCount } = this.review;
    const places: (number | undefined)[] = [];
    let shadow = 0;
    const walk = (count: number) => {
      for (let step = 0; step < count; step += 1) places.push(shadow++);
    };
    walk(firstLine);
    for (const { id, state, first, removed, added } of this.review.hunks()) {
      walk(firstLine + first - places.length);
      if (state === "accepted") shadow += this.#seen.get(id)?.removed.length ?? 0;
      walk(removed);
      for (let step = 0; step < added; step += 1) places.push(undefined);
    }
    walk(firstLine + lineCount - places.length);
    walk(this.document.lines().length - places.length);
    return places;
  }

  /** What the document must be, from the shadow and the changes as they were accepted. */
  decided(): readonly string[] {
    const lines = this.document.lines();
    return this.places().flatMap((place, line) =>
      place === undefined ? (lines[line] ?? "") : (this.shadow[place] ?? "?"),
    );
  }

  check(): void {
    const lines = this.document.lines();
    const { firstLine, lineCount } = this.review;
    if (lineCount > 0) this.#isWhole = lineCount === lines.length;
    const isEmptied = lineCount === 0 && lines.length === 1 && lines[0] === "";
    if (!isEmptied) assert.deepEqual(lines.slice(firstLine, firstLine + lineCount), this.review.mergedLines());
    if (this.hasConflict || isEmptied) return;
    assert.deepEqual(lines, this.decided());
    const accepted = this.review.hunks().filter(({ state }) => state === "accepted");
    for (const { id, first, added } of accepted)
      assert.deepEqual(lines.slice(firstLine + first, firstLine + first + added), this.#seen.get(id)?.added);
  }

  #chunk(size: number): void {
    const text = this.#answer.slice(this.#sent, this.#sent + size);
    this.#sent += text.length;
    const whole = this.#answer.slice(0, this.#sent);
    const lines = text.split("\n");
    const open = whole.slice(whole.lastIndexOf("\n") + 1);
    const arrived = lines.slice(0, -1);
    if (arrived.length > 0) arrived[0] = this.#openBefore + (arrived[0] ?? "");
    this.#openBefore = open;
    this.#splice(this.review.push(arrived, open));
  }

  #openBefore = "";

  #splice(splices: Parameters<TextDocument["splice"]>[0]): void {
    this.document.splice(splices, this.review.firstLine);
  }

  #foreign({ pick, how }: Extract<Step, { kind: "foreign" }>): void {
    const lines = this.document.lines();
    const places = this.places();
    const line = pick % lines.length;
    const place = places[line];
    const length = lines[line]?.length ?? 0;
    // Between decided changes nobody can say where a line without the edit would be.
    const isClear = (other: number): boolean => {
      if (other < 0) return place === 0;
      return other >= lines.length
        ? place === this.shadow.length - 1
        : Math.abs((places[other] ?? -9) - (place ?? -9)) === 1;
    };
    const isPlain = place !== undefined && isClear(line - 1) && isClear(line + 1);
    const typed = foreignChange(how, { line, length, lineCount: lines.length });
    const change = { ...typed, text: typed.text.replaceAll("\n", this.document.eol) };
    const outcome = this.review.foreign(change);
    this.document.edit([change]);
    if (outcome === "conflict") {
      this.hasConflict = true;
      return;
    }
    assert.ok(place !== undefined || !isPlain);
    if (!isPlain) {
      // Both are known to agree; from here on the model begins anew.
      this.hasConflict = true;
      return;
    }
    this.shadow = applied(this.shadow, { ...typed, ...moved(typed, place - line) });
  }
}

function moved({ start, end }: ForeignChange, by: number): Pick<ForeignChange, "start" | "end"> {
  return { start: { ...start, line: start.line + by }, end: { ...end, line: end.line + by } };
}

function applied(lines: readonly string[], change: ForeignChange): string[] {
  const document = new TextDocument(lines.join("\n"), "\n");
  document.edit([{ ...change, text: change.text }]);
  return [...document.lines()];
}

function foreignChange(
  how: Extract<Step, { kind: "foreign" }>["how"],
  { line, length, lineCount }: { line: number; length: number; lineCount: number },
): ForeignChange {
  const start = { line, character: 0 };
  const end = { line, character: length };
  if (how === "line above") return { start, end: start, text: "typed\n" };
  if (how === "letter") return { start: end, end, text: "z" };
  if (how === "enter") return { start: end, end, text: "\n" };
  return line + 1 < lineCount ? { start, end: { line: line + 1, character: 0 }, text: "" } : { start, end, text: "" };
}

function changed(base: readonly string[], changes: Case["change"]): readonly string[] {
  const lines = [...base];
  for (const [at, how, line] of changes) {
    const index = at % Math.max(1, lines.length);
    if (how === "drop") lines.splice(index, 1);
    if (how === "insert") lines.splice(index, 0, line);
    if (how === "replace") lines.splice(index, 1, line);
  }
  return lines;
}

describe("a review of an inline edit, whatever happens in whatever order", () => {
  it("shows the lines of its model, leaves everything else alone, and ends with what was decided", () => {
    fc.assert(
      fc.property(CASE, (example) => {
        const stage = new Stage(example);
        for (const step of example.steps) stage.take(step);
        if (example.last === "accept" && !stage.hasConflict) {
          stage.end();
          stage.decide(true, stage.pendingIds());
          stage.check();
          return;
        }
        const { decided, base } = { decided: stage.review.decidedLines(), base: stage.review.baseLines() };
        assert.deepEqual(spliceAll(base, stage.review.decidedSplices()), decided);
        stage.become(example.last === "cancel" ? stage.review.baseLines() : stage.review.decidedLines());
        if (stage.hasConflict) return;
        if (example.last === "cancel") assert.deepEqual(stage.document.lines(), stage.shadow);
      }),
      { numRuns: 3000 },
    );
  });

  it("becomes the answer when everything is accepted, and the original when everything is rejected or cancelled", () => {
    fc.assert(
      fc.property(CASE, fc.boolean(), (example, isAccepted) => {
        const stage = new Stage(example);
        const original = stage.document.text;
        for (const step of example.steps) if (step.kind === "chunk" || step.kind === "end") stage.take(step);
        const cancelled = new Stage(example);
        for (const step of example.steps) if (step.kind !== "foreign") cancelled.take(step);
        cancelled.become(cancelled.review.baseLines());
        assert.equal(cancelled.document.text, original);

        stage.end();
        stage.decide(isAccepted, stage.pendingIds());
        const { before, after, endsWithNewline, eol } = example;
        const expected = [...before, ...stage.proposed, ...after, ...(endsWithNewline ? [""] : [])].join(eol);
        assert.equal(stage.document.text, isAccepted ? expected : original);
      }),
      { numRuns: 3000 },
    );
  });
});

import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { EditRow } from "../../../src/core/edits/editRow.ts";
import { planFileEdits } from "../../../src/core/edits/planFileEdit.ts";
import { readAnswerEdits } from "../../../src/core/edits/readAnswerEdits.ts";
import { applyTextEdits } from "../../../src/core/edits/textLines.ts";
import { applyAnswer } from "./applyAnswer.ts";
import { type TrueEdit, asPartialCode, asPatch, asSearchReplace, asUnifiedDiff, asWholeFile } from "./renderEdit.ts";

const RUNS = { numRuns: 300 };

const indentation = fc.constantFrom("", "  ", "    ", "\t", "\t\t");
const words = fc.constantFrom(
  "return total;",
  "if (isReady) {",
  "}",
  "",
  "sum += price;",
  "“Größe” – naïve",
  "// note",
  "---",
  "+++ x",
);
/** Lines as code has them: many of them in several places. */
const commonLine = fc.tuple(indentation, words).map(([blanks, text]) => blanks + text);
const ownLine = fc
  .tuple(indentation, fc.integer({ min: 0, max: 99_999 }))
  .map(([blanks, number]) => `${blanks}const value${number} = ${number};`);
const line = fc.oneof({ weight: 2, arbitrary: commonLine }, { weight: 3, arbitrary: ownLine });

/** Each line stays, goes, or comes. At least one changes. */
function rowsOf(anyLine: fc.Arbitrary<string>): fc.Arbitrary<readonly EditRow[]> {
  const mark = fc.constantFrom<EditRow["mark"]>(" ", " ", " ", " ", "-", "+");
  return fc
    .array(fc.record({ mark, text: anyLine }), { minLength: 1, maxLength: 40 })
    .filter((rows) => rows.some(({ mark: own }) => own !== " ") && rows.some(({ mark: own }) => own !== "+"));
}

interface Sample {
  readonly edit: TrueEdit;
  readonly before: string;
  readonly after: string;
}

function sampleOf({ rows, eol, ends }: { rows: readonly EditRow[]; eol: string; ends: boolean }): Sample {
  const text = (without: "+" | "-") => {
    const lines = rows.filter(({ mark }) => mark !== without).map((row) => row.text);
    return lines.join(eol) + (ends && lines.length > 0 ? eol : "");
  };
  return { edit: { rows, hadFinalNewline: ends, hasFinalNewline: ends }, before: text("+"), after: text("-") };
}

const eol = fc.constantFrom("\n", "\r\n");
/** A last line without text and without an end is no line, and a text of one line has no line end to go by. */
const anySample = fc
  .record({ rows: rowsOf(line), eol, ends: fc.boolean() })
  .map(sampleOf)
  .filter(({ edit, before, after }) => {
    const hasLastLine = edit.hasFinalNewline || ![before, after].some((text) => /(?:^|\n)$/u.test(text));
    return hasLastLine && before.includes("\n");
  });
/** Of lines that all differ, so that every place is certain. */
const ownSample = fc
  .record({
    rows: rowsOf(ownLine).filter((rows) => new Set(rows.map(({ text }) => text.trim())).size === rows.length),
    eol,
    ends: fc.constant(true),
  })
  .map(sampleOf);

const FORMATS: Readonly<Record<string, (edit: TrueEdit, context: number) => string>> = {
  "a unified diff": asUnifiedDiff,
  "SEARCH/REPLACE blocks": asSearchReplace,
  "a patch": asPatch,
};

function isRefused(result: ReturnType<typeof applyAnswer>): boolean {
  return "why" in result;
}

describe("an edit in any format", () => {
  for (const [name, render] of Object.entries(FORMATS)) {
    it(`is applied byte by byte from ${name} where its place is certain`, () => {
      fc.assert(
        fc.property(ownSample, fc.integer({ min: 1, max: 4 }), ({ edit, before, after }, context) => {
          const hasContext = edit.rows.some(({ mark }) => mark === " ");
          const result = applyAnswer(before, render(edit, context));
          if (!hasContext && isRefused(result)) return;
          assert.deepEqual(result, { text: after });
        }),
        RUNS,
      );
    });

    it(`is applied from ${name} as it is meant or not at all, also where lines repeat`, () => {
      fc.assert(
        fc.property(anySample, fc.integer({ min: 1, max: 4 }), ({ edit, before, after }, context) => {
          const result = applyAnswer(before, render(edit, context));
          if (!isRefused(result)) assert.deepEqual(result, { text: after });
        }),
        RUNS,
      );
    });

    it(`never lands elsewhere from ${name} when what it looks for was mistaken`, () => {
      const arbitrary = fc.tuple(
        anySample,
        fc.nat(),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom("x", "X9", "(", "_"),
      );
      fc.assert(
        fc.property(arbitrary, ([{ edit, before, after }, at, context, slip]) => {
          const sought = edit.rows.flatMap(({ mark }, index) => (mark === "+" ? [] : [index]));
          const mistaken = sought[at % sought.length] ?? 0;
          const rows = edit.rows.map((row, index) =>
            index === mistaken ? { ...row, text: `${row.text}${slip}` } : row,
          );
          const result = applyAnswer(before, render({ ...edit, rows }, context));
          // A line that stays and was mistaken may lie outside the context that is shown.
          if (!isRefused(result)) assert.deepEqual(result, { text: after });
        }),
        RUNS,
      );
    });
  }

  it("is the whole file's where the answer has all of it", () => {
    fc.assert(
      fc.property(ownSample, ({ edit, before, after }) => {
        const { rows } = edit;
        const isFramed = rows[0]?.mark === " " && rows.at(-1)?.mark === " ";
        if (!isFramed) return;
        const result = applyAnswer(before, asWholeFile(edit));
        const isPart =
          3 * rows.filter(({ mark }) => mark !== "-").length < rows.filter(({ mark }) => mark !== "+").length;
        if (!isPart) assert.deepEqual(result, { text: after });
      }),
      RUNS,
    );
  });

  it("is the shown parts' where the answer leaves the rest out by marks", () => {
    fc.assert(
      fc.property(ownSample, fc.integer({ min: 1, max: 4 }), ({ edit, before, after }, context) => {
        const { rows } = edit;
        if (rows[0]?.mark !== " " || rows.at(-1)?.mark !== " ") return;
        const result = applyAnswer(before, asPartialCode(edit, context));
        if (!isRefused(result)) assert.deepEqual(result, { text: after });
      }),
      RUNS,
    );
  });

  it("leaves every byte outside the edits as it is", () => {
    fc.assert(
      fc.property(anySample, fc.string(), ({ edit, before }, stray) => {
        const plan = planFileEdits(before, readAnswerEdits(asUnifiedDiff(edit, 2) + stray));
        if (plan.kind !== "change") return;
        let from = 0;
        for (const { start, end } of plan.edits) {
          assert.ok(start >= from && end >= start && end <= before.length);
          from = end;
        }
        const untouched = applyTextEdits(
          before,
          plan.edits.map((change) => ({ ...change, text: before.slice(change.start, change.end) })),
        );
        assert.equal(untouched, before);
      }),
      RUNS,
    );
  });
});

describe("reading an answer", () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      "<<<<<<< SEARCH",
      "=======",
      ">>>>>>> REPLACE",
      "```ts src/a.ts",
      "```",
      "~~~~",
      "--- a/x.ts",
      "+++ b/x.ts",
      "@@ -1,2 +1,2 @@",
      "@@",
      "@@ class A",
      "*** Begin Patch",
      "*** End Patch",
      "*** Update File: a.ts",
      "*** Add File: b.ts",
      "*** Delete File: c.ts",
      "*** Move to: d.ts",
      "*** End of File",
      "+new",
      "-old",
      " same",
      "// ... existing code ...",
      "...",
      "\\ No newline at end of file",
      "diff --git a/x b/y",
      "rename from x",
      "rename to y",
      "new file mode 100644",
      "**src/a.ts**",
      "\t\tx",
      "\r",
      "\uFEFF",
      "<think>",
    ),
  );
  const answer = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join("\n"));

  it("and planning what it says never fails, whatever it holds", () => {
    fc.assert(
      fc.property(
        answer,
        fc.option(
          fc.array(piece).map((pieces) => pieces.join("\n")),
          { nil: undefined },
        ),
        (text, document) => {
          const edits = readAnswerEdits(text);
          const plan = planFileEdits(document, edits);
          assert.ok(["change", "create", "delete", "unmatched"].includes(plan.kind));
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

import assert from "node:assert/strict";
import { applyAnswer } from "./applyAnswer.ts";

/** `to`: the file's text then, byte by byte, `undefined` when it is gone. `why`: the file stays as it is, for this reason. */
export type ApplyCase = { readonly name: string; readonly from: string | undefined; readonly answer: string } & (
  | { readonly to: string | undefined }
  | { readonly why: string }
);

/** One test for each case, under a heading. */
export function checkCases(heading: string, cases: readonly ApplyCase[]): void {
  describe(heading, () => {
    for (const one of cases) {
      it(one.name, () => {
        assert.deepEqual(applyAnswer(one.from, one.answer), "why" in one ? { why: one.why } : { text: one.to });
      });
    }
  });
}

/** Lines with an end each. */
export function text(...lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

export function fence(info: string, ...lines: readonly string[]): string {
  return ["```" + info, ...lines, "```"].join("\n");
}

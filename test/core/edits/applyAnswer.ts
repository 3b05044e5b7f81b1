import { planFileEdits, textAfter } from "../../../src/core/edits/planFileEdit.ts";
import { readAnswerEdits } from "../../../src/core/edits/readAnswerEdits.ts";

/** The text of a file after an answer that is about it alone, or why nothing was changed. */
export function applyAnswer(text: string | undefined, answer: string): { text: string | undefined } | { why: string } {
  const edits = readAnswerEdits(answer);
  if (edits.length === 0) return { why: "nothing" };
  const plan = planFileEdits(text, edits);
  return plan.kind === "unmatched" ? { why: plan.why } : { text: textAfter(text, plan) };
}

import { type CheckVerdict, PASSED, failed } from "../checks/checkVerdict.ts";
import { readFindings } from "./readFindings.ts";

/** Says in a few words that nothing is wrong. */
const NOTHING =
  /^(?:[^{]{0,200})?\[\s*\]|\bno (?:issues?|problems?|findings?)\b|\bnothing (?:is )?(?:wrong|found)\b|\blgtm\b/i;
const FEW_CHARACTERS = 300;

/** For answers that must be findings, or say that there are none. */
export function checkFindings(answer: string): CheckVerdict {
  if (readFindings(answer).length > 0) return PASSED;
  const says = answer.trim();
  if (says.length <= FEW_CHARACTERS && NOTHING.test(says)) return PASSED;
  return failed("held no findings that could be read");
}

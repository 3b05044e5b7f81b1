import { readCodeBlock } from "../edits/readCodeBlock.ts";
import { type CheckVerdict, PASSED, failed } from "./checkVerdict.ts";

/** For answers that must be one fenced block of code. */
export function checkCodeBlock(answer: string): CheckVerdict {
  const { code, isClosed } = readCodeBlock(answer);
  if (code === undefined) return failed("held no code block");
  return isClosed ? PASSED : failed("ended in the middle of its code block");
}

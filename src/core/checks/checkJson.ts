import { readCodeBlock } from "../edits/readCodeBlock.ts";
import { type CheckVerdict, PASSED, failed } from "./checkVerdict.ts";

/** For answers that must be JSON, alone or in one fenced block. `isWanted` says whether it is what was asked for. */
export function checkJson(answer: string, isWanted: (value: unknown) => boolean = () => true): CheckVerdict {
  const { code, isClosed } = readCodeBlock(answer);
  if (code !== undefined && !isClosed) return failed("ended in the middle of its code block");
  try {
    return isWanted(JSON.parse(code ?? answer)) ? PASSED : failed("is JSON, but not of the shape that was asked for");
  } catch {
    return failed("is not valid JSON");
  }
}

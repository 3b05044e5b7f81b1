import { utf8Length } from "../text/utf8Length.ts";
import { splitLines } from "./splitParts.ts";

/** Longer instructions are cut. */
const MAX_INSTRUCTION_BYTES = 32 * 1024;

/** The first lines, up to the limit; UTF-8. */
export function cutInstructions(text: string): { readonly lines: readonly string[]; readonly isCut: boolean } {
  const all = splitLines(text);
  let bytes = 0;
  const tooMany = all.findIndex((line) => (bytes += utf8Length(line)) > MAX_INSTRUCTION_BYTES);
  return tooMany < 0 ? { lines: all, isCut: false } : { lines: all.slice(0, tooMany), isCut: true };
}

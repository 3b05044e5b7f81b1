import { firstDifference } from "../edits/compareTexts.ts";
import { countChanged } from "./changedLines.ts";

/** One file before a change, as it was promised, and as it was found afterwards; `undefined` where it is not there. */
export interface ReviewedFile {
  readonly textBefore: string | undefined;
  readonly promised: string | undefined;
  readonly found: string | undefined;
}

/** How much of a change of one file the person took: all, nothing or a part, and how many of its changed lines. */
export interface TakenLines {
  readonly taken: "all" | "none" | "part";
  readonly accepted: number;
  readonly proposed: number;
}

export function takenLines(file: ReviewedFile): TakenLines {
  const taken = takenOf(file);
  const proposed = countChanged(file.textBefore, file.promised);
  // What is left to make the file what was promised was not taken.
  const left = { all: 0, none: proposed, part: countChanged(file.found, file.promised) }[taken];
  return { taken, accepted: Math.max(0, proposed - left), proposed };
}

function takenOf({ textBefore, promised, found }: ReviewedFile): TakenLines["taken"] {
  if (promised === undefined || found === undefined) return promised === found ? "all" : "none";
  if (firstDifference(promised, found) === undefined) return "all";
  return textBefore !== undefined && firstDifference(textBefore, found) === undefined ? "none" : "part";
}

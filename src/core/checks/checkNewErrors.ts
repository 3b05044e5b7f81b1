import { type CheckVerdict, PASSED, failed } from "./checkVerdict.ts";

/** An error that the editor reports; lines count from 0. */
export interface ReportedError {
  readonly message: string;
  readonly line: number;
}

/** The lines of the changed text that were replaced, both included. */
export interface ReplacedLines {
  readonly first: number;
  readonly last: number;
}

/** A missing bracket is often reported a little below its place. */
const LINES_NEAR = 3;
const MOST_TOLD = 3;

/**
 * Whether a change leaves errors that were not there before, in the replaced lines or near them. Errors are the same when
 * their words are: lines move with the change. One more of the same words is a new one.
 */
export function checkNewErrors(
  before: readonly ReportedError[],
  after: readonly ReportedError[],
  { first, last }: ReplacedLines,
): CheckVerdict {
  const known = new Map<string, number>();
  for (const { message } of before) known.set(message, (known.get(message) ?? 0) + 1);
  const fresh = after.filter(({ message }) => {
    const left = known.get(message) ?? 0;
    if (left > 0) known.set(message, left - 1);
    return left === 0;
  });
  const near = fresh.filter(({ line }) => line >= first - LINES_NEAR && line <= last + LINES_NEAR);
  if (near.length === 0) return PASSED;
  const told = near.slice(0, MOST_TOLD).map(({ message, line }) => `line ${line - first + 1} of the code: ${message}`);
  const more = near.length > MOST_TOLD ? ` and ${near.length - MOST_TOLD} more` : "";
  return failed(`leaves new errors (${told.join("; ")}${more})`);
}

import type { Finding } from "./finding.ts";
import { FindingStream } from "./findingStream.ts";

/**
 * The findings of a review: JSON objects, in an array, one a line, in a block or among words. What cannot be read is left out,
 * also an object that the answer ends in. Never throws.
 */
export function readFindings(answer: string): readonly Finding[] {
  const stream = new FindingStream();
  return [...stream.push(answer), ...stream.end()];
}

import { type Fence, nextFence } from "./fencedBlock.ts";
import type { FileEdit } from "./fileEdit.ts";
import { isSearchReplace, readAnswerEdits } from "./readAnswerEdits.ts";

/** A block of code as it is shown: its text, and what stands behind its fence. */
export interface ShownBlock {
  readonly code: string;
  readonly languageId: string;
}

/** Lines above a block that may name its file. */
const LINES_ABOVE = 6;

/** The edits of one block of an answer, with the file that the answer names for it. */
export function editsOfBlock(answer: string, block: ShownBlock): readonly FileEdit[] {
  const lines = answer.replaceAll(/\r\n?/gu, "\n").split("\n");
  const found = findBlock(lines, block.code);
  if (found === undefined) return readAnswerEdits(fencedAgain(block));
  const { fence, stop } = found;
  const above = lines.slice(Math.max(stop, fence.first - LINES_ABOVE), fence.first);
  const edits = readAnswerEdits([...above, ...lines.slice(fence.first, fence.end)].join("\n"));
  if (edits.every(({ path }) => path !== undefined)) return edits;
  // SEARCH/REPLACE blocks go on with the file of the one before.
  const earlier = readAnswerEdits(lines.slice(0, fence.first).join("\n")).findLast(isSearchReplace)?.path;
  return edits.map((edit) => (edit.path === undefined && isSearchReplace(edit) ? { ...edit, path: earlier } : edit));
}

/** `stop`: where the block before it ends. */
function findBlock(
  lines: readonly string[],
  code: string,
): { readonly fence: Fence; readonly stop: number } | undefined {
  const wanted = code.replaceAll(/\r\n?/gu, "\n").trimEnd();
  let stop = 0;
  for (let fence = nextFence(lines, 0); fence !== undefined; fence = nextFence(lines, fence.end)) {
    if (fence.code.join("\n").trimEnd() === wanted) return { fence, stop };
    stop = fence.end;
  }
  return undefined;
}

/** Longer than every fence in the code. */
function fencedAgain({ code, languageId }: ShownBlock): string {
  const longest = Math.max(2, ...(code.match(/`+/gu) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${languageId}\n${code.replace(/\n$/u, "")}\n${fence}`;
}

/** The files that edits name, each with its own, in their order. */
export function groupByFile(edits: readonly FileEdit[]): ReadonlyMap<string | undefined, readonly FileEdit[]> {
  return Map.groupBy(edits, ({ path }) => path);
}

/** How many files an answer would change, create, delete or rename, by the names that it gives them. */
export function countNamedFiles(answer: string): number {
  return new Set(readAnswerEdits(answer).flatMap(({ path }) => path ?? [])).size;
}

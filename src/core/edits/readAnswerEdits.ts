import { FENCE, type Fence, nextFence } from "./fencedBlock.ts";
import type { FileEdit } from "./fileEdit.ts";
import { asPath, pathOfComment, pathOfFence, pathOfLine } from "./namedPath.ts";
import { findPatch, isPatchBody, readPatchBody } from "./readPatch.ts";
import { findSearchReplace } from "./readSearchReplace.ts";
import { isUnifiedDiff, readUnifiedDiff } from "./readUnifiedDiff.ts";

/** How far above code its file may be named, not counting blank lines. */
const NAMED_WITHIN = 3;

/** A part of an answer that is an edit, from its first line to the one behind its last. */
interface Region {
  readonly first: number;
  readonly end: number;
  readonly edits: readonly FileEdit[];
}

/**
 * All edits of an answer, in its order, those of one file joined: SEARCH/REPLACE blocks and patches wherever they stand, then
 * diffs and code in fences. Code without a named file has no path. Reasoning that the answer begins with is no part of it.
 */
export function readAnswerEdits(answer: string): readonly FileEdit[] {
  const text = withoutReasoning(answer.replaceAll(/\r\n?/gu, "\n").replace(/^\uFEFF/u, ""));
  const lines = text.split("\n");
  const patches = readPatches(lines);
  const unpatched = without(lines, patches);
  const blocks = readSearchReplaces(unpatched);
  const marked = [...patches, ...blocks];
  const fenced = readFences(without(unpatched, blocks), marked);
  const bare = marked.length === 0 && fenced.length === 0 && isUnifiedDiff(lines) ? readUnifiedDiff(lines) : [];
  const regions = [...marked, ...fenced].toSorted((one, two) => one.first - two.first);
  return joinByFile([...regions.flatMap(({ edits }) => edits), ...bare]);
}

/** With empty lines in place of the regions, so that all others keep their numbers. */
function without(lines: readonly string[], regions: readonly Region[]): readonly string[] {
  const left = [...lines];
  for (const { first, end } of regions) left.fill("", first, end);
  return left;
}

function withoutReasoning(answer: string): string {
  return answer.replace(/^\s*<(think|thinking|reasoning)>[^]*?(?:<\/\1>|$)/u, (found) =>
    found.replaceAll(/[^\n]+/gu, ""),
  );
}

function readPatches(lines: readonly string[]): readonly Region[] {
  const found: Region[] = [];
  for (let patch = findPatch(lines, 0); patch !== undefined; patch = findPatch(lines, patch.end)) found.push(patch);
  return found;
}

function readSearchReplaces(lines: readonly string[]): readonly Region[] {
  const found: Region[] = [];
  let known: string | undefined;
  for (let block = findSearchReplace(lines, 0); block !== undefined; block = findSearchReplace(lines, block.end)) {
    const { first, end, piece, fault } = block;
    known = block.path ?? pathAbove(lines, first, found.at(-1)?.end ?? 0) ?? known;
    const change = { kind: "pieces", pieces: [piece], isOrdered: false } as const;
    found.push({ first, end, edits: [{ path: known, change, ...(fault === undefined ? {} : { fault }) }] });
  }
  return found;
}

/** The file named right above a line: by itself, by the fence between, or by a comment. */
function pathAbove(lines: readonly string[], from: number, stop: number): string | undefined {
  let seen = 0;
  for (let index = from - 1; index >= stop && seen < NAMED_WITHIN; index -= 1) {
    const line = lines[index] ?? "";
    if (line.trim() === "") continue;
    seen += 1;
    const fence = FENCE.exec(line);
    const path = fence === null ? (pathOfLine(line) ?? pathOfComment(line)) : pathOfFence(fence[3] ?? "");
    if (path !== undefined) return path;
    // Prose that names no file ends the search; a fence's own line does not.
    if (fence === null) return undefined;
  }
  return undefined;
}

function readFences(lines: readonly string[], marked: readonly Region[]): readonly Region[] {
  const found: Region[] = [];
  let stop = 0;
  for (let fence = nextFence(lines, 0); fence !== undefined; fence = nextFence(lines, fence.end)) {
    const { first, end } = fence;
    const hasMarked = marked.some((region) => region.first > first && region.first < end);
    const isEmpty = fence.code.every((line) => line.trim() === "");
    if (!hasMarked && !isEmpty)
      found.push({ first, end, edits: editsOfFence(fence, pathAboveFence(lines, first, stop)) });
    stop = end;
  }
  return found;
}

function pathAboveFence(lines: readonly string[], first: number, stop: number): string | undefined {
  const above = lines.slice(stop, first).findLast((line) => line.trim() !== "");
  return above === undefined ? undefined : pathOfLine(above);
}

function editsOfFence({ info, code, isClosed }: Fence, above: string | undefined): readonly FileEdit[] {
  const path = pathOfFence(info) ?? above;
  const edits = readBlock(code, path, info);
  return isClosed ? edits : edits.map((edit) => ({ ...edit, fault: "truncated" as const }));
}

function readBlock(code: readonly string[], path: string | undefined, info: string): readonly FileEdit[] {
  if (isPatchBody(code)) return readPatchBody(code);
  const isDiff =
    isUnifiedDiff(code) || (/^(?:diff|patch|udiff)\b/iu.test(info) && code.some((line) => /^[-+]/u.test(line)));
  if (isDiff) return readDiff(code, path);
  const [first = ""] = code;
  const inComment = path === undefined || asPath(first.replaceAll(/^[^\w./]+|[^\w]+$/gu, "")) === path;
  // There the sign of a comment is that of a heading.
  const isHeading = /^(?:md|mdx|markdown)\b/iu.test(info) && first.startsWith("#");
  const named = inComment && !isHeading ? pathOfComment(first) : undefined;
  const lines = named === undefined ? code : code.slice(1);
  return [{ path: path ?? named, change: { kind: "code", lines: withoutBlankEdges(lines) } }];
}

/** A diff may come without any header: then it is one hunk. */
function readDiff(code: readonly string[], path: string | undefined): readonly FileEdit[] {
  const edits = readUnifiedDiff(isUnifiedDiff(code) ? code : ["@@", ...code]);
  return edits.map((edit) => (edit.path === undefined && path !== undefined ? { ...edit, path } : edit));
}

function withoutBlankEdges(lines: readonly string[]): readonly string[] {
  const isSaid = (line: string) => line.trim() !== "";
  return lines.slice(Math.max(0, lines.findIndex(isSaid)), lines.findLastIndex(isSaid) + 1);
}

/** SEARCH/REPLACE blocks of one file are applied together. Two diffs of a file follow each other in time, not in the file. */
function joinByFile(edits: readonly FileEdit[]): readonly FileEdit[] {
  const blocks = Map.groupBy(edits.filter(isSearchReplace), ({ path }) => path);
  const joined = new Map([...blocks].map(([path, ofFile]) => [path, joinBlocks(path, ofFile)]));
  return edits.flatMap((edit) => {
    if (!isSearchReplace(edit)) return [edit];
    const all = joined.get(edit.path);
    joined.delete(edit.path);
    return all ?? [];
  });
}

/** Pieces without an order in the file. */
export function isSearchReplace({ change }: FileEdit): boolean {
  return change.kind === "pieces" && !change.isOrdered;
}

function joinBlocks(path: string | undefined, edits: readonly FileEdit[]): FileEdit {
  const pieces = edits.flatMap(({ change }) => (change.kind === "pieces" ? change.pieces : []));
  const fault = edits.find((edit) => edit.fault !== undefined)?.fault;
  return { path, change: { kind: "pieces", pieces, isOrdered: false }, ...(fault === undefined ? {} : { fault }) };
}

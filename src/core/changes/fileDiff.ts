/** One run of changed lines with their surroundings. */
interface DiffHunk {
  /** The first line on the old and on the new side, from 1; 0 where that side has none. */
  readonly oldStart: number;
  readonly newStart: number;
  /** The text with its `@@` line and line ends. */
  readonly text: string;
  /** Each with its sign: a blank, `+`, `-`, or `\` for what git says of a missing line end. */
  readonly lines: readonly string[];
}

/** What a diff of git says of one file. */
export interface FileDiff {
  /** With `/`; the new one where it was renamed. */
  readonly path: string;
  /** The same where it was not renamed. */
  readonly oldPath: string;
  readonly isBinary: boolean;
  /** What stands before the hunks, with line ends. */
  readonly header: string;
  readonly hunks: readonly DiffHunk[];
  readonly added: number;
  readonly removed: number;
}

/** Cuts the output of `git diff` before each file. */
export function splitByFile(diff: string): readonly string[] {
  return diff.split(/^(?=diff --(?:git|cc|combined) )/m).filter((part) => part.trim() !== "");
}

/** Reads the output of `git diff`; what is no diff is left out. Never throws. */
export function readDiff(diff: string): readonly FileDiff[] {
  return splitByFile(diff).flatMap((part) => readFileDiff(part) ?? []);
}

/** Both names of the file in one part of a diff; the same where it was not renamed, empty where there is none. */
export function pathsOf(part: string): { readonly oldPath: string; readonly path: string } {
  const head = part.slice(0, startOfHunks(part));
  const renamedFrom = nameAfter(head, /^(?:rename|copy) from (.*)$/m);
  const renamedTo = nameAfter(head, /^(?:rename|copy) to (.*)$/m);
  if (renamedFrom !== undefined && renamedTo !== undefined) return { oldPath: renamedFrom, path: renamedTo };
  const before = nameAfter(head, /^--- (.*?)\t?$/m);
  const after = nameAfter(head, /^\+\+\+ (.*?)\t?$/m);
  if (before !== undefined && after !== undefined) return withoutPrefixes(before, after);
  const [first, second] = namesOfFirstLine(/^diff --\S+ (.*)$/m.exec(head)?.[1] ?? "");
  return withoutPrefixes(first, second);
}

function readFileDiff(part: string): FileDiff | undefined {
  if (!/^diff --(?:git|cc|combined) /.test(part)) return undefined;
  const start = startOfHunks(part);
  const header = part.slice(0, start);
  const hunks = part
    .slice(start)
    .split(/^(?=@@ )/m)
    .flatMap(readHunk);
  const count = (sign: string) =>
    hunks.reduce((sum, { lines }) => sum + lines.filter((line) => line.startsWith(sign)).length, 0);
  return {
    ...pathsOf(part),
    isBinary: /^(?:Binary files |GIT binary patch)/m.test(header),
    ...{ header, hunks },
    ...{ added: count("+"), removed: count("-") },
  };
}

function startOfHunks(part: string): number {
  const start = part.search(/^@@/m);
  return start === -1 ? part.length : start;
}

function readHunk(text: string): readonly DiffHunk[] {
  const [, oldStart, newStart] = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(text) ?? [];
  if (oldStart === undefined || newStart === undefined) return [];
  const lines = text.split("\n").slice(1);
  if (lines.at(-1) === "") lines.pop();
  return [{ oldStart: Number(oldStart), newStart: Number(newStart), text, lines }];
}

function nameAfter(head: string, pattern: RegExp): string | undefined {
  const name = pattern.exec(head)?.[1];
  return name === undefined ? undefined : unquote(name);
}

/** `a/x b/x`, quoted where a name has odd characters. Names with blanks are told apart by their halves being alike. */
function namesOfFirstLine(names: string): readonly [string, string] {
  const quoted = /^("(?:[^"\\]|\\.)*"|\S+) ("(?:[^"\\]|\\.)*"|\S+)$/.exec(names);
  if (quoted !== null) return [unquote(quoted[1] ?? ""), unquote(quoted[2] ?? "")];
  const middle = Math.floor(names.length / 2);
  const halves = [names.slice(0, middle), names.slice(middle + 1)] as const;
  return names[middle] === " " ? halves : [names, names];
}

/** `a/` and `b/`, or what git's settings make of them; `/dev/null` stands for the side that is not there. */
function withoutPrefixes(before: string, after: string): { readonly oldPath: string; readonly path: string } {
  const isPrefixed = before.slice(0, 2) !== after.slice(0, 2) || before === "/dev/null";
  const bare = (name: string) => (isPrefixed ? name.replace(/^[abciow]\//, "") : name);
  const path = bare(after === "/dev/null" ? before : after);
  return { oldPath: before === "/dev/null" ? path : bare(before), path };
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", '"': '"', "\\": "\\" };

/** Git writes other bytes than those of plain names as three octal digits each, in quotes. */
function unquote(name: string): string {
  if (!name.startsWith('"') || !name.endsWith('"') || name.length < 2) return name;
  const escaped = name.slice(1, -1).replaceAll(/\\([0-7]{3})/g, (_, digits: string) => `%${byteOf(digits)}`);
  const plain = escaped.replaceAll(/\\(.)/g, (_, sign: string) => ESCAPES[sign] ?? sign);
  try {
    return decodeURIComponent(plain.replaceAll(/%(?![0-9a-f]{2})/g, "%25"));
  } catch {
    return plain;
  }
}

function byteOf(octal: string): string {
  return (Number.parseInt(octal, 8) & 0xff).toString(16).padStart(2, "0");
}

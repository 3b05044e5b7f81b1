import type { EditPiece, FileChange, FileEdit } from "./fileEdit.ts";
import { linesAfter, linesBefore } from "./editRow.ts";
import { asPath } from "./namedPath.ts";
import { readDiffRows } from "./readDiffRows.ts";

const HUNK = /^@@+(?:\s+-(\d+)(?:,\d+)?\s+\+\d+(?:,\d+)?\s+@@+|.*?@@|\s*$)\s*(.*)$/u;
const OLD_NAME = /^--- (?:"([^"]+)"|([^\t]+?))(?:\t.*)?\s*$/u;
const NEW_NAME = /^\+\+\+ (?:"([^"]+)"|([^\t]+?))(?:\t.*)?\s*$/u;
const GIT_NAMES = /^diff --git (?:"?a\/)?(.+?)"? "?b\/(.+?)"?\s*$/u;
const NOTHING = "/dev/null";

interface DiffFile {
  oldPath: string | undefined;
  newPath: string | undefined;
  isRename: boolean;
  isNew: boolean;
  isDeleted: boolean;
  /** It does what no text can say. */
  isBeyond: boolean;
  readonly hunks: { readonly header: string; readonly lines: string[] }[];
}

/** True for text that is a unified diff: it has a header of a file with what follows one, or of a hunk. */
export function isUnifiedDiff(lines: readonly string[]): boolean {
  return lines.some((line, index) => /^@@ -\d/u.test(line) || isFileHeader(lines, index) || GIT_NAMES.test(line));
}

/** The files of a unified diff. Counts and numbers of its hunks are not believed: what stands in them is. */
export function readUnifiedDiff(lines: readonly string[]): readonly FileEdit[] {
  const files: DiffFile[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    const next = lines[index + 1] ?? "";
    if (GIT_NAMES.test(line)) files.push(fileOfGit(line));
    else if (isFileHeader(lines, index)) {
      const last = files.at(-1);
      const file = last === undefined || last.hunks.length > 0 || !last.isRename ? newFile() : last;
      if (file !== last) {
        // What git says above the names of the same file is kept.
        if (last !== undefined && last.hunks.length === 0) files.pop();
        files.push(Object.assign(file, flagsOf(last)));
      }
      Object.assign(file, namesOf(line, next));
      index += 1;
    } else readLine(files, line);
  }
  return files.map(toFileEdit);
}

function flagsOf(file: DiffFile | undefined): Partial<DiffFile> {
  return file === undefined || file.hunks.length > 0 ? {} : { isNew: file.isNew, isDeleted: file.isDeleted };
}

function newFile(): DiffFile {
  return {
    oldPath: undefined,
    newPath: undefined,
    isRename: false,
    isNew: false,
    isDeleted: false,
    isBeyond: false,
    hunks: [],
  };
}

function fileOfGit(line: string): DiffFile {
  const [, oldPath, newPath] = GIT_NAMES.exec(line) ?? [];
  return { ...newFile(), oldPath, newPath };
}

/** `---` and `+++` in a row. The lines of a hunk can look like that only where both lines also change to such text. */
function isFileHeader(lines: readonly string[], index: number): boolean {
  if (!OLD_NAME.test(lines[index] ?? "") || !NEW_NAME.test(lines[index + 1] ?? "")) return false;
  const below = lines[index + 2] ?? "";
  if (below.trim() === "" || HUNK.test(below)) return true;
  // Some leave the headers of hunks out.
  const above = lines.slice(0, index).findLast((line) => line.trim() !== "");
  return /^[-+ ]/u.test(below) && (above === undefined || /^(?:diff|index|new file mode) /u.test(above));
}

function namesOf(oldLine: string, newLine: string): Partial<DiffFile> {
  const oldName = nameIn(OLD_NAME.exec(oldLine));
  const newName = nameIn(NEW_NAME.exec(newLine));
  const hasPrefixes = [oldName, newName].every((name) => name === NOTHING || /^[ab]\//u.test(name));
  const clean = (name: string) => (hasPrefixes && name !== NOTHING ? name.slice(2) : name).replace(/^\.\//u, "");
  return {
    oldPath: oldName === NOTHING ? undefined : clean(oldName),
    newPath: newName === NOTHING ? undefined : clean(newName),
    ...(oldName === NOTHING ? { isNew: true } : {}),
    ...(newName === NOTHING ? { isDeleted: true } : {}),
  };
}

function nameIn(found: RegExpExecArray | null): string {
  return (found?.[1] ?? found?.[2] ?? NOTHING).trim().replaceAll("\\", "/");
}

function readLine(files: DiffFile[], line: string): void {
  const hunk = HUNK.exec(line);
  if (hunk !== null) {
    if (files.length === 0) files.push(newFile());
    files.at(-1)?.hunks.push({ header: line, lines: [] });
    return;
  }
  const file = files.at(-1);
  if (file === undefined) return;
  if (file.hunks.length > 0) file.hunks.at(-1)?.lines.push(line);
  else readExtendedHeader(file, line);
}

function readExtendedHeader(file: DiffFile, line: string): void {
  const from = /^rename from (.+)$/u.exec(line)?.[1];
  const to = /^rename to (.+)$/u.exec(line)?.[1];
  if (from !== undefined) Object.assign(file, { oldPath: from.trim(), isRename: true });
  if (to !== undefined) Object.assign(file, { newPath: to.trim(), isRename: true });
  if (line.startsWith("new file mode")) file.isNew = true;
  if (line.startsWith("deleted file mode")) file.isDeleted = true;
  if (/^[-+ ]/u.test(line)) file.hunks.push({ header: "@@", lines: [line] });
  if (/^(?:GIT binary patch|Binary files |copy from |copy to )/u.test(line)) file.isBeyond = true;
}

function toFileEdit(file: DiffFile): FileEdit {
  const { oldPath, newPath, isRename, isNew, isDeleted, isBeyond, hunks } = file;
  const read = hunks
    .filter(({ lines }) => lines.some((line) => line.trim() !== ""))
    .map(({ header, lines }) => ({ header, ...readDiffRows(lines) }));
  const isRenamed = isRename && oldPath !== undefined && newPath !== undefined && oldPath !== newPath;
  const path = isRenamed || isDeleted ? oldPath : (newPath ?? oldPath);
  const change = changeOf(isNew, isDeleted, read);
  const isEmpty = change.kind === "pieces" && change.pieces.length === 0 && !isRenamed;
  const fault = isBeyond || isEmpty ? "malformed" : undefined;
  const isNamed = path !== undefined && (isRename || asPath(path) !== undefined);
  return {
    path: isNamed ? path : undefined,
    change,
    ...(isRenamed ? { newPath } : {}),
    ...(fault === undefined ? {} : { fault }),
  };
}

type ReadHunk = { readonly header: string } & ReturnType<typeof readDiffRows>;

function changeOf(isNew: boolean, isDeleted: boolean, hunks: readonly ReadHunk[]): FileChange {
  if (isDeleted) return { kind: "delete" };
  const says = hunks.findLast(({ finalNewline }) => finalNewline !== undefined);
  if (isNew) {
    const lines = hunks.flatMap(({ readings: [rows = []] }) => linesAfter(rows));
    return { kind: "create", lines, finalNewline: says?.finalNewline ?? true };
  }
  return { kind: "pieces", pieces: hunks.map(toPiece), isOrdered: true, finalNewline: says?.finalNewline };
}

function toPiece({ header, readings, finalNewline }: ReadHunk): EditPiece {
  const [, line, heading = ""] = HUNK.exec(header) ?? [];
  const isInsertion = linesBefore(readings[0] ?? []).length === 0;
  return {
    readings,
    // Of a hunk without lines to look for, the number is that of the line before.
    line: line === undefined ? undefined : Number(line) - (isInsertion ? 0 : 1),
    anchors: heading.trim() === "" ? [] : [heading],
    isAtEnd: finalNewline === undefined ? undefined : true,
  };
}

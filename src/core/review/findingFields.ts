import type { Finding, FindingSeverity } from "./finding.ts";

export type Fields = Readonly<Record<string, unknown>>;

const LONGEST_SENTENCE = 1_500;
const LONGEST_CODE = 20_000;
const DEEPEST = 3;

const UNSEEN = /[^\P{Cc}\n\t]|[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A finding, or those inside of an object around them. */
export function findingsOf(fields: Fields, depth = 0): readonly Finding[] {
  const finding = findingOf(fields);
  if (finding !== undefined) return [finding];
  if (depth >= DEEPEST) return [];
  const inside = Object.values(fields).flatMap((value) =>
    Array.isArray(value) ? (value as readonly unknown[]) : [value],
  );
  return inside.filter(isFields).flatMap((value) => findingsOf(value, depth + 1));
}

function findingOf(fields: Fields): Finding | undefined {
  const file = textOf(fields, ["file", "path", "filename", "file_path"])?.trim();
  const sentence = textOf(fields, [
    "comment",
    "message",
    "sentence",
    "description",
    "finding",
    "issue",
    "text",
    "title",
  ]);
  const lines = linesOf(fields);
  if (file === undefined || file === "" || sentence === undefined || lines === undefined) return undefined;
  const shown = sentence.replaceAll(UNSEEN, "").trim().slice(0, LONGEST_SENTENCE).toWellFormed();
  if (shown === "") return undefined;
  const original = codeOf(fields, ["original", "existing", "existing_code", "code", "before"]);
  const replacement = codeOf(fields, ["replacement", "suggestion", "suggested", "fix", "improved_code", "after"]);
  return {
    ...{ file, ...lines, severity: severityOf(fields), sentence: shown },
    ...(original === undefined ? {} : { original }),
    ...(replacement === undefined ? {} : { replacement }),
  };
}

function textOf(fields: Fields, names: readonly string[]): string | undefined {
  const value = names.map((name) => fields[name]).find((each) => typeof each === "string");
  return typeof value === "string" ? value : undefined;
}

/** A number, or a text such as `12`, `L12` or `12-14`. */
function linesOf(fields: Fields): { readonly line: number; readonly endLine: number } | undefined {
  const start = ["line", "start_line", "startLine", "lineNumber", "line_number", "lines"].map((name) => fields[name]);
  const [line, last] = numbersIn(start.find((each) => each !== undefined));
  if (line === undefined) return undefined;
  const ends = ["endLine", "end_line", "lineEnd", "end"].map((name) => fields[name]);
  const [end] = numbersIn(ends.find((each) => each !== undefined));
  return { line, endLine: Math.max(line, end ?? last ?? line) };
}

function numbersIn(value: unknown): readonly number[] {
  if (typeof value === "number") return isLine(value) ? [value] : [];
  if (typeof value !== "string" || value.trimStart().startsWith("-")) return [];
  return (value.match(/\d+/g) ?? []).map(Number).filter(isLine);
}

function isLine(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}

/** Code that is too long to be looked through, or holds what nobody sees, is none. */
function codeOf(fields: Fields, names: readonly string[]): string | undefined {
  const value = names.map((name) => fields[name]).find((each) => typeof each === "string" || Array.isArray(each));
  const text = Array.isArray(value) ? value.filter((each) => typeof each === "string").join("\n") : value;
  if (typeof text !== "string" || text.length > LONGEST_CODE || text.search(UNSEEN) !== -1) return undefined;
  return text.replace(/\n$/, "");
}

function severityOf(fields: Fields): FindingSeverity {
  const word = textOf(fields, ["severity", "level", "priority", "kind", "type"])?.toLowerCase() ?? "";
  if (/error|bug|problem|critical|blocker|major|high|security|important/.test(word)) return "problem";
  return /warn|medium|moderate|risk/.test(word) ? "warning" : "note";
}

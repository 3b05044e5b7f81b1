import { languageOf } from "./languageOf.ts";

/** How subjects begin: `feat(core): …`, `✨ …` or `:sparkles: …`, `parser: …`, `ABC-12 …`, or none of these. */
export type SubjectForm = "conventional" | "gitmoji" | "area" | "ticket" | "plain";

/** How a repository words its commits. */
export interface CommitStyle {
  readonly form: SubjectForm;
  /** Types of Conventional Commits, and scopes or areas, as they were met, the commonest first. */
  readonly types: readonly string[];
  readonly scopes: readonly string[];
  /** In English, for instance `German`; `undefined` where nothing gives it away. */
  readonly language: string | undefined;
  /** Of the words after the form. */
  readonly capital: "upper" | "lower" | undefined;
  /** The longest that a subject may be, in characters. */
  readonly subjectLength: number;
  readonly hasBody: boolean;
  /** Subjects as they were met, the newest first. */
  readonly examples: readonly string[];
}

/** What git and most projects recommend; longer where the repository itself is. */
const USUAL_LENGTH = 72;
const LONGEST_LENGTH = 120;
const MOST_EXAMPLES = 8;
const EXAMPLE_CHARACTERS = 160;

const CONVENTIONAL = /^(\p{L}[\p{L}\d-]*)(?:\(([^()]+)\))?!?:\s+(?=\S)/u;
const TYPES = new Set(
  "feat fix docs style refactor perf test tests build ci chore revert feature bugfix hotfix deps wip release security i18n".split(
    " ",
  ),
);
const GITMOJI = /^(?::[a-z0-9_+-]+:|\p{Extended_Pictographic}\ufe0f?)\s*/u;
const TICKET = /^\[?(?:[A-Z][A-Z0-9]+-\d+|#\d+)\]?[:\s-]\s*/;
const AREA = /^([\w.*/@{},-]+(?:, ?[\w.*/@{},-]+)*):\s+(?=\S)/;
/** Written by tools, or on the way. */
const NOT_WRITTEN =
  /^(?:Merge (?:branch|pull request|remote|tag|commit)|Revert "|fixup!|squash!|amend!|Bump \S+ from |Update dependency )/;
const TRAILER = /^(?:[A-Z][\w-]*-by|Change-Id|Refs?|Fixes|Closes|Issue|See|Ticket):? /i;

/** Reads the style out of the last messages, the newest first. Merges and what tools write do not count. */
export function readCommitStyle(messages: readonly string[]): CommitStyle {
  const written = messages
    .map((message) => message.trim())
    .filter((message) => message !== "" && !NOT_WRITTEN.test(message));
  const subjects = written.map(subjectOf);
  const form = formOf(subjects);
  const parts = subjects.map((subject) => readSubject(subject, form));
  const prose = written.map((message, place) => message.replace(subjects[place] ?? "", () => parts[place]?.text ?? ""));
  return {
    form,
    types: form === "conventional" ? commonest(parts.flatMap(({ type }) => type ?? [])) : [],
    scopes: commonest(parts.flatMap(({ scope }) => scope ?? [])),
    language: languageOf(prose),
    capital: capitalOf(parts.map(({ text }) => text)),
    subjectLength: longestUsual(subjects),
    hasBody: isMost(written.filter(hasBody).length, written.length),
    examples: subjects.slice(0, MOST_EXAMPLES).map((subject) => subject.slice(0, EXAMPLE_CHARACTERS).toWellFormed()),
  };
}

function subjectOf(message: string): string {
  return (message.split(/\r?\n/, 1)[0] ?? "").trim();
}

/** A body is more than trailers. */
function hasBody(message: string): boolean {
  const [, ...rest] = message.split(/\r?\n/);
  return rest.some((line) => line.trim() !== "" && !TRAILER.test(line.trim()));
}

function formOf(subjects: readonly string[]): SubjectForm {
  const share = (matches: (subject: string) => boolean) => isMost(subjects.filter(matches).length, subjects.length);
  if (share((subject) => TYPES.has(conventionalType(subject) ?? ""))) return "conventional";
  if (share((subject) => GITMOJI.test(subject))) return "gitmoji";
  if (share((subject) => TICKET.test(subject))) return "ticket";
  return share((subject) => AREA.test(subject)) ? "area" : "plain";
}

/** An emoji may stand before the type. */
function conventionalType(subject: string): string | undefined {
  return CONVENTIONAL.exec(subject.replace(GITMOJI, ""))?.[1]?.toLowerCase();
}

/** At least half; of nothing, nothing is most. */
function isMost(count: number, all: number): boolean {
  return count > 0 && count * 2 >= all;
}

interface Subject {
  readonly type?: string | undefined;
  readonly scope?: string | undefined;
  readonly text: string;
}

function readSubject(subject: string, form: SubjectForm): Subject {
  switch (form) {
    case "conventional": {
      const bare = subject.replace(GITMOJI, "");
      const [prefix = "", type, scope] = CONVENTIONAL.exec(bare) ?? [];
      return { type, scope, text: bare.slice(prefix.length) };
    }
    case "gitmoji":
      return { text: subject.replace(GITMOJI, "") };
    case "ticket":
      return { text: subject.replace(TICKET, "") };
    case "area": {
      const [prefix = "", scope] = AREA.exec(subject) ?? [];
      return { scope, text: subject.slice(prefix.length) };
    }
    case "plain":
      return { text: subject };
  }
}

function commonest(values: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([, left], [, right]) => right - left).map(([value]) => value);
}

function capitalOf(texts: readonly string[]): CommitStyle["capital"] {
  const upper = texts.filter((text) => /^\p{Lu}/u.test(text)).length;
  const lower = texts.filter((text) => /^\p{Ll}/u.test(text)).length;
  if (upper + lower === 0 || Math.max(upper, lower) * 3 < (upper + lower) * 2) return undefined;
  return upper > lower ? "upper" : "lower";
}

/** A subject or two that ran over make no rule: what nine of ten keep to does. */
function longestUsual(subjects: readonly string[]): number {
  const lengths = subjects.map(({ length }) => length).toSorted((left, right) => left - right);
  const most = lengths[Math.ceil(lengths.length * 0.9) - 1] ?? 0;
  return Math.min(Math.max(most, USUAL_LENGTH), LONGEST_LENGTH);
}

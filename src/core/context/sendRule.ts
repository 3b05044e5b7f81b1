import { type BuiltInRule, builtInRule, builtInRuleOfText } from "./builtInRules.ts";

/**
 * What keeps the text of a file on this machine. `ignore-file`: the file of rules at this path. `link`: its name is in the
 * workspace and its place is not. `restricted`: the workspace is not trusted.
 */
export type KeptBy =
  | { readonly kind: "built-in"; readonly rule: BuiltInRule; readonly isByLink: boolean }
  | { readonly kind: "ignore-file"; readonly path: string }
  | { readonly kind: "link" }
  | { readonly kind: "restricted" };

/** Something whose text is to leave, as the editor and the disk know it. */
export interface OutgoingFile {
  /** Its path, or the title of what is no file yet. */
  readonly title: string;
  /** Empty where the editor has not opened it. */
  readonly languageId: string;
  readonly isUntitled: boolean;
  /** Its place with all links resolved; `undefined` where that is no other, or where there are no links. */
  readonly realPath: string | undefined;
  readonly leadsOut: boolean;
  /** The file of rules that ignores its name or its place. */
  readonly ignoredBy: string | undefined;
}

/** Whether the text of a file of a trusted workspace may leave this machine: `undefined` where it may, whoever wants to send it. */
export function whatKeeps(file: OutgoingFile): KeptBy | undefined {
  const own = builtInRuleOfText(file);
  if (own !== undefined) return { kind: "built-in", rule: own, isByLink: false };
  const linked = file.realPath === undefined ? undefined : builtInRule(file.realPath);
  if (linked !== undefined) return { kind: "built-in", rule: linked, isByLink: true };
  if (file.leadsOut) return { kind: "link" };
  return file.ignoredBy === undefined ? undefined : { kind: "ignore-file", path: file.ignoredBy };
}

const BUILT_IN: Readonly<Record<BuiltInRule, string>> = {
  secrets: "likely to hold secrets",
  git: "one of Git's own records",
  history: "a history of typed commands",
  own: "one of Waybill's own records",
};

/** For a person, as the end of a sentence about the file: `is likely to hold secrets (built-in rule)`. */
export function describeKept(kept: KeptBy): string {
  switch (kept.kind) {
    case "built-in": {
      const what = BUILT_IN[kept.rule];
      const link = what.startsWith("likely") ? "a link to what is " : "a link to ";
      return `is ${kept.isByLink ? link : ""}${what} (built-in rule)`;
    }
    case "ignore-file":
      return `is ignored by ${kept.path}`;
    case "link":
      return "is a link out of the workspace";
    case "restricted":
      return "is not read in Restricted Mode";
  }
}

/** For a person who has asked about the file. */
export function refusalOf(name: string, kept: KeptBy): string {
  return `${name} ${describeKept(kept)}, so its text stays on this machine. Nothing was sent, and nothing was paid.`;
}

import { EXCEED_POLICIES, type ExceedPolicy } from "../../../core/budget/exceedPolicy.ts";
import { parseUsd } from "../../../core/money/nanoUsd.ts";
import { ALERT_PERCENTAGES, REQUESTS_A_MINUTE, TOKENS_A_DAY } from "../../platform/readBudgetSettings.ts";
import type { FieldValue, LimitField } from "./limitFields.ts";

/** What goes into the settings: dollars, a count, a policy, percentages, or `null` for no limit. */
export type WrittenValue = number | ExceedPolicy | readonly number[] | null;

const NANO = 1e9;
const NONE_WORDS = ["none", "never", "null", "no limit"];

/** What was typed; `undefined` when it makes no sense. */
export function readTyped(field: LimitField, text: string): WrittenValue | undefined {
  const typed = text.trim().toLowerCase();
  const isNone = NONE_WORDS.includes(typed);
  switch (field.kind) {
    case "on-exceed":
      return EXCEED_POLICIES.find((policy) => policy === typed);
    case "ask-above":
      return isNone ? null : readDollars(typed);
    case "alerts":
      return isNone ? [] : readPercentages(typed);
    case "limit":
      return isNone ? null : readAmount(field, typed);
  }
}

/** What holds now, as it would be typed. */
export function typedText(field: LimitField, value: FieldValue): string {
  if (typeof value === "object") return value.length === 0 ? "none" : value.join(", ");
  if (typeof value === "number") return String(isMoney(field) ? value / NANO : value);
  return value ?? (field.kind === "ask-above" ? "never" : "none");
}

/** Why what was typed cannot be written: one sentence. */
export function expectedText(field: LimitField): string {
  return `Type ${expected(field)}, or ${noneText(field)}; nothing is written yet.`;
}

/** What to type for none, for instance `none for no limit`. */
export function noneText({ kind }: LimitField): string {
  switch (kind) {
    case "alerts":
      return "none for no alerts";
    case "ask-above":
      return "never to send without asking";
    default:
      return "none for no limit";
  }
}

/** For a title, for instance `in US dollars`. */
export function unitText(field: LimitField): string {
  if (field.kind === "alerts") return "in percent of a limit";
  return isMoney(field) ? "in US dollars" : `in ${field.limit?.measure ?? "words"}`;
}

/** It is typed in dollars and held in nano-dollars. */
export function isMoney({ kind, limit }: LimitField): boolean {
  return kind === "ask-above" || limit?.measure === "money";
}

function expected(field: LimitField): string {
  if (isMoney(field)) return "an amount in US dollars like 0.50";
  switch (field.limit?.measure) {
    case "tokens":
      return TOKENS_A_DAY.expected;
    case "requests":
      return REQUESTS_A_MINUTE.expected;
    default:
      return "percentages from 1 to 100 like 50, 80, 100";
  }
}

function readAmount({ limit }: LimitField & { kind: "limit" }, typed: string): number | undefined {
  switch (limit.measure) {
    case "money":
      return readDollars(typed);
    case "tokens":
      return TOKENS_A_DAY.parse(readCount(typed));
    case "requests":
      return REQUESTS_A_MINUTE.parse(readCount(typed));
  }
}

function readDollars(typed: string): number | undefined {
  // A comma before one or two digits is how many people write cents.
  const amount = parseUsd(typed.replace(/^\$\s*/, "").replace(/^(\d*),(\d{1,2})$/, "$1.$2"));
  return amount === undefined || amount < 0 ? undefined : amount / NANO;
}

function readCount(typed: string): number {
  return typed === "" ? Number.NaN : Number(typed.replaceAll(/[\s,_]/g, ""));
}

/** In any order, with or without `%` and commas; each counts once. */
function readPercentages(typed: string): readonly number[] | undefined {
  const parts = typed.split(/[\s,;%]+/).filter((part) => part !== "");
  return parts.length === 0 ? undefined : ALERT_PERCENTAGES.parse([...new Set(parts.map(Number))]);
}

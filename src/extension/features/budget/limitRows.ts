import type { LimitStanding, SpendLimit } from "../../../core/budget/spendLimit.ts";
import { describeAmount } from "../../../core/budget/describeLimit.ts";
import { type LocalTime, describeUse } from "../../../core/budget/presentSpend.ts";
import { type BudgetSettings, readBudgetSettings } from "../../platform/readBudgetSettings.ts";
import { type ReadRawSetting, SettingReader } from "../../platform/settingReader.ts";
import {
  LIMIT_FIELDS,
  type FieldValue,
  type LimitField,
  askedLimit,
  describeValue,
  standingOf,
  valueIn,
} from "./limitFields.ts";

/** A line of the form. */
export interface LimitRow {
  readonly field: LimitField;
  /** What holds now. */
  readonly value: FieldValue;
  /** For instance `$5.00 · your settings`. */
  readonly summary: string;
  /** What is used and when it starts afresh, or what the choice means. */
  readonly state: string;
}

export interface LimitStandings {
  /** `undefined` where the ledger is not there or cannot be read. */
  readonly standings: readonly LimitStanding[] | undefined;
  readonly time: LocalTime;
}

/** What holds, with the workspace and without it. */
export function budgetsOf(read: ReadRawSetting): { readonly here: BudgetSettings; readonly own: BudgetSettings } {
  const readOwn: ReadRawSetting = (key) => ({ ...read(key), workspaceValue: undefined });
  return { here: readBudgetSettings(new SettingReader(read)), own: readBudgetSettings(new SettingReader(readOwn)) };
}

/** One limit for every line that has one, for the ledger to say what is used of it. */
export function askedLimits(read: ReadRawSetting): readonly SpendLimit[] {
  const { here } = budgetsOf(read);
  return LIMIT_FIELDS.flatMap((field) => askedLimit(field, valueIn(here, field)) ?? []);
}

export function limitRows(read: ReadRawSetting, known: LimitStandings): readonly LimitRow[] {
  const { here, own } = budgetsOf(read);
  return LIMIT_FIELDS.map((field) => {
    const value = valueIn(here, field);
    const raised = describeRaise(field, known);
    const origin = describeOrigin(read, field, { value, ownValue: valueIn(own, field) });
    return {
      field,
      value,
      summary: `${describeValue(field, value)}${raised} · ${origin}`,
      state: describeState(field, value, known),
    };
  });
}

/** Where the value comes from. */
function describeOrigin(
  read: ReadRawSetting,
  field: LimitField,
  { value, ownValue }: { readonly value: FieldValue; readonly ownValue: FieldValue },
): string {
  const { userValue, workspaceValue } = read(field.key);
  const whose = userValue === undefined ? "default" : "your settings";
  if (value !== ownValue) return `this workspace; ${whose}: ${describeValue(field, ownValue)}`;
  const isIdle = field.isOfWorkspace && workspaceValue !== undefined && workspaceValue !== userValue;
  return isIdle ? `${whose}; this workspace cannot loosen it` : whose;
}

function describeRaise(field: LimitField, { standings }: LimitStandings): string {
  const standing = standingOf(field, standings);
  if (standing?.measure !== "money" || standing.limit === standing.raisedFrom) return "";
  return ` (${describeAmount(standing, standing.limit)} today, raised)`;
}

function describeState(field: LimitField, value: FieldValue, { standings, time }: LimitStandings): string {
  if (field.limit === undefined) return describeExceed(value);
  if (field.limit.scope === "request") return "The most that one request may cost at worst";
  const standing = standingOf(field, standings);
  return standing === undefined ? "Nothing is known of what is spent" : describeUse(standing, time);
}

export function describeExceed(value: FieldValue): string {
  switch (value) {
    case "ask":
      return "You are asked: allow once, raise for today, or ask a cheaper model";
    case "block":
      return "The request is refused";
    default:
      return "Cheaper models of the route are tried, then the request is refused";
  }
}

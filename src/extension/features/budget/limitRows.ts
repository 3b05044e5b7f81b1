import type { LimitStanding, SpendLimit } from "../../../core/budget/spendLimit.ts";
import { describeAmount } from "../../../core/budget/describeLimit.ts";
import { type LocalTime, describeUse } from "../../../core/budget/presentSpend.ts";
import { type BudgetSettings, readBudgetSettings } from "../../platform/readBudgetSettings.ts";
import { type InvalidSetting, type ReadRawSetting, SettingReader } from "../../platform/settingReader.ts";
import {
  LIMIT_FIELDS,
  type FieldValue,
  type LimitField,
  askedLimit,
  describeValue,
  isSameValue,
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

export interface Budgets {
  /** With the workspace's say. */
  readonly here: BudgetSettings;
  /** Without it. */
  readonly own: BudgetSettings;
  /** Settings of the person's own that make no sense, so that the default holds. */
  readonly ownInvalid: readonly InvalidSetting[];
}

/** What holds, with the workspace and without it. */
export function budgetsOf(read: ReadRawSetting): Budgets {
  const ownReader = new SettingReader((key) => ({ ...read(key), workspaceValue: undefined }));
  const own = readBudgetSettings(ownReader);
  return { here: readBudgetSettings(new SettingReader(read)), own, ownInvalid: ownReader.invalid };
}

/** One limit for every line that has one, for the ledger to say what is used of it. */
export function askedLimits(read: ReadRawSetting): readonly SpendLimit[] {
  const { here } = budgetsOf(read);
  return LIMIT_FIELDS.flatMap((field) => askedLimit(field, valueIn(here, field)) ?? []);
}

export function limitRows(read: ReadRawSetting, known: LimitStandings): readonly LimitRow[] {
  const budgets = budgetsOf(read);
  return LIMIT_FIELDS.map((field) => {
    const value = valueIn(budgets.here, field);
    const raised = describeRaise(field, known);
    const origin = describeOrigin(read, field, budgets);
    return {
      field,
      value,
      summary: `${describeValue(field, value)}${raised} · ${origin}`,
      state: describeState(field, value, known),
    };
  });
}

/** Where the value comes from. */
function describeOrigin(read: ReadRawSetting, field: LimitField, { here, own, ownInvalid }: Budgets): string {
  const { userValue, workspaceValue } = read(field.key);
  const ownValue = valueIn(own, field);
  const whose = describeOwner(
    userValue !== undefined,
    ownInvalid.some(({ key }) => key === field.key),
  );
  if (!isSameValue(valueIn(here, field), ownValue))
    return `this workspace; ${whose}: ${describeValue(field, ownValue)}`;
  const isIdle = field.isOfWorkspace && workspaceValue !== undefined && workspaceValue !== userValue;
  return isIdle ? `${whose}; this workspace cannot loosen it` : whose;
}

function describeOwner(isSet: boolean, isInvalid: boolean): string {
  if (isInvalid) return "default, since your setting makes no sense";
  return isSet ? "your settings" : "default";
}

function describeRaise(field: LimitField, { standings }: LimitStandings): string {
  const standing = standingOf(field, standings);
  if (standing?.measure !== "money" || standing.limit === standing.raisedFrom) return "";
  return ` (${describeAmount(standing, standing.limit)} today, raised)`;
}

function describeState(field: LimitField, value: FieldValue, { standings, time }: LimitStandings): string {
  switch (field.kind) {
    case "on-exceed":
      return describeExceed(value);
    case "ask-above":
      return value === undefined
        ? "No question waits for your yes because of its cost"
        : "You are asked before a question that could cost more than this at worst";
    case "alerts":
      return "How much of a limit is used when you are told, once for each limit and period";
    case "limit": {
      if (field.limit.scope === "request") return "The most that one request may cost at worst";
      const standing = standingOf(field, standings);
      return standing === undefined ? "Nothing is known of what is spent" : describeUse(standing, time);
    }
  }
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

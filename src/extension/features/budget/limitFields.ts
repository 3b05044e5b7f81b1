import type { ExceedPolicy } from "../../../core/budget/exceedPolicy.ts";
import { type LimitStanding, type SpendLimit, limitName } from "../../../core/budget/spendLimit.ts";
import { describeAmount } from "../../../core/budget/describeLimit.ts";
import { toNanoUsd } from "../../../core/money/nanoUsd.ts";
import { SETTINGS, type SettingKey } from "../../platform/contributions.ts";
import { type BudgetSettings, MONEY_LIMITS } from "../../platform/readBudgetSettings.ts";

/** A setting of the form. */
export interface LimitField {
  readonly key: SettingKey;
  readonly label: string;
  /** Absent for what happens when a limit is passed. */
  readonly limit?: LimitKind;
  /** The workspace may set it, too, and then only tighten it. */
  readonly isOfWorkspace: boolean;
}

/** Which limit it is, whatever its amount. */
type LimitKind = Pick<SpendLimit, "measure" | "scope" | "period">;

/** What holds for a field: an amount in what the limit measures, `undefined` for no limit, or what happens. */
export type FieldValue = number | ExceedPolicy | undefined;

const LABELS: Partial<Readonly<Record<SettingKey, string>>> = {
  [SETTINGS.perRequest]: "One request",
  [SETTINGS.perChat]: "One chat",
  [SETTINGS.workspacePerDay]: "This workspace, a day",
  [SETTINGS.workspacePerWeek]: "This workspace, a week",
  [SETTINGS.workspacePerMonth]: "This workspace, a month",
  [SETTINGS.userPerDay]: "All workspaces, a day",
  [SETTINGS.userPerWeek]: "All workspaces, a week",
  [SETTINGS.userPerMonth]: "All workspaces, a month",
  [SETTINGS.keyPerMonth]: "Each key, a month",
};

/** Large enough for nobody to reach, small enough to be raised. */
const NO_LIMIT = 4e15;

const MONEY_FIELDS: readonly LimitField[] = MONEY_LIMITS.map(([key, scope]) => ({
  key,
  label: LABELS[key] ?? key,
  limit: { measure: "money", ...scope },
  isOfWorkspace: scope.scope !== "user" && scope.scope !== "key",
}));

/** In the order of the form: what the command is named after first. */
export const LIMIT_FIELDS: readonly LimitField[] = [
  ...MONEY_FIELDS.filter(({ limit }) => limit?.scope === "workspace"),
  ...MONEY_FIELDS.filter(({ limit }) => limit?.period === "whole"),
  ...MONEY_FIELDS.filter(({ limit, isOfWorkspace }) => !isOfWorkspace && limit?.period !== "whole"),
  {
    key: SETTINGS.tokensPerDay,
    label: "Tokens, a day",
    limit: { measure: "tokens", scope: "user", period: "day" },
    isOfWorkspace: false,
  },
  {
    key: SETTINGS.budgetRequestsPerMinute,
    label: "Requests, a minute",
    limit: { measure: "requests", scope: "user", period: "minute" },
    isOfWorkspace: false,
  },
  { key: SETTINGS.onExceed, label: "When a limit is in the way", isOfWorkspace: true },
];

export function valueIn(settings: BudgetSettings, { limit }: LimitField): FieldValue {
  if (limit === undefined) return settings.onExceed;
  return settings.limits.find((each) => limitName(each) === limitName(limit))?.limit;
}

/** For instance `$5.00`, `no limit` or `downgrade`. */
export function describeValue({ limit }: LimitField, value: FieldValue): string {
  if (value === undefined) return "no limit";
  return typeof value === "string" || limit === undefined ? String(value) : describeAmount(limit, value);
}

/** The limit to ask the ledger for, also where there is none: what is spent shows all the same. */
export function askedLimit({ limit }: LimitField, value: FieldValue): SpendLimit | undefined {
  const amount = typeof value === "number" ? value : NO_LIMIT;
  if (limit === undefined) return undefined;
  switch (limit.measure) {
    case "money":
      return { ...moneyKind(limit), limit: toNanoUsd(amount) };
    case "tokens":
      return { measure: "tokens", scope: "user", period: "day", limit: amount };
    case "requests":
      return { measure: "requests", scope: "user", period: "minute", limit: amount };
  }
}

export function standingOf(
  { limit }: LimitField,
  standings: readonly LimitStanding[] | undefined,
): LimitStanding | undefined {
  return limit && standings?.find((standing) => limitName(standing) === limitName(limit));
}

function moneyKind({ scope, period }: LimitKind) {
  if (period === "minute") throw new RangeError("Money has no limit a minute");
  return { measure: "money", scope, period } as const;
}

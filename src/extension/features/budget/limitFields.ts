import type { ExceedPolicy } from "../../../core/budget/exceedPolicy.ts";
import { type LimitStanding, type SpendLimit, limitName } from "../../../core/budget/spendLimit.ts";
import { describeAmount } from "../../../core/budget/describeLimit.ts";
import { formatExactUsd } from "../../../core/money/formatUsd.ts";
import { toNanoUsd } from "../../../core/money/nanoUsd.ts";
import { SETTINGS, type SettingKey } from "../../platform/contributions.ts";
import { type BudgetSettings, MONEY_LIMITS } from "../../platform/readBudgetSettings.ts";

/** A setting of the form: a limit, what happens at the end of one, above which cost to ask, or when to tell of a limit. */
export type LimitField = {
  readonly key: SettingKey;
  readonly label: string;
  /** The workspace may set it, too, and then only tighten it. */
  readonly isOfWorkspace: boolean;
} & (
  | { readonly kind: "limit"; readonly limit: LimitKind }
  | { readonly kind: "on-exceed" | "ask-above" | "alerts"; readonly limit?: undefined }
);

/** Which limit it is, whatever its amount. */
type LimitKind = Pick<SpendLimit, "measure" | "scope" | "period">;

/**
 * What holds for a field: an amount in what the limit measures (nano-dollars above which to ask), `undefined` for no limit,
 * what happens, or percentages.
 */
export type FieldValue = number | ExceedPolicy | readonly number[] | undefined;

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
  kind: "limit",
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
    kind: "limit",
    key: SETTINGS.tokensPerDay,
    label: "Tokens, a day",
    limit: { measure: "tokens", scope: "user", period: "day" },
    isOfWorkspace: false,
  },
  {
    kind: "limit",
    key: SETTINGS.budgetRequestsPerMinute,
    label: "Requests, a minute",
    limit: { measure: "requests", scope: "user", period: "minute" },
    isOfWorkspace: false,
  },
  { kind: "on-exceed", key: SETTINGS.onExceed, label: "When a limit is in the way", isOfWorkspace: true },
  { kind: "ask-above", key: SETTINGS.askAbove, label: "Ask me above", isOfWorkspace: true },
  { kind: "alerts", key: SETTINGS.alertAt, label: "Alerts", isOfWorkspace: false },
];

export function valueIn(settings: BudgetSettings, field: LimitField): FieldValue {
  switch (field.kind) {
    case "limit":
      return settings.limits.find((each) => limitName(each) === limitName(field.limit))?.limit;
    case "on-exceed":
      return settings.onExceed;
    case "ask-above":
      return settings.askAbove;
    case "alerts":
      return settings.alertAt;
  }
}

/** For instance `$5.00`, `no limit`, `downgrade` or `at 50 %, 80 %`. */
export function describeValue(field: LimitField, value: FieldValue): string {
  if (typeof value === "object")
    return value.length === 0 ? "none" : `at ${value.map((each) => `${each} %`).join(", ")}`;
  if (typeof value === "string") return value;
  if (value === undefined) return field.kind === "ask-above" ? "never" : "no limit";
  // Every digit counts: what holds is not to look like more than it is.
  if (field.limit === undefined || field.limit.measure === "money") return formatExactUsd(toNanoUsd(value));
  return describeAmount(field.limit, value);
}

/** Also for lists, and for values as the settings have them. */
export function isSameValue(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
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

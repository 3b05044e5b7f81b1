import { EXCEED_POLICIES } from "../../core/budget/exceedPolicy.ts";
import { type MoneyLimit, tightestLimits } from "../../core/budget/spendLimit.ts";
import { type NanoUsd, parseUsd } from "../../core/money/nanoUsd.ts";
import { type BudgetRules, type BudgetWish, tightenBudget } from "../../core/settings/tightenSettings.ts";
import { SETTINGS, type SettingKey } from "./contributions.ts";
import { type Expectation, type SettingReader, oneOf, orNull, wholeNumberBetween } from "./settingReader.ts";

export interface BudgetSettings extends BudgetRules {
  /** Percentages of a limit at which the person is told, ascending. */
  readonly alertAt: readonly number[];
}

type MoneyScope = Pick<MoneyLimit, "scope" | "period">;

/** A workspace has a say in those that are about itself; it can lower them. */
export const MONEY_LIMITS: readonly (readonly [SettingKey, MoneyScope])[] = [
  [SETTINGS.perRequest, { scope: "request", period: "whole" }],
  [SETTINGS.perChat, { scope: "chat", period: "whole" }],
  [SETTINGS.workspacePerDay, { scope: "workspace", period: "day" }],
  [SETTINGS.workspacePerWeek, { scope: "workspace", period: "week" }],
  [SETTINGS.workspacePerMonth, { scope: "workspace", period: "month" }],
  [SETTINGS.userPerDay, { scope: "user", period: "day" }],
  [SETTINGS.userPerWeek, { scope: "user", period: "week" }],
  [SETTINGS.userPerMonth, { scope: "user", period: "month" }],
  [SETTINGS.keyPerMonth, { scope: "key", period: "month" }],
];

export const REQUESTS_A_MINUTE = wholeNumberBetween(1, 10_000);
export const TOKENS_A_DAY = wholeNumberBetween(0, 1e12);

export function readBudgetSettings(reader: SettingReader): BudgetSettings {
  return {
    ...tightenBudget(readOwnBudget(reader), readBudgetWish(reader)),
    alertAt: readAlerts(reader),
  };
}

export function readAlerts(reader: SettingReader): readonly number[] {
  return reader.expect(SETTINGS.alertAt, ALERT_PERCENTAGES) ?? [];
}

/** What the person says, whatever the workspace does. */
export function readOwnBudget(reader: SettingReader): BudgetRules {
  const requests = reader.expect(SETTINGS.budgetRequestsPerMinute, orNull(REQUESTS_A_MINUTE)) ?? undefined;
  const tokens = reader.expect(SETTINGS.tokensPerDay, orNull(TOKENS_A_DAY)) ?? undefined;
  return {
    limits: tightestLimits([
      ...MONEY_LIMITS.flatMap(([key, scope]) => limitOf(scope, readOwnAmount(reader, key))),
      ...(tokens === undefined ? [] : [{ measure: "tokens", scope: "user", period: "day", limit: tokens } as const]),
      ...(requests === undefined
        ? []
        : [{ measure: "requests", scope: "user", period: "minute", limit: requests } as const]),
    ]),
    onExceed: reader.expect(SETTINGS.onExceed, oneOf(EXCEED_POLICIES)) ?? "downgrade",
    askAbove: readOwnAmount(reader, SETTINGS.askAbove),
  };
}

/** What the workspace says, where it makes sense. */
export function readBudgetWish(reader: SettingReader): BudgetWish {
  const onExceed = readWishedPolicy(reader);
  const askAbove = readWishedAmount(reader, SETTINGS.askAbove);
  return {
    limits: MONEY_LIMITS.flatMap(([key, scope]) => limitOf(scope, readWishedAmount(reader, key))),
    ...(onExceed === undefined ? {} : { onExceed }),
    ...(askAbove === undefined ? {} : { askAbove }),
  };
}

export const ALERT_PERCENTAGES: Expectation<readonly number[]> = {
  expected: "a list of percentages from 1 to 100",
  parse: (value) => {
    if (!Array.isArray(value)) return undefined;
    const numbers = value.filter((item: unknown) => typeof item === "number" && item >= 1 && item <= 100);
    return numbers.length === value.length ? numbers.map(Number).toSorted((left, right) => left - right) : undefined;
  },
};

function readWishedPolicy(reader: SettingReader): BudgetWish["onExceed"] {
  const { expected, parse } = oneOf(EXCEED_POLICIES);
  const { workspaceValue } = reader.raw(SETTINGS.onExceed);
  const wished = parse(workspaceValue);
  if (workspaceValue !== undefined && wished === undefined) reader.noteInvalid(SETTINGS.onExceed, expected);
  return wished;
}

function limitOf(scope: MoneyScope, limit: NanoUsd | undefined): readonly MoneyLimit[] {
  return limit === undefined ? [] : [{ measure: "money", ...scope, limit }];
}

function readOwnAmount(reader: SettingReader, key: SettingKey): NanoUsd | undefined {
  const { defaultValue, userValue } = reader.raw(key);
  return readAmount(reader, key, userValue === undefined ? defaultValue : userValue);
}

function readWishedAmount(reader: SettingReader, key: SettingKey): NanoUsd | undefined {
  return readAmount(reader, key, reader.raw(key).workspaceValue);
}

/** A limit that makes no sense falls back to the default. */
function readAmount(reader: SettingReader, key: SettingKey, value: unknown): NanoUsd | undefined {
  if (value === undefined || value === null) return undefined;
  const amount = parseLimit(value);
  if (amount !== undefined) return amount;
  reader.noteInvalid(key, "an amount in US dollars, or null");
  return parseLimit(reader.raw(key).defaultValue);
}

function parseLimit(value: unknown): NanoUsd | undefined {
  return typeof value === "number" && value >= 0 ? parseUsd(value) : undefined;
}

import { EXCEED_POLICIES, type ExceedPolicy, tightestExceedPolicy } from "../../core/budget/exceedPolicy.ts";
import { type MoneyLimit, type SpendLimit, tightestLimits } from "../../core/budget/spendLimit.ts";
import { type NanoUsd, parseUsd } from "../../core/money/nanoUsd.ts";
import { SETTINGS, type SettingKey } from "./contributions.ts";
import { type Expectation, type SettingReader, oneOf, orNull, wholeNumberBetween } from "./settingReader.ts";

/** What may be spent, and what happens at the end of it. */
export interface BudgetSettings {
  readonly limits: readonly SpendLimit[];
  readonly onExceed: ExceedPolicy;
  /** The person is asked before a question that could cost more. */
  readonly askAbove: NanoUsd | undefined;
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
  const requests = reader.expect(SETTINGS.budgetRequestsPerMinute, orNull(REQUESTS_A_MINUTE)) ?? undefined;
  const tokens = reader.expect(SETTINGS.tokensPerDay, orNull(TOKENS_A_DAY)) ?? undefined;
  return {
    limits: tightestLimits([
      ...MONEY_LIMITS.flatMap(([key, scope]) => readMoneyLimits(reader, key, scope)),
      ...(tokens === undefined ? [] : [{ measure: "tokens", scope: "user", period: "day", limit: tokens } as const]),
      ...(requests === undefined
        ? []
        : [{ measure: "requests", scope: "user", period: "minute", limit: requests } as const]),
    ]),
    onExceed: readExceedPolicy(reader),
    askAbove: lowestOf(readAmounts(reader, SETTINGS.askAbove)),
    alertAt: reader.expect(SETTINGS.alertAt, ALERT_PERCENTAGES) ?? [],
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

function readExceedPolicy(reader: SettingReader): ExceedPolicy {
  const { expected, parse } = oneOf(EXCEED_POLICIES);
  const own = reader.expect(SETTINGS.onExceed, { expected, parse }) ?? "downgrade";
  const { workspaceValue } = reader.raw(SETTINGS.onExceed);
  if (workspaceValue === undefined) return own;
  const wished = parse(workspaceValue);
  if (wished === undefined) reader.noteInvalid(SETTINGS.onExceed, expected);
  return wished === undefined ? own : tightestExceedPolicy(own, wished);
}

/** The person's limit and the workspace's: the lower one will win. A limit that makes no sense falls back to the default. */
function readMoneyLimits(reader: SettingReader, key: SettingKey, scope: MoneyScope): readonly SpendLimit[] {
  return readAmounts(reader, key).map((limit) => ({ measure: "money", ...scope, limit }));
}

function readAmounts(reader: SettingReader, key: SettingKey): readonly NanoUsd[] {
  const { defaultValue, userValue, workspaceValue } = reader.raw(key);
  const values = [userValue === undefined ? defaultValue : userValue, workspaceValue].filter(
    (value) => value !== undefined && value !== null,
  );
  if (values.some((value) => parseLimit(value) === undefined)) {
    reader.noteInvalid(key, "an amount in US dollars, or null");
  }
  const amounts = values.map((value) => parseLimit(value) ?? parseLimit(defaultValue));
  return amounts.filter((amount) => amount !== undefined);
}

function lowestOf([first, ...others]: readonly NanoUsd[]): NanoUsd | undefined {
  return others.reduce((lowest, amount) => (lowest === undefined || amount < lowest ? amount : lowest), first);
}

function parseLimit(value: unknown): NanoUsd | undefined {
  return typeof value === "number" && value >= 0 ? parseUsd(value) : undefined;
}

import { EXCEED_POLICIES, type ExceedPolicy } from "../../../core/budget/exceedPolicy.ts";
import { describeAmount, usedOf } from "../../../core/budget/describeLimit.ts";
import type { LimitStanding } from "../../../core/budget/spendLimit.ts";
import { parseUsd } from "../../../core/money/nanoUsd.ts";
import { REQUESTS_A_MINUTE, TOKENS_A_DAY } from "../../platform/readBudgetSettings.ts";
import type { ReadRawSetting } from "../../platform/settingReader.ts";
import type { SettingWrite } from "../routing/settingWrite.ts";
import { type FieldValue, type LimitField, describeValue, valueIn } from "./limitFields.ts";
import { budgetsOf } from "./limitRows.ts";

/** What goes into the settings: dollars, a count, a policy, or `null` for no limit. */
export type WrittenValue = number | ExceedPolicy | null;

/** A way to write a value, and what it comes to here. */
export interface WritingPlace {
  readonly label: string;
  readonly detail: string;
  readonly writes: readonly SettingWrite[];
  /** For the end of a sentence: `into your settings`. */
  readonly whereTo: string;
  /** What holds here afterwards. */
  readonly result: FieldValue;
}

const NANO = 1e9;
const NO_LIMIT_WORDS = ["none", "null", "no limit"];

/** What was typed; `undefined` when it makes no sense. */
export function readLimit({ limit }: LimitField, text: string): WrittenValue | undefined {
  const typed = text.trim().toLowerCase();
  if (limit === undefined) return EXCEED_POLICIES.find((policy) => policy === typed);
  if (NO_LIMIT_WORDS.includes(typed)) return null;
  switch (limit.measure) {
    case "money":
      return readDollars(typed);
    case "tokens":
      return TOKENS_A_DAY.parse(readCount(typed));
    case "requests":
      return REQUESTS_A_MINUTE.parse(readCount(typed));
  }
}

/** Why what was typed cannot be written: one sentence. */
export function expectedLimit({ limit }: LimitField): string {
  const counts = { tokens: TOKENS_A_DAY, requests: REQUESTS_A_MINUTE };
  const expected =
    limit === undefined || limit.measure === "money"
      ? "an amount in US dollars like 0.50"
      : counts[limit.measure].expected;
  return `Type ${expected}, or none for no limit; nothing is written yet.`;
}

/** What the person should know of a limit that makes sense; `undefined` when there is nothing. */
export function warnOfLimit(standing: LimitStanding | undefined, value: WrittenValue): string | undefined {
  if (standing === undefined || typeof value !== "number") return undefined;
  const limit = standing.measure === "money" ? value * NANO : value;
  const used = usedOf(standing);
  if (used === 0 || used < limit) return undefined;
  return `${describeAmount(standing, used)} is used already, so requests stop until it starts afresh.`;
}

/**
 * Where the value can be written; the place that the command is named after comes first. A workspace can only lower, so it
 * is left out where its value would not hold, and where its own stands in the way, taking that away is one more. Never empty.
 */
export function writingPlaces(
  read: ReadRawSetting,
  field: LimitField,
  { value, hasFolder }: { readonly value: WrittenValue; readonly hasFolder: boolean },
): readonly WritingPlace[] {
  const { key } = field;
  const inUser: SettingWrite = { key, where: "user", path: [], value };
  // No limit is what a workspace says by saying nothing.
  const inWorkspace: SettingWrite = { key, where: "workspace", path: [], value: value ?? undefined };
  const nowhereElse: SettingWrite = { ...inWorkspace, value: undefined };
  const place = (draft: Omit<WritingPlace, "result">) => ({ ...draft, result: resultOf(read, field, draft.writes) });
  const user = place({ ...USER_PLACE, writes: [inUser] });
  if (!field.isOfWorkspace || !hasFolder) return [user];
  const wanted = effectOf(field, value);
  const workspace = place({ ...WORKSPACE_PLACE, writes: [inWorkspace] });
  const both = place({ ...BOTH_PLACES, writes: [inUser, nowhereElse] });
  return [
    ...(workspace.result === wanted ? [workspace] : []),
    user.result === wanted
      ? user
      : { ...user, detail: `Here ${describeValue(field, user.result)} of this workspace still holds` },
    ...(user.result === wanted ? [] : [both]),
  ];
}

/** Whether the workspace is left out because its value would not hold. */
export function isTooHighForWorkspace(field: LimitField, places: readonly WritingPlace[]): boolean {
  return field.isOfWorkspace && !places.some(({ whereTo }) => whereTo === WORKSPACE_PLACE.whereTo);
}

/** What was done, for the person. */
export function describeChange(field: LimitField, value: WrittenValue, { whereTo, result }: WritingPlace): string {
  const wanted = effectOf(field, value);
  const still = result === wanted ? "" : ` In this workspace ${describeValue(field, result)} still holds.`;
  return `${field.label}: ${describeValue(field, wanted)}, written ${whereTo}.${still}`;
}

const USER_PLACE = { label: "Your settings", detail: "Holds in every workspace", whereTo: "into your settings" };
const WORKSPACE_PLACE = {
  label: "This workspace's settings",
  detail: "Holds here only; a workspace can lower your limit and never raise it",
  whereTo: "into this workspace's settings",
};
const BOTH_PLACES = {
  label: "Your settings, and none in this workspace",
  detail: "Holds in every workspace; what this one says of its own is taken away",
  whereTo: "into your settings, and out of this workspace's",
};

function resultOf(read: ReadRawSetting, field: LimitField, writes: readonly SettingWrite[]): FieldValue {
  const after: ReadRawSetting = (key) =>
    writes
      .filter((write) => write.key === key)
      .reduce(
        (raw, { where, value }) => ({ ...raw, [where === "user" ? "userValue" : "workspaceValue"]: value }),
        read(key),
      );
  return valueIn(budgetsOf(after).here, field);
}

function effectOf({ limit }: LimitField, value: WrittenValue): FieldValue {
  if (value === null) return undefined;
  return typeof value === "number" && limit?.measure === "money" ? parseUsd(value) : value;
}

function readDollars(typed: string): number | undefined {
  // A comma before one or two digits is how many people write cents.
  const amount = parseUsd(typed.replace(/^\$\s*/, "").replace(/^(\d*),(\d{1,2})$/, "$1.$2"));
  return amount === undefined || amount < 0 ? undefined : amount / NANO;
}

function readCount(typed: string): number {
  return typed === "" ? Number.NaN : Number(typed.replaceAll(/[\s,_]/g, ""));
}

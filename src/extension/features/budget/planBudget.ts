import { describeAmount, usedOf } from "../../../core/budget/describeLimit.ts";
import type { LimitStanding } from "../../../core/budget/spendLimit.ts";
import { parseUsd } from "../../../core/money/nanoUsd.ts";
import type { ReadRawSetting } from "../../platform/settingReader.ts";
import type { SettingWrite } from "../routing/settingWrite.ts";
import { type FieldValue, type LimitField, describeValue, isSameValue, valueIn } from "./limitFields.ts";
import { budgetsOf } from "./limitRows.ts";
import { type OpenWorkspace, settingsFileOf } from "./openWorkspace.ts";
import { type WrittenValue, isMoney } from "./typedValue.ts";

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
  { value, open }: { readonly value: WrittenValue; readonly open: OpenWorkspace },
): readonly WritingPlace[] {
  const { key } = field;
  const file = settingsFileOf(open);
  const inUser: SettingWrite = { key, where: "user", path: [], value };
  // No limit is what a workspace says by saying nothing.
  const inWorkspace: SettingWrite = { key, where: "workspace", path: [], value: value ?? undefined };
  const nowhereElse: SettingWrite = { ...inWorkspace, value: undefined };
  const place = (draft: Omit<WritingPlace, "result">) => ({ ...draft, result: resultOf(read, field, draft.writes) });
  const user = place({ ...USER_PLACE, writes: [inUser] });
  if (!field.isOfWorkspace || file === undefined) return [user];
  const wanted = effectOf(field, value);
  const workspace = place({ ...workspacePlace(file), writes: [inWorkspace] });
  const both = place({ ...bothPlaces(file), writes: [inUser, nowhereElse] });
  return [
    ...(isSameValue(workspace.result, wanted) ? [workspace] : []),
    isSameValue(user.result, wanted)
      ? user
      : { ...user, detail: `Here ${describeValue(field, user.result)} of this workspace still holds` },
    ...(isSameValue(user.result, wanted) ? [] : [both]),
  ];
}

/** Whether the workspace is left out because its value would not hold. */
export function isTooHighForWorkspace(field: LimitField, places: readonly WritingPlace[]): boolean {
  return field.isOfWorkspace && !places.some(({ label }) => label === WORKSPACE_LABEL);
}

/** What was done, for the person. */
export function describeChange(
  field: LimitField,
  value: WrittenValue,
  { whereTo, result }: Pick<WritingPlace, "whereTo" | "result">,
): string {
  const wanted = effectOf(field, value);
  const still = isSameValue(result, wanted) ? "" : ` In this workspace ${describeValue(field, result)} still holds.`;
  return `${field.label}: ${describeValue(field, wanted)}, written ${whereTo}.${still}`;
}

/** Why nothing changed, where the editor cannot write its settings. */
export function describeFailure(field: LimitField, holds: FieldValue): string {
  return (
    `${field.label}: the editor could not write its file of settings, which may have mistakes or changes that are not ` +
    `saved. What holds is ${describeValue(field, holds)}; nothing was sent or charged.`
  );
}

const USER_PLACE = { label: "Your settings", detail: "Holds in every workspace", whereTo: "into your settings" };
const WORKSPACE_LABEL = "This workspace's settings";

function workspacePlace(file: string) {
  return {
    label: WORKSPACE_LABEL,
    detail: `In ${file}; holds here only and can only lower yours`,
    whereTo: `into this workspace's settings (${file})`,
  };
}

function bothPlaces(file: string) {
  return {
    label: "Your settings, and none in this workspace",
    detail: `Holds everywhere; what ${file} says is taken away`,
    whereTo: `into your settings, and out of this workspace's (${file})`,
  };
}

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

function effectOf(field: LimitField, value: WrittenValue): FieldValue {
  if (value === null) return undefined;
  return typeof value === "number" && isMoney(field) ? parseUsd(value) : value;
}

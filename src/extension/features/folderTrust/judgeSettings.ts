import { type JudgedWish, judgeWish, tightenSettings } from "../../../core/settings/tightenSettings.ts";
import type { SettingFinding } from "../../../core/trust/folderFinding.ts";
import { SETTINGS, type SettingKey } from "../../platform/contributions.ts";
import { readOwnRules, readWishes } from "../../platform/readWishes.ts";
import { type InvalidSetting, type ReadRawSetting, SettingReader } from "../../platform/settingReader.ts";
import type { JsonProperty } from "./readJsonc.ts";

/** What a workspace has a say in. The manifest's scopes keep it from all others; a test holds the two against each other. */
export const WORKSPACE_SETTINGS: readonly SettingKey[] = [
  SETTINGS.workspacePerDay,
  SETTINGS.workspacePerWeek,
  SETTINGS.workspacePerMonth,
  SETTINGS.perRequest,
  SETTINGS.perChat,
  SETTINGS.onExceed,
  SETTINGS.askAbove,
  SETTINGS.workspacePolicy,
];

const STRICTER = "stricter than yours";
const NOT_STRICTER = "yours is as strict, or stricter";
const YOURS_ALONE = "only your own settings count";
const UNKNOWN = "Waybill has no such setting";
const NOTHING = "it asks for nothing";

/** What comes of the properties of a settings file that are Waybill's, or that could lead its requests elsewhere. */
export function judgeSettings(properties: readonly JsonProperty[], own: ReadRawSetting): readonly SettingFinding[] {
  return properties.flatMap((property) => judgeSetting(property, own));
}

/** Whether a setting of this name is among them. */
export function isJudged({ name }: JsonProperty): boolean {
  return /^(?:waybill|http)(?:\.|$)/iu.test(name);
}

function judgeSetting(property: JsonProperty, own: ReadRawSetting): readonly SettingFinding[] {
  if (!isJudged(property)) return [];
  const { name, written } = property;
  const refused = (why: string): readonly SettingFinding[] => [{ name, written, verdict: "refused", why }];
  if (/^http/iu.test(name)) return refused(YOURS_ALONE);
  const key = Object.values(SETTINGS).find((declared) => declared === name);
  if (key === undefined) return refused(UNKNOWN);
  return WORKSPACE_SETTINGS.includes(key) ? judgeWished(key, property, own) : refused(YOURS_ALONE);
}

function judgeWished(
  key: SettingKey,
  { value, written }: JsonProperty,
  own: ReadRawSetting,
): readonly SettingFinding[] {
  const ownReader = new SettingReader((other) => ({ ...own(other), workspaceValue: undefined, folderValues: [] }));
  const reader = new SettingReader((other) => ({
    defaultValue: own(other).defaultValue,
    userValue: undefined,
    workspaceValue: other === key ? value : undefined,
  }));
  const rules = tightenSettings(readOwnRules(ownReader), readWishes(ownReader));
  const wishes = readWishes(reader);
  const noted = reader.invalid.filter((invalid) => invalid.key === key);
  const judged = noted.some(({ part }) => part === "") ? [] : wishes.flatMap((wish) => judgeWish(rules, wish));
  const findings = [
    ...judged.map((part) => findJudged(key, part, value)),
    ...noted.map((invalid) => findNonsense(invalid, value)),
  ];
  return findings.length > 0 ? findings : [{ name: key, written, verdict: "refused", why: NOTHING }];
}

function findJudged(key: SettingKey, { name, verdict }: JudgedWish, value: unknown): SettingFinding {
  const part = key === SETTINGS.workspacePolicy ? nameInSetting(name) : "";
  return {
    ...{ name: nameOfPart(key, part), written: writtenPart(value, part) },
    ...(verdict === "taken" ? { verdict: "holds", why: STRICTER } : { verdict: "refused", why: NOT_STRICTER }),
  };
}

function findNonsense({ key, part, expected }: InvalidSetting, value: unknown): SettingFinding {
  const written = writtenPart(value, part);
  // A name without a rule is named with all names that have one, which is long where there is a row for each.
  const why = expected.startsWith("left out") ? "Waybill has no such rule" : `it must be ${expected}`;
  return { name: nameOfPart(key, part), written, verdict: "refused", why };
}

/** Core calls one rule by another name than the setting does. */
function nameInSetting(rule: string): string {
  return rule === "maxCompletionTokens" ? "maxTokens" : rule;
}

function nameOfPart(key: SettingKey, part: string): string {
  return part === "" ? key : `${key}: ${part}`;
}

/** `part`: a name, or names and positions with dots between them; empty for the whole. */
function writtenPart(value: unknown, part: string): string {
  const names = part === "" ? [] : part.split(".");
  const inside = names.reduce<unknown>(
    (found, name) => (typeof found === "object" && found !== null ? Reflect.get(found, name) : undefined),
    value,
  );
  return JSON.stringify(inside) ?? "";
}

import { decimalToText, multiplyDecimal } from "../../../core/money/decimal.ts";
import type { UsdPrice } from "../../../core/catalog/modelPrices.ts";
import { FALLBACK_MODES, ROUTING_PROFILES, type RoutePolicy, qualityFloor } from "../../../core/routing/routePolicy.ts";
import type { RuleName } from "../../../protocol/routingMessages.ts";
import { SETTINGS, type SettingKey } from "../../platform/contributions.ts";
import { PIN_RULE, POLICY_RULES } from "../../platform/policyRules.ts";
import type { PartReader } from "../../platform/settingReader.ts";

/** How one rule is shown, typed and stored. */
export interface RuleField {
  /** At the beginning of a sentence. */
  readonly label: string;
  /** What the setting for all tasks is called; a pin is of a task alone. */
  readonly setting?: SettingKey;
  /** The part of a policy that it sets. */
  readonly part: keyof RoutePolicy;
  /** What holds by a policy, in the words in which it is typed; empty for nothing. */
  readonly textOf: (policy: RoutePolicy) => string;
  /** What was typed as a value of the setting; it may still make no sense. */
  readonly valueOf: (text: string) => unknown;
  readonly read: PartReader<Partial<RoutePolicy>>;
  readonly choices?: readonly string[];
}

export const RULE_FIELDS: Readonly<Record<RuleName, RuleField>> = {
  profile: {
    label: "The profile",
    setting: SETTINGS.profile,
    part: "profile",
    textOf: ({ profile }) => profile,
    valueOf: (text) => text,
    read: POLICY_RULES.profile,
    choices: ROUTING_PROFILES,
  },
  pin: {
    label: "The pin",
    part: "pin",
    textOf: ({ pin }) => pin ?? "",
    valueOf: (text) => text,
    read: PIN_RULE,
  },
  qualityFloor: {
    label: "The quality floor",
    setting: SETTINGS.qualityFloor,
    part: "qualityFloor",
    textOf: (policy) => String(qualityFloor(policy)),
    valueOf: (text) => (text.endsWith("%") ? percentOf(text) : numberOf(text)),
    read: POLICY_RULES.qualityFloor,
  },
  maxPromptPrice: {
    label: "The price ceiling for prompts",
    setting: SETTINGS.maxPromptPrice,
    part: "maxPromptPrice",
    textOf: ({ maxPromptPrice }) => perMillion(maxPromptPrice),
    valueOf: (text) => numberOf(text.replace(/^\$/, "")),
    read: POLICY_RULES.maxPromptPrice,
  },
  maxCompletionPrice: {
    label: "The price ceiling for answers",
    setting: SETTINGS.maxCompletionPrice,
    part: "maxCompletionPrice",
    textOf: ({ maxCompletionPrice }) => perMillion(maxCompletionPrice),
    valueOf: (text) => numberOf(text.replace(/^\$/, "")),
    read: POLICY_RULES.maxCompletionPrice,
  },
  fallback: {
    label: "Who stands in",
    setting: SETTINGS.fallback,
    part: "fallback",
    textOf: ({ fallback }) => fallback,
    valueOf: (text) => text,
    read: POLICY_RULES.fallback,
    choices: FALLBACK_MODES,
  },
  maxTokens: {
    label: "The longest answer",
    setting: SETTINGS.maxTokens,
    part: "maxCompletionTokens",
    textOf: ({ maxCompletionTokens }) => String(maxCompletionTokens),
    valueOf: (text) => numberOf(text.replaceAll(/[,_ ](?=\d{3})/g, "")),
    read: POLICY_RULES.maxTokens,
  },
};

/** What a workspace may ask for of these. */
export const WORKSPACE_FIELDS: readonly RuleName[] = [
  "qualityFloor",
  "maxPromptPrice",
  "maxCompletionPrice",
  "fallback",
  "maxTokens",
];

/** Digits with a point, or a comma that can only mean one. Anything else is left as text, which no rule takes. */
function numberOf(text: string): unknown {
  const plain = text.trim().replace(/^(\d*),(\d{1,2})$/, "$1.$2");
  return /^\d*\.?\d+$/.test(plain) ? Number(plain) : text;
}

/** `80%` is 0.8, without the errors of a division. */
function percentOf(text: string): unknown {
  const percent = numberOf(text.slice(0, -1));
  return typeof percent === "number" ? Number((percent / 100).toFixed(6)) : text;
}

/** US dollars per million tokens. */
function perMillion(perToken: UsdPrice | undefined): string {
  return perToken === undefined ? "" : decimalToText(multiplyDecimal(perToken, 1_000_000));
}

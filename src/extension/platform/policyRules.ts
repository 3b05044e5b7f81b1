import { pricePerMillion } from "../../core/catalog/pricePerMillion.ts";
import type { UsdPrice } from "../../core/catalog/modelPrices.ts";
import { type NanoUsd, parseUsd } from "../../core/money/nanoUsd.ts";
import type { ExperimentArm } from "../../core/routing/experiment.ts";
import {
  CLIMB_MODES,
  FALLBACK_MODES,
  REASONING_EFFORTS,
  ROUTING_PROFILES,
  type RoutePolicy,
  WHEN_SPENT_MODES,
} from "../../core/routing/routePolicy.ts";
import type { WorkspacePolicy } from "../../core/routing/tightenPolicy.ts";
import { PRIVACY_PROFILES } from "../../core/privacy/privacyProfile.ts";
import { KEY_NAME_RULE, isKeyName } from "../../core/keys/keyName.ts";
import { ruleOf, ruleOfList, rulesOf } from "./partReaders.ts";
import { providerPreferences } from "./readProviderSetting.ts";
import { type Expectation, type PartReader, numberBetween, oneOf, wholeNumberBetween } from "./settingReader.ts";

const share = numberBetween(0, 1);
const answerTokens = wholeNumberBetween(256, 65_536);
const modelId = text("a model id");
const pattern = text("a model id, where * stands for any text");
export const PROVIDER_SLUG = text("a provider's slug");

const price: Expectation<UsdPrice> = {
  expected: "US dollars per million tokens, 0 or more",
  parse: (value) => (typeof value === "number" ? pricePerMillion(value) : undefined),
};

const amount: Expectation<NanoUsd> = {
  expected: "an amount in US dollars, 0 or more",
  parse: (value) => (typeof value === "number" && value >= 0 ? parseUsd(value) : undefined),
};
const climb = ruleOf(oneOf(CLIMB_MODES), (mode) => ({ climb: mode }));
const climbBudget = ruleOf(amount, (most) => ({ climbBudget: most }));
const whenSpent = ruleOf(oneOf(WHEN_SPENT_MODES), (mode) => ({ whenSpent: mode }));
const weights: Expectation<readonly ExperimentArm[]> = {
  expected: "weights of 0 or more by model id",
  parse: (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    const arms = Object.entries(value).map(([model, weight]): ExperimentArm | undefined =>
      typeof weight === "number" && weight >= 0 ? { model, weight } : undefined,
    );
    return arms.every((arm) => arm !== undefined) ? arms : undefined;
  },
};

/** The rules that may differ by task or environment, by their names in the settings. An empty list rules nothing. */
export const POLICY_RULES = {
  profile: ruleOf(oneOf(ROUTING_PROFILES), (profile) => ({ profile })),
  allow: ruleOfList(pattern, (allow) => ({ allow: allow.length === 0 ? [] : [allow] })),
  deny: ruleOfList(pattern, (deny) => ({ deny })),
  qualityFloor: ruleOf(share, (qualityFloor) => ({ qualityFloor })),
  maxPromptPrice: ruleOf(price, (maxPromptPrice) => ({ maxPromptPrice })),
  maxCompletionPrice: ruleOf(price, (maxCompletionPrice) => ({ maxCompletionPrice })),
  providers: ruleOf(providerPreferences, (preferences) => ({ provider: preferences })),
  fallback: ruleOf(oneOf(FALLBACK_MODES), (fallback) => ({ fallback })),
  fallbackPriceFactor: ruleOf(numberBetween(1, 10), (fallbackPriceFactor) => ({ fallbackPriceFactor })),
  providerPriceFactor: ruleOf(numberBetween(1, 3), (providerPriceFactor) => ({ providerPriceFactor })),
  climb,
  climbBudget,
  whenSpent,
  maxTokens: ruleOf(answerTokens, (maxCompletionTokens) => ({ maxCompletionTokens })),
  reasoningEffort: ruleOf(oneOf(REASONING_EFFORTS), (reasoningEffort) => ({ reasoningEffort })),
  temperature: ruleOf(numberBetween(0, 2), (temperature) => ({ temperature })),
} as const satisfies Readonly<Record<string, PartReader<Partial<RoutePolicy>>>>;

export const PIN_RULE: PartReader<Partial<RoutePolicy>> = ruleOf(modelId, (pin) => ({ pin }));

export const KEY_NAME: Expectation<string> = {
  expected: KEY_NAME_RULE,
  parse: (value) => (isKeyName(value) ? value : undefined),
};

/** The rules of one environment. Its key is no rule of routing: `readKeyChoice.ts` reads that. */
export const ENVIRONMENT_RULES: PartReader<Partial<RoutePolicy>> = together({
  ...POLICY_RULES,
  key: ruleOf(KEY_NAME, () => ({})),
});

/** The rules of one task. */
export const TASK_RULES: PartReader<Partial<RoutePolicy>> = together({
  pin: PIN_RULE,
  experiment: ruleOf(weights, (experiment) => ({ experiment })),
  ...POLICY_RULES,
});

/** What a workspace may ask for, by its names in the setting. */
export const WORKSPACE_RULES: PartReader<readonly WorkspacePolicy[]> = rulesOf<WorkspacePolicy>({
  allow: ruleOfList(pattern, (allow) => (allow.length === 0 ? {} : { allow })),
  deny: ruleOfList(pattern, (deny) => ({ deny })),
  qualityFloor: ruleOf(share, (qualityFloor) => ({ qualityFloor })),
  maxPromptPrice: ruleOf(price, (maxPromptPrice) => ({ maxPromptPrice })),
  maxCompletionPrice: ruleOf(price, (maxCompletionPrice) => ({ maxCompletionPrice })),
  maxTokens: ruleOf(answerTokens, (maxCompletionTokens) => ({ maxCompletionTokens })),
  privacy: ruleOf(oneOf(PRIVACY_PROFILES), (privacy) => ({ privacy })),
  dataCollection: ruleOf(oneOf<"deny">(["deny"]), (dataCollection) => ({ dataCollection })),
  zdr: ruleOf<true, WorkspacePolicy>(
    { expected: "true", parse: (value) => (value === true ? true : undefined) },
    (zdr) => ({ zdr }),
  ),
  onlyProviders: ruleOfList(PROVIDER_SLUG, (slugs) => (slugs.length === 0 ? {} : { onlyProviders: slugs })),
  ignoreProviders: ruleOfList(PROVIDER_SLUG, (ignoreProviders) => ({ ignoreProviders })),
  fallback: ruleOf(oneOf(FALLBACK_MODES), (fallback) => ({ fallback })),
  providerPriceFactor: ruleOf(numberBetween(1, 3), (providerPriceFactor) => ({ providerPriceFactor })),
  climb,
  climbBudget,
  whenSpent,
});

function together(
  readers: Readonly<Record<string, PartReader<Partial<RoutePolicy>>>>,
): PartReader<Partial<RoutePolicy>> {
  const read = rulesOf(readers);
  return (value, note) =>
    read(value, note)?.reduce<Partial<RoutePolicy>>((policy, rules) => ({ ...policy, ...rules }), {});
}

function text(expected: string): Expectation<string> {
  return { expected, parse: (value) => (typeof value === "string" && value.trim() !== "" ? value.trim() : undefined) };
}

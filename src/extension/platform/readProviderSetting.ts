import type { ProviderPreferences } from "../../core/routing/providerPreferences.ts";
import type { Expectation } from "./settingReader.ts";

/** The choices of `waybill.routing.providers`, as OpenRouter spells them. A test holds `package.json` against them. */
export const PROVIDER_CHOICES = {
  sort: ["price", "throughput", "latency", "exacto"],
  dataCollection: ["allow", "deny"],
  quantizations: ["int4", "int8", "fp4", "fp6", "fp8", "fp16", "bf16", "fp32", "unknown"],
} as const satisfies {
  readonly sort: readonly Required<ProviderPreferences>["sort"][];
  readonly dataCollection: readonly Required<ProviderPreferences>["dataCollection"][];
  readonly quantizations: readonly string[];
};

/** A property of the setting: the preference it stands for, and what it must be. */
interface Property {
  readonly preference: keyof ProviderPreferences;
  readonly isValid: (value: unknown) => boolean;
}

const PROPERTIES = new Map<string, Property>([
  ["order", { preference: "order", isValid: isListOf(isName) }],
  ["only", { preference: "only", isValid: isListOf(isName) }],
  ["ignore", { preference: "ignore", isValid: isListOf(isName) }],
  ["allowFallbacks", { preference: "allowFallbacks", isValid: isYesOrNo }],
  ["requireParameters", { preference: "requireParameters", isValid: isYesOrNo }],
  ["dataCollection", { preference: "dataCollection", isValid: isOneOf(PROVIDER_CHOICES.dataCollection) }],
  ["zdr", { preference: "zdr", isValid: isYesOrNo }],
  ["sort", { preference: "sort", isValid: isOneOf(PROVIDER_CHOICES.sort) }],
  ["quantizations", { preference: "quantizations", isValid: isListOf(isOneOf(PROVIDER_CHOICES.quantizations)) }],
  ["minThroughput", { preference: "preferredMinThroughput", isValid: isAmountOrPercentiles }],
  ["maxLatency", { preference: "preferredMaxLatency", isValid: isAmountOrPercentiles }],
]);

export const PROVIDER_PROPERTIES: readonly string[] = [...PROPERTIES.keys()];

const PERCENTILES = ["p50", "p75", "p90", "p99"];

/** An empty list says nothing, so it is left out: sent, it could be taken for "no provider at all". */
export const providerPreferences: Expectation<ProviderPreferences> = {
  expected: `an object with ${PROVIDER_PROPERTIES.join(", ")} only, each as its description says`,
  parse: (value) => {
    if (!isFields(value)) return undefined;
    const found = Object.entries(value).map(([name, item]) => ({ property: PROPERTIES.get(name), item }));
    if (!found.every(({ property, item }) => property?.isValid(item))) return undefined;
    const said = found.filter(({ item }) => !Array.isArray(item) || item.length > 0);
    return Object.fromEntries(said.map(({ property, item }) => [property?.preference, item]));
  },
};

function isFields(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isName(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}

function isYesOrNo(value: unknown): boolean {
  return typeof value === "boolean";
}

function isAmount(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value) && value > 0;
}

function isAmountOrPercentiles(value: unknown): boolean {
  if (!isFields(value)) return isAmount(value);
  const limits = Object.entries(value);
  return limits.length > 0 && limits.every(([name, limit]) => PERCENTILES.includes(name) && isAmount(limit));
}

function isOneOf(choices: readonly string[]): (value: unknown) => boolean {
  return (value) => choices.some((choice) => choice === value);
}

function isListOf(isItem: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.every(isItem);
}

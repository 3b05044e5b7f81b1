import { DEFAULT_POLICY, FALLBACK_MODES, ROUTING_PROFILES, type RoutePolicy } from "../../core/routing/routePolicy.ts";
import { isTaskType } from "../../core/tasks/taskType.ts";
import { SETTINGS } from "./contributions.ts";
import { providerPreferences } from "./readProviderSetting.ts";
import { type Expectation, type SettingReader, numberBetween, oneOf, wholeNumberBetween } from "./settingReader.ts";

const PINS: Expectation<RoutePolicy["pins"]> = { expected: "model ids by task type", parse: parsePins };

/** The person's rules for choosing a model. */
export function readPolicySettings(reader: SettingReader): RoutePolicy {
  return {
    profile: reader.expect(SETTINGS.profile, oneOf(ROUTING_PROFILES)) ?? DEFAULT_POLICY.profile,
    pins: reader.expect(SETTINGS.pins, PINS) ?? DEFAULT_POLICY.pins,
    maxCompletionTokens:
      reader.expect(SETTINGS.maxTokens, wholeNumberBetween(256, 65_536)) ?? DEFAULT_POLICY.maxCompletionTokens,
    provider: reader.expect(SETTINGS.providers, providerPreferences) ?? DEFAULT_POLICY.provider,
    fallback: reader.expect(SETTINGS.fallback, oneOf(FALLBACK_MODES)) ?? DEFAULT_POLICY.fallback,
    fallbackPriceFactor:
      reader.expect(SETTINGS.fallbackPriceFactor, numberBetween(1, 10)) ?? DEFAULT_POLICY.fallbackPriceFactor,
  };
}

function parsePins(value: unknown): RoutePolicy["pins"] | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const pins: { -readonly [Key in keyof RoutePolicy["pins"]]: string } = {};
  for (const [taskType, modelId] of Object.entries(value)) {
    if (!isTaskType(taskType) || typeof modelId !== "string" || modelId === "") return undefined;
    pins[taskType] = modelId;
  }
  return pins;
}

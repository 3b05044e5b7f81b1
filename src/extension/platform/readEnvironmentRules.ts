import type { RoutePolicy } from "../../core/routing/routePolicy.ts";
import { SETTINGS } from "./contributions.ts";
import { rulesOf } from "./partReaders.ts";
import { ENVIRONMENT_RULES } from "./policyRules.ts";
import { type PartReader, type SettingReader, oneOf, orNull } from "./settingReader.ts";

/** What the person may be working for; each may have rules of its own. */
export const ENVIRONMENTS = ["development", "staging", "production"] as const;

type Environment = (typeof ENVIRONMENTS)[number];

interface EnvironmentRules {
  readonly environment: Environment;
  readonly rules: Partial<RoutePolicy>;
}

const readEnvironments = rulesOf<EnvironmentRules>(
  Object.fromEntries(ENVIRONMENTS.map((environment) => [environment, readerFor(environment)])),
);

/** What the chosen environment says; nothing without one. All environments are checked. */
export function readEnvironmentRules(reader: SettingReader): Partial<RoutePolicy> {
  const chosen = reader.expect(SETTINGS.environment, orNull(oneOf(ENVIRONMENTS)));
  const all = reader.expectParts(SETTINGS.environments, readEnvironments) ?? [];
  return all.find(({ environment }) => environment === chosen)?.rules ?? {};
}

function readerFor(environment: Environment): PartReader<EnvironmentRules> {
  return (value, note) => ({ environment, rules: ENVIRONMENT_RULES(value, note) ?? {} });
}

import { DEFAULT_POLICY, type PolicySet, type RoutePolicy, overlayPolicy } from "../../core/routing/routePolicy.ts";
import type { PrivacyWish } from "../../core/privacy/privacyDemand.ts";
import { tightenPolicies } from "../../core/routing/tightenPolicy.ts";
import { TASK_TYPES, type TaskType } from "../../core/tasks/taskType.ts";
import { SETTINGS, type SettingKey } from "./contributions.ts";
import { ruleOrNull, rulesOf } from "./partReaders.ts";
import { PIN_RULE, POLICY_RULES, TASK_RULES } from "./policyRules.ts";
import { readEnvironmentRules } from "./readEnvironmentRules.ts";
import { readWorkspacePolicies } from "./readWorkspacePolicies.ts";
import type { PartReader, SettingReader } from "./settingReader.ts";

type Rules = Partial<RoutePolicy>;
type TaskRules = readonly [TaskType, Rules];

/** The settings that hold for every task. */
const BASE_RULES: readonly (readonly [SettingKey, PartReader<Rules>])[] = [
  [SETTINGS.profile, POLICY_RULES.profile],
  [SETTINGS.allow, POLICY_RULES.allow],
  [SETTINGS.deny, POLICY_RULES.deny],
  [SETTINGS.qualityFloor, ruleOrNull<Rules>(POLICY_RULES.qualityFloor, {})],
  [SETTINGS.maxPromptPrice, ruleOrNull<Rules>(POLICY_RULES.maxPromptPrice, {})],
  [SETTINGS.maxCompletionPrice, ruleOrNull<Rules>(POLICY_RULES.maxCompletionPrice, {})],
  [SETTINGS.providers, POLICY_RULES.providers],
  [SETTINGS.fallback, POLICY_RULES.fallback],
  [SETTINGS.fallbackPriceFactor, POLICY_RULES.fallbackPriceFactor],
  [SETTINGS.providerPriceFactor, POLICY_RULES.providerPriceFactor],
  [SETTINGS.climb, POLICY_RULES.climb],
  [SETTINGS.climbBudget, POLICY_RULES.climbBudget],
  [SETTINGS.whenSpent, POLICY_RULES.whenSpent],
  [SETTINGS.maxTokens, POLICY_RULES.maxTokens],
  [SETTINGS.reasoningEffort, ruleOrNull<Rules>(POLICY_RULES.reasoningEffort, {})],
  [SETTINGS.temperature, ruleOrNull<Rules>(POLICY_RULES.temperature, {})],
];

const readPins = rulesOf(forEachTask(PIN_RULE));
const readTasks = rulesOf(forEachTask(TASK_RULES));

/**
 * The person's rules for choosing a model: those for all tasks, over them the environment's, over them the task's own;
 * then their privacy for the open folders, and whatever the workspace tightens.
 */
export function readPolicySettings(reader: SettingReader, privacy: readonly PrivacyWish[] = []): PolicySet {
  return tightenAll(readOwnPolicies(reader, privacy), readWorkspacePolicies(reader));
}

/** What the person says, whatever the workspace does. */
export function readOwnPolicies(reader: SettingReader, privacy: readonly PrivacyWish[] = []): PolicySet {
  const own: PolicySet = {
    base: overlayPolicy(readBase(reader), readEnvironmentRules(reader)),
    tasks: readOwn(reader),
  };
  return tightenAll(own, privacy);
}

function tightenAll(own: PolicySet, wishes: readonly Parameters<typeof tightenPolicies>[1][]): PolicySet {
  return wishes.reduce<PolicySet>((policies, wish) => tightenPolicies(policies, wish), own);
}

function readBase(reader: SettingReader): RoutePolicy {
  return BASE_RULES.map(([key, read]) => reader.expectParts(key, read)).reduce<RoutePolicy>(
    (policy, rules) => ({ ...policy, ...rules }),
    DEFAULT_POLICY,
  );
}

/** A pin of the task's rules wins over the shorthand. */
function readOwn(reader: SettingReader): PolicySet["tasks"] {
  const pins = reader.expectParts(SETTINGS.pins, readPins) ?? [];
  const tasks = reader.expectParts(SETTINGS.tasks, readTasks) ?? [];
  return [...pins, ...tasks].reduce<PolicySet["tasks"]>(
    (all, [taskType, rules]) => ({ ...all, [taskType]: { ...all[taskType], ...rules } }),
    {},
  );
}

function forEachTask(read: PartReader<Rules>): Readonly<Record<string, PartReader<TaskRules>>> {
  return Object.fromEntries(
    TASK_TYPES.map((taskType): [TaskType, PartReader<TaskRules>] => [
      taskType,
      (value, note) => {
        const rules = read(value, note);
        return rules === undefined ? undefined : [taskType, rules];
      },
    ]),
  );
}

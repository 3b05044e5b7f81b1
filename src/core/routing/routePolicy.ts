import type { UsdPrice } from "../catalog/modelPrices.ts";
import { type NanoUsd, toNanoUsd } from "../money/nanoUsd.ts";
import { type PrivacyDemand, tightenDemand } from "../privacy/privacyDemand.ts";
import type { TaskType } from "../tasks/taskType.ts";
import type { Surface } from "../waybill/waybill.ts";
import type { ExperimentArm } from "./experiment.ts";
import type { ProviderPreferences } from "./providerPreferences.ts";

/** How much quality the person wants for their money, or what matters more to them. */
export const ROUTING_PROFILES = ["economy", "balanced", "quality", "free", "private"] as const;

export type RoutingProfile = (typeof ROUTING_PROFILES)[number];

/** Who may stand in when a service fails: other models and providers, other providers of the same model, or nobody. */
export const FALLBACK_MODES = ["models", "provider-only", "none"] as const;

type FallbackMode = (typeof FALLBACK_MODES)[number];

/** When a turn asks the next stronger model by itself, from the widest to the narrowest. */
export const CLIMB_MODES = ["on-failed-check", "never"] as const;
type ClimbMode = (typeof CLIMB_MODES)[number];

/** What happens when the budget left pays for no model, from the widest to the narrowest. */
export const WHEN_SPENT_MODES = ["free", "refuse"] as const;
type WhenSpentMode = (typeof WHEN_SPENT_MODES)[number];

export const REASONING_EFFORTS = ["none", "minimal", "low", "medium", "high", "xhigh", "max"] as const;

export type ReasoningEffort = (typeof REASONING_EFFORTS)[number];

/** The person's rules for one task. */
export interface RoutePolicy {
  readonly profile: RoutingProfile;
  /** The one model to ask. A pin is never replaced. */
  readonly pin?: string;
  /** Splits the task over models; a pin goes before it. */
  readonly experiment?: readonly ExperimentArm[];
  /** Lists of patterns, see `matchesModel`; a model matches at least one of each list. */
  readonly allow?: readonly (readonly string[])[];
  /** No model that matches one of these. */
  readonly deny?: readonly string[];
  /** Share of the best eligible model's quality, 0 to 1; the profile's when absent. */
  readonly qualityFloor?: number;
  /** The dearest a model may be, per token. */
  readonly maxPromptPrice?: UsdPrice;
  readonly maxCompletionPrice?: UsdPrice;
  /** The longest answer to ask for, in tokens; always sent, since it bounds the worst case. */
  readonly maxCompletionTokens: number;
  readonly reasoningEffort?: ReasoningEffort;
  readonly temperature?: number;
  readonly provider: ProviderPreferences;
  /** What no rule for a task can take back; absent where nothing is demanded. */
  readonly privacy?: PrivacyDemand;
  readonly fallback: FallbackMode;
  /** How much dearer than the first choice a model that stands in may be; 1 for not at all. */
  readonly fallbackPriceFactor: number;
  /** How much dearer than the catalog's price a provider of the same model may be; 1 for not at all. */
  readonly providerPriceFactor: number;
  readonly climb: ClimbMode;
  /** The most that one turn may spend with all its answers, when it climbs by itself. */
  readonly climbBudget: NanoUsd;
  readonly whenSpent: WhenSpentMode;
}

/** Rules for every task, and what is different for some. */
export interface PolicySet {
  readonly base: RoutePolicy;
  readonly tasks: Partial<Readonly<Record<TaskType, Partial<RoutePolicy>>>>;
}

/** What holds where the person has set nothing. */
export const DEFAULT_POLICY: RoutePolicy = {
  profile: "balanced",
  maxCompletionTokens: 4096,
  provider: {},
  fallback: "models",
  fallbackPriceFactor: 1,
  providerPriceFactor: 1,
  climb: "never",
  climbBudget: toNanoUsd(50_000_000),
  whenSpent: "refuse",
};

/** The rules for one task. */
export function policyFor({ base, tasks }: PolicySet, taskType: TaskType): RoutePolicy {
  const own = tasks[taskType];
  return own === undefined ? base : overlayPolicy(base, own);
}

/**
 * Replaces what the narrower rules name; of the provider's rules, too, only those. A profile of their own brings its
 * floor, unless they name one.
 */
export function overlayPolicy(base: RoutePolicy, own: Partial<RoutePolicy>): RoutePolicy {
  const { qualityFloor, ...others } = base;
  const keepsFloor = qualityFloor !== undefined && own.profile === undefined;
  return {
    ...others,
    ...(keepsFloor ? { qualityFloor } : {}),
    ...own,
    provider: { ...base.provider, ...own.provider },
  };
}

/** What an attempt asks of providers: the policy's rules, and what the profile and the privacy demand. */
export function providerRules({ profile, provider, privacy }: RoutePolicy): ProviderPreferences {
  const { dataCollection, zdr } = privacy ?? {};
  return {
    ...provider,
    ...(dataCollection === undefined ? {} : { dataCollection }),
    ...(zdr === undefined ? {} : { zdr }),
    ...(profile === "private" ? { dataCollection: "deny", zdr: true } : {}),
  };
}

/** What the policy demands of a gateway as a whole: that of the person's own rules, too, is of no use where nobody is told. */
export function gatewayDemand(policy: RoutePolicy): PrivacyDemand | undefined {
  const { dataCollection, zdr } = providerRules(policy);
  return tightenDemand(policy.privacy, {
    ...(dataCollection === "deny" ? { dataCollection } : {}),
    ...(zdr === true ? { zdr } : {}),
  });
}

/** Share of the best eligible model's quality that a model must reach. */
export function qualityFloor({ profile, qualityFloor: own }: RoutePolicy): number {
  return own ?? profileFloor(profile);
}

/** Of the floor, for a first answer that others may follow. */
const JUDGED_SHARE = 0.75;

/**
 * The floor for the first answer. Where answers are judged, what the profile demands is for the ladder as a whole, so the first may
 * be weaker. A floor that somebody set holds for every answer, and `quality` is for who would not try twice.
 */
export function wantedFloor({ isJudged = false }: { readonly isJudged?: boolean }, policy: RoutePolicy): number {
  const isFixed = !isJudged || policy.qualityFloor !== undefined || policy.profile === "quality";
  return isFixed ? qualityFloor(policy) : qualityFloor(policy) * JUDGED_SHARE;
}

/** Whether an answer is judged: by the person who reads it in the chat, or by a check that may climb. */
export function isJudged(surface: Surface | undefined, { climb }: RoutePolicy): boolean {
  return surface === "chat" || ((surface === "fix" || surface === "code-action") && climb === "on-failed-check");
}

/**
 * How many times as often as the best model alone a ladder may fail. With fewer it bought a few points more at a third more cost
 * (`docs/performance.md`, Routing).
 */
export function failuresBesideBest({ profile }: RoutePolicy): number {
  return profile === "quality" ? 1.05 : 1.3;
}

/** What a rejected answer costs a person in time and patience, in nano-dollars; it makes stronger models begin. */
export function rejectionCost({ profile }: RoutePolicy): number {
  switch (profile) {
    case "free":
      return 0;
    case "economy":
      return 1_000_000;
    case "balanced":
    case "private":
      return 5_000_000;
    case "quality":
      return 50_000_000;
  }
}

function profileFloor(profile: RoutingProfile): number {
  switch (profile) {
    case "economy":
      return 0.6;
    case "balanced":
    case "private":
      return 0.8;
    case "quality":
      return 0.95;
    case "free":
      return 0;
  }
}

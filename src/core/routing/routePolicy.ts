import type { TaskType } from "../tasks/taskType.ts";
import type { ProviderPreferences } from "./providerPreferences.ts";

/** How much quality the person wants for their money. */
export const ROUTING_PROFILES = ["economy", "balanced", "quality", "free"] as const;

export type RoutingProfile = (typeof ROUTING_PROFILES)[number];

/** Who may stand in when a service fails: other models and providers, other providers of the same model, or nobody. */
export const FALLBACK_MODES = ["models", "provider-only", "none"] as const;

type FallbackMode = (typeof FALLBACK_MODES)[number];

/** The person's rules for choosing a model. */
export interface RoutePolicy {
  readonly profile: RoutingProfile;
  /** Model ids the person has fixed for a task type. A pin is never replaced. */
  readonly pins: Partial<Readonly<Record<TaskType, string>>>;
  /** The longest answer to ask for, in tokens; always sent, since it bounds the worst case. */
  readonly maxCompletionTokens: number;
  readonly provider: ProviderPreferences;
  readonly fallback: FallbackMode;
  /** How much dearer than the first choice a model that stands in may be; 1 for not at all. */
  readonly fallbackPriceFactor: number;
}

/** What holds where the person has set nothing. */
export const DEFAULT_POLICY: RoutePolicy = {
  profile: "balanced",
  pins: {},
  maxCompletionTokens: 4096,
  provider: {},
  fallback: "models",
  fallbackPriceFactor: 1,
};

/** Share of the best eligible model's quality that a model must reach. */
export function qualityFloor(profile: RoutingProfile): number {
  switch (profile) {
    case "economy":
      return 0.6;
    case "balanced":
      return 0.8;
    case "quality":
      return 0.95;
    case "free":
      return 0;
  }
}

import type { TaskType } from "../tasks/taskType.ts";

/** How much quality the person wants for their money. */
export const ROUTING_PROFILES = ["economy", "balanced", "quality", "free"] as const;

export type RoutingProfile = (typeof ROUTING_PROFILES)[number];

/** The person's rules for choosing a model. */
export interface RoutePolicy {
  readonly profile: RoutingProfile;
  /** Model ids the person has fixed for a task type. A pin is never replaced. */
  readonly pins: Partial<Readonly<Record<TaskType, string>>>;
  /** The longest answer to ask for, in tokens; always sent, since it bounds the worst case. */
  readonly maxCompletionTokens: number;
}

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

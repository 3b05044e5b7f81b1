import type { CatalogModel } from "../catalog/catalogModel.ts";
import type { TokenPrices } from "../catalog/modelPrices.ts";
import type { NanoUsd } from "../money/nanoUsd.ts";
import type { PrivacyDemand } from "../privacy/privacyDemand.ts";
import type { PrivacyObstacle } from "../privacy/privacyObstacle.ts";
import type { TaskClassification } from "../tasks/taskClassification.ts";

/** A model with what this request is expected to cost on it. */
export interface ModelChoice {
  readonly model: CatalogModel;
  /** 0 to 1, relative to the best eligible model; `undefined` when the catalog has no evidence. */
  readonly quality: number | undefined;
  /** How likely an answer to this task is accepted, 0 to 1; `undefined` without evidence. */
  readonly odds: number | undefined;
  readonly expectedCost: NanoUsd;
  /** Worst case of the request on this model; this is what gets reserved. */
  readonly worstCase: NanoUsd;
  /** The answer's length limit that the worst case counts with. */
  readonly maxCompletionTokens: number;
  /** The dearest prices the request may be served at; sent along as `provider.max_price`. */
  readonly ceiling: TokenPrices;
}

/** Why a model is not in the race. The name of the rule, for counts and for sentences. */
export const EXCLUSION_RULES = [
  "not-text",
  "router",
  "batch-only",
  "expired",
  "context-too-small",
  "no-images",
  "no-provider",
  "no-zdr",
  "denied",
  "not-allowed",
  "too-dear",
  "not-stronger",
  "costs-money",
  "free-terms",
  "no-evidence",
] as const;

export type ExclusionRule = (typeof EXCLUSION_RULES)[number];

export interface RouteExplanation {
  /** One line a step, with its numbers. */
  readonly reasons: readonly string[];
  /** How many rows of the catalog each rule removed. */
  readonly excluded: Partial<Readonly<Record<ExclusionRule, number>>>;
  /** Every model that could take the request, cheapest first. */
  readonly candidates: readonly ModelChoice[];
}

export type RouteDecision =
  | {
      readonly kind: "route";
      readonly task: TaskClassification;
      readonly choice: ModelChoice;
      /** Models to climb to when the answer is not accepted, in this order; at most two. One may be a second opinion as good. */
      readonly stronger: readonly ModelChoice[];
      /** Cheaper models that reach the floor as well, or fall short of it least; for when the budget is too small. */
      readonly cheaper: readonly ModelChoice[];
      /** Models that may answer instead when a service fails, best first; within the policy's price bound. */
      readonly standIns: readonly ModelChoice[];
      /** Free models for when the budget left pays for nothing else, best first; none unless the policy wants them. */
      readonly free: readonly ModelChoice[];
      readonly explanation: RouteExplanation;
    }
  | {
      readonly kind: "refuse";
      readonly task: TaskClassification;
      readonly why: RouteRefusal;
      readonly explanation: RouteExplanation;
    };

export type RouteRefusal =
  | { readonly code: "catalog-empty" }
  | { readonly code: "pin-unknown"; readonly pin: string; readonly nearest: readonly string[] }
  /** Nothing may go to this gateway, whichever the model. */
  | { readonly code: "privacy"; readonly demand: PrivacyDemand; readonly obstacle: PrivacyObstacle }
  /** `privacy` where it leaves no provider. */
  | {
      readonly code: "pin-unusable";
      readonly pin: string;
      readonly rule: ExclusionRule;
      readonly privacy?: PrivacyDemand;
    }
  | {
      readonly code: "nothing-fits";
      readonly rule: ExclusionRule;
      readonly privacy?: PrivacyDemand;
      readonly loosening?: Loosening;
    };

/** The smallest change of the rules after which a model would fit. */
export interface Loosening {
  /** The rule that keeps the models out. */
  readonly rule: ExclusionRule;
  /** What to change; `prices` is both price ceilings. */
  readonly setting: "deny" | "allow" | "maxPromptPrice" | "maxCompletionPrice" | "prices" | "providers" | "profile";
  /** How many models would fit then. */
  readonly readmits: number;
}

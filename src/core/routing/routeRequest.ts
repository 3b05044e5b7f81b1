import type { PromptTokensOf } from "../budget/promptTokens.ts";
import type { GatewayTrust } from "../privacy/privacyObstacle.ts";
import type { TaskClassification } from "../tasks/taskClassification.ts";
import type { EndpointRules } from "./endpointNeeds.ts";
import type { OutcomesOf } from "./rankModels.ts";
import type { RoutingMemo } from "./routingMemo.ts";
import type { WarmCache } from "./warmCache.ts";

/** What the decision knows of the request; token counts are upper bounds. */
export interface RouteRequest {
  readonly task: TaskClassification;
  readonly promptTokens: number;
  /** Tighter, by the model's tokenizer; without it `promptTokens` holds for every model. */
  readonly promptTokensOf?: PromptTokensOf | undefined;
  readonly nowMs: number;
  /** An answer of this model was not accepted: only stronger ones will do. */
  readonly strongerThan?: string | undefined;
  /** Among those, the one that was offered with its price; another one is only taken when it can no longer serve. */
  readonly beginWith?: string | undefined;
  /** The model that an experiment drew for this turn; another one is only taken when it cannot serve. */
  readonly drawn?: string | undefined;
  readonly outcomesOf?: OutcomesOf;
  /** A person or a check judges the answer before it counts, so a ladder may begin lower than one answer that has to do. */
  readonly isJudged?: boolean;
  /** Share of the day's tightest limit that is left, 0 to 1. */
  readonly budgetLeft?: number;
  /** What is known of who serves the models; the gateway alone decides without it. */
  readonly endpoints?: EndpointRules | undefined;
  /** Where the request would go; of no concern without privacy. */
  readonly gateway?: GatewayTrust;
  /** The conversation's last request. */
  readonly warm?: WarmCache | undefined;
  /** Keeps what requests with the same model list and lists of patterns have in common; it changes no decision. */
  readonly memo?: RoutingMemo | undefined;
}

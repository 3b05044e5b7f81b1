import type { UnconfirmedCost } from "../core/budget/askRule.ts";
import type { ExceededLimit } from "../core/budget/raiseLimit.ts";
import type { LimitStanding } from "../core/budget/spendLimit.ts";
import type { AnswerSource } from "../core/conversation/answerSources.ts";
import type { NanoUsd } from "../core/money/nanoUsd.ts";
import type { Problem } from "../core/problems/problem.ts";
import type { ModelChoice, RouteDecision } from "../core/routing/routeDecision.ts";
import type { Waybill } from "../core/waybill/waybill.ts";

/** What a turn tells its surface, in this order. Exactly one of `turn-end`, `turn-refused`, `turn-failed` comes. */
export type TurnEvent =
  | { readonly type: "route-chosen"; readonly decision: Extract<RouteDecision, { kind: "route" }> }
  /** Held against every budget; nothing has been sent yet. */
  | {
      readonly type: "reserved";
      readonly choice: ModelChoice;
      readonly amount: NanoUsd;
      readonly standings: readonly LimitStanding[];
    }
  /** `promptTokens` are those expected. */
  | { readonly type: "attempt-start"; readonly choice: ModelChoice; readonly promptTokens: number }
  /** The attempt failed before its first token; the model is asked again after the wait. `because` is half a sentence. */
  | { readonly type: "retry-wait"; readonly choice: ModelChoice; readonly waitMs: number; readonly because: string }
  /** The same, but another model is asked. */
  | {
      readonly type: "fallback";
      readonly from: ModelChoice;
      readonly choice: ModelChoice;
      readonly because: string;
    }
  /**
   * The answer did not do by a check, and the next rung of the ladder is asked. The text so far is done: it has this
   * waybill, and what follows replaces it. `because` is half a sentence.
   */
  | {
      readonly type: "climb";
      readonly from: ModelChoice;
      readonly choice: ModelChoice;
      readonly because: string;
      readonly waybill: Waybill;
    }
  | { readonly type: "text-delta"; readonly text: string }
  | { readonly type: "reasoning-delta"; readonly text: string }
  /** All pages that the answer has named so far; at most `MOST_SOURCES`, told only beside text. */
  | { readonly type: "sources-found"; readonly sources: readonly AnswerSource[] }
  /** The answer is as complete as it will get. `problem` tells what went wrong on the way, the text stays. */
  | { readonly type: "turn-end"; readonly waybill: Waybill; readonly problem: Problem | undefined }
  /** Nothing was sent. `exceeded` where the person may let it pass. */
  | { readonly type: "turn-refused"; readonly problem: Problem; readonly exceeded?: ExceededLimit | UnconfirmedCost }
  /** It was tried and there is no text. The waybill is there when it may have cost something. */
  | { readonly type: "turn-failed"; readonly problem: Problem; readonly waybill: Waybill | undefined }
  /** After the end: the cost of a stopped or broken answer was looked up. */
  | { readonly type: "waybill-corrected"; readonly waybill: Waybill };

import type { PromptTokensOf } from "../core/budget/promptTokens.ts";
import type { ConversationMessage } from "../core/conversation/conversationMessage.ts";
import type { ModelChoice } from "../core/routing/routeDecision.ts";
import type { DiscardedAttempt } from "../core/waybill/waybill.ts";
import type { AnswerProgress } from "./answerProgress.ts";
import type { RoutedTurn } from "./routedTurn.ts";

/** One request to one model, with a reservation of its own. */
export interface Attempt {
  readonly turn: RoutedTurn;
  readonly reservationId: string;
  readonly choice: ModelChoice;
  /** What is asked: the request's messages, and what is carried along from an answer that did not do. */
  readonly messages: readonly ConversationMessage[];
  /** Of these messages. */
  readonly promptTokensOf: PromptTokensOf;
  /** Sent along in `models[]`: the gateway tries them when the first cannot serve. */
  readonly gatewayFallbacks: readonly ModelChoice[];
  /** Slugs of providers that have just failed again and again. */
  readonly avoidedProviders: readonly string[];
  /** Why this model, one line a step. */
  readonly reasons: readonly string[];
  /** What was tried before. */
  readonly discarded: readonly DiscardedAttempt[];
  readonly progress: AnswerProgress;
}

/** By which the gateway can be asked what it cost, where it told one. */
export function generationOf({ progress: { generationId } }: Attempt): { readonly generationId?: string } {
  return generationId === undefined ? {} : { generationId };
}

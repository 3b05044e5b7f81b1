import type { PromptTokens } from "../core/budget/promptTokens.ts";
import type { WaybillError } from "../core/errors/waybillError.ts";
import { describeCause } from "../core/problems/describeCause.ts";
import type { NextAttempt } from "../core/retry/planNextAttempt.ts";
import { keepCeiling, priceChoice } from "../core/routing/priceChoice.ts";
import type { ModelChoice } from "../core/routing/routeDecision.ts";
import type { TurnEvent } from "./turnEvent.ts";

/** What the turn does after a failed attempt. */
export interface NextStep {
  /** Tells the surface. */
  readonly event: TurnEvent;
  readonly choice: ModelChoice;
  readonly waitMs: number;
  /** For the waybill, when the next attempt is not simply the same again. */
  readonly reason: string | undefined;
}

/** Avoiding the providers that keep failing left none. */
export function askAnyProvider(choice: ModelChoice): NextStep {
  const because = `${choice.model.name} has only providers that have just failed`;
  return { event: { type: "retry-wait", choice, waitMs: 0, because }, choice, waitMs: 0, reason: undefined };
}

interface FailedStep {
  readonly from: ModelChoice;
  readonly failure: WaybillError;
  readonly prompt: PromptTokens;
  readonly nowMs: number;
}

/** `undefined` to give up. */
export function toNextStep(plan: NextAttempt, { from, failure, prompt, nowMs }: FailedStep): NextStep | undefined {
  const because = `${from.model.name} ${describeCause(failure)}`;
  switch (plan.kind) {
    case "give-up":
      return undefined;
    case "retry": {
      const { choice, waitMs } = plan;
      return { event: { type: "retry-wait", choice, waitMs, because }, choice, waitMs, reason: undefined };
    }
    case "shorten": {
      const { maxCompletionTokens } = plan;
      const choice = priceChoice(from.model, from, {
        promptTokens: prompt.atMost,
        expectedPromptTokens: prompt.expected,
        maxCompletionTokens,
        nowMs,
        ceilingOf: keepCeiling(from),
      });
      const reason = `The credit left pays for ${maxCompletionTokens} tokens, so the answer was limited to that.`;
      return { event: { type: "retry-wait", choice, waitMs: 0, because }, choice, waitMs: 0, reason };
    }
    case "fallback": {
      const { choice } = plan;
      const reason = `${because}, so ${choice.model.name} was asked.`;
      return { event: { type: "fallback", from, choice, because }, choice, waitMs: 0, reason };
    }
  }
}

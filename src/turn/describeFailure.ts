import type { WaybillError } from "../core/errors/waybillError.ts";
import { describeError, isHeldBack } from "../core/problems/describeError.ts";
import type { Problem } from "../core/problems/problem.ts";
import { keepCeiling, priceChoice } from "../core/routing/priceChoice.ts";
import type { NanoUsd } from "../core/money/nanoUsd.ts";
import type { Attempt } from "./attempt.ts";

/** UTF-8 bytes of one UTF-16 unit, which bound its tokens. */
const MOST_TOKENS_PER_CHARACTER = 3;

/** The sentence for what went wrong in an attempt. */
export function describeFailure(attempt: Attempt, failure: WaybillError): Problem {
  const { turn, choice, progress, discarded } = attempt;
  return describeError(failure, {
    gatewayHost: turn.services.gateway.host,
    modelName: choice.model.name,
    wasSent: !isHeldBack(failure.code) || discarded.length > 0,
    formatTime: turn.services.formatTime,
    privacy: turn.policy.privacy,
    hasText: progress.hasText,
    attempts: discarded.length - discarded.findLastIndex(({ failure: why }) => why === "rejected"),
    hasRejectedAnswer: discarded.some(({ failure: why }) => why === "rejected"),
    nextAtMost: nextAtMost(attempt),
  });
}

/** What going on from here may cost; asking anew costs less, since it does not send the text so far. */
function nextAtMost({ turn, choice, promptTokensOf, progress }: Attempt): NanoUsd {
  const promptTokens = promptTokensOf(choice.model).atMost + progress.receivedCharacters * MOST_TOKENS_PER_CHARACTER;
  const { maxCompletionTokens } = turn.policy;
  const nowMs = turn.services.now();
  const size = { promptTokens, maxCompletionTokens, nowMs, ceilingOf: keepCeiling(choice) };
  return priceChoice(choice.model, choice, size).worstCase;
}

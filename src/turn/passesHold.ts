import { priceTokens } from "../core/budget/priceTokens.ts";
import type { Attempt } from "./attempt.ts";

/**
 * Whether what has arrived alone must cost more than what was held: the length limit was not kept to. Counts the fewest
 * tokens it can be, so that an answer within its limit is never cut, or what the server itself has reported.
 */
export function passesHold({ turn, choice, progress }: Attempt): boolean {
  if (choice.worstCase === 0) return false;
  const counted = progress.tokens.atLeast(choice.model, turn.tokens);
  const completionTokens = Math.max(counted, progress.reportedTokens);
  return priceTokens(choice.ceiling, { promptTokens: 0, completionTokens }, "nearest") > choice.worstCase;
}

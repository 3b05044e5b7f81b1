import { priceTokens } from "../core/budget/priceTokens.ts";
import type { Attempt } from "./attempt.ts";

/** No text that a person reads has longer tokens on average; an answer within its limit is never cut for this. */
const MOST_CHARACTERS_PER_TOKEN = 16;

/** Whether what has arrived alone must cost more than what was held: the length limit was not kept to. */
export function passesHold({ choice, progress }: Attempt): boolean {
  if (choice.worstCase === 0) return false;
  const completionTokens = Math.floor(progress.receivedCharacters / MOST_CHARACTERS_PER_TOKEN);
  return priceTokens(choice.ceiling, { promptTokens: 0, completionTokens }, "nearest") > choice.worstCase;
}

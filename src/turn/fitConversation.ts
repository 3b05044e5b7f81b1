import { nameOldest } from "../core/context/describeLeftOut.ts";
import { countEarlier, dropOldest } from "../core/conversation/dropOldest.ts";
import type { ConversationMessage } from "../core/conversation/conversationMessage.ts";
import type { RouteDecision } from "../core/routing/routeDecision.ts";

interface Decided {
  readonly decision: RouteDecision;
}

/**
 * Decides about the whole conversation, or, where it is too long for every model that may be asked, about as much of it as
 * fits: the oldest exchanges are left out, as few as possible, and that is said. `decide` must be pure.
 */
export function fitConversation<Result extends Decided>(
  messages: readonly ConversationMessage[],
  decide: (messages: readonly ConversationMessage[]) => Result,
): Result {
  const whole = decide(messages);
  const earlier = countEarlier(messages);
  if (!isTooLong(whole) || earlier === 0) return whole;
  const without = (count: number) => decide(dropOldest(messages, count));
  let [tooFew, enough] = [0, earlier];
  let fitting = without(enough);
  if (fitting.decision.kind === "refuse") return whole;
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    const result = without(middle);
    if (result.decision.kind === "refuse") tooFew = middle;
    else [enough, fitting] = [middle, result];
  }
  return { ...fitting, decision: withReason(fitting.decision, enough) };
}

/** Whether nobody may be asked because of its length. */
export function isTooLong({ decision }: Decided): boolean {
  if (decision.kind === "route") return false;
  const { why, explanation } = decision;
  if (why.code === "pin-unusable") return why.rule === "context-too-small";
  return why.code === "nothing-fits" && (explanation.excluded["context-too-small"] ?? 0) > 0;
}

function withReason(decision: RouteDecision, count: number): RouteDecision {
  const { explanation } = decision;
  const reason = `The conversation is too long for every model that may be asked, so ${nameOldest(count)} were left out.`;
  return { ...decision, explanation: { ...explanation, reasons: [reason, ...explanation.reasons] } };
}

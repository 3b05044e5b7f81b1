import { formatUsd } from "../../../core/money/formatUsd.ts";
import type { RejectedAnswer } from "../../../core/routing/carryLesson.ts";
import type { ModelChoice } from "../../../core/routing/routeDecision.ts";
import type { Waybill } from "../../../core/waybill/waybill.ts";
import type { StrongerView } from "../../../protocol/chatMessages.ts";

/**
 * The next rung of the ladder as a button with its price; nothing on the last one. A rung that is no stronger is there because
 * another maker's model solves some of what this one fails.
 */
export function strongerView(
  rung: ModelChoice | undefined,
  ladder: readonly ModelChoice[],
): { stronger?: StrongerView } {
  const next = ladder[ladder.findIndex(({ model }) => model.id === rung?.model.id) + 1];
  if (rung === undefined || next === undefined) return {};
  const wish = (next.quality ?? 0) > (rung.quality ?? 0) ? "Try Stronger" : "Second Opinion";
  return {
    stronger: {
      than: rung.model.id,
      next: next.model.id,
      label: `${wish} (about ${formatUsd(next.expectedCost)})`,
      title: `Ask ${next.model.name} the same`,
    },
  };
}

/** What a stronger model is told of an answer that the person did not accept. Of a filtered one nothing can be learned. */
export function rejectedAnswer(text: string, waybill: Waybill | undefined): RejectedAnswer {
  if (waybill?.finish === "filtered") return { text: "", lesson: "was cut by the provider's content filter" };
  return { text, lesson: waybill?.finish === "length" ? "was cut at the length limit" : "was not accepted" };
}

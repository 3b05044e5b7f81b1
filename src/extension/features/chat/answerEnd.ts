import type { Waybill } from "../../../core/waybill/waybill.ts";
import type { AnswerState } from "../../../protocol/chatMessages.ts";
import type { TurnEvent } from "../../../turn/turnEvent.ts";

/** Whether the answer is over; its cost may still be looked up. */
export function isEnd({ type }: TurnEvent): boolean {
  return type === "turn-end" || type === "turn-refused" || type === "turn-failed";
}

/** How an answer ended, as the view shows it. */
export function endState({ finish }: Waybill): AnswerState {
  switch (finish) {
    case "complete":
    case "length":
    case "filtered":
      return "done";
    case "stopped":
      return "stopped";
    case "incomplete":
      return "incomplete";
    case "failed":
      return "failed";
  }
}

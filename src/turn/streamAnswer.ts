import { type WaybillError, toWaybillError } from "../core/errors/waybillError.ts";
import type { ChatEvent } from "../gateway/chatEvent.ts";
import type { AnswerProgress } from "./answerProgress.ts";
import type { Attempt } from "./attempt.ts";
import { LeaseRenewal } from "./leaseRenewal.ts";
import type { TurnEvent } from "./turnEvent.ts";

/** Reads the answer to its end and answers what went wrong, if anything did. */
export async function* streamAnswer(
  { services, ledger, papers, signal }: Attempt,
  progress: AnswerProgress,
): AsyncGenerator<TurnEvent, WaybillError | undefined> {
  const { choice, request, reservationId } = papers;
  const renewals = new LeaseRenewal((nowMs) => ledger.renew(reservationId, progress.generationId, nowMs));
  try {
    const batches = services.gateway.streamChat(
      {
        model: choice.model.id,
        messages: request.messages,
        maxCompletionTokens: choice.maxCompletionTokens,
        priceCeiling: choice.ceiling,
        sessionId: request.chatId,
      },
      signal,
    );
    for await (const batch of batches) {
      const nowMs = services.now();
      for (const event of batch) {
        progress.note(event, nowMs);
        const told = toTurnEvent(event);
        if (told !== undefined) yield told;
      }
      renewals.renewIfDue(nowMs);
    }
    return undefined;
  } catch (error) {
    return toWaybillError(error);
  } finally {
    await renewals.finished;
  }
}

function toTurnEvent(event: ChatEvent): TurnEvent | undefined {
  switch (event.type) {
    case "text-delta":
    case "reasoning-delta":
      return event;
    // In the place of an answer, so the person reads it as one.
    case "refusal-delta":
      return { type: "text-delta", text: event.text };
    case "response-start":
    case "served":
    case "image":
    case "citation":
    case "tool-call":
    case "warning":
    case "finish":
      return undefined;
  }
}

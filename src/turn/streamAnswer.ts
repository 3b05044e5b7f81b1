import { WaybillError, toWaybillError } from "../core/errors/waybillError.ts";
import type { ChatEvent } from "../gateway/chatEvent.ts";
import type { Attempt } from "./attempt.ts";
import { buildChatRequest } from "./buildChatRequest.ts";
import { LeaseRenewal } from "./leaseRenewal.ts";
import { noteLeaving } from "./noteLeaving.ts";
import { passesHold } from "./passesHold.ts";
import type { TurnEvent } from "./turnEvent.ts";
import { type AnswerDelta, UnmaskedDeltas } from "./unmaskedDeltas.ts";

/**
 * Waits for a place, sends, reads the answer to its end, and answers what went wrong, if anything did. What is told of the answer
 * has the secrets in it that were masked; what is kept of it for another attempt has not.
 */
export async function* streamAnswer(attempt: Attempt): AsyncGenerator<TurnEvent, WaybillError | undefined> {
  const deltas = new UnmaskedDeltas(attempt.turn.masks);
  const failure = yield* readAnswer(attempt, deltas);
  yield* deltas.end();
  return failure;
}

async function* readAnswer(
  attempt: Attempt,
  deltas: UnmaskedDeltas,
): AsyncGenerator<TurnEvent, WaybillError | undefined> {
  const { turn, reservationId, progress } = attempt;
  const { services, ledger, signal } = turn;
  const renewals = new LeaseRenewal((nowMs) => ledger.renew(reservationId, progress.generationId, nowMs));
  let leave: () => void;
  let toldSources = progress.sources;
  try {
    leave = await services.limiter.admit(signal);
  } catch (error) {
    return neverSent(error);
  }
  try {
    const request = buildChatRequest(attempt);
    const note = (body: string) => noteLeaving(attempt, request, body);
    services.health.noteAsked(attempt.choice.model.id, services.now());
    for await (const batch of services.gateway.streamChat(request, signal, note)) {
      const nowMs = services.now();
      for (const event of batch) {
        progress.note(event, nowMs);
        const told = toTurnEvent(event);
        if (told !== undefined) yield* deltas.pass(told);
      }
      // Without text another attempt may follow, whose sources are others.
      if (progress.hasText && progress.sources !== toldSources) {
        toldSources = progress.sources;
        yield { type: "sources-found", sources: toldSources };
      }
      if (passesHold(attempt)) return new WaybillError("past-hold", "The answer passes what was reserved");
      renewals.renewIfDue(nowMs);
    }
    return undefined;
  } catch (error) {
    return toWaybillError(error);
  } finally {
    leave();
    await renewals.finished;
  }
}

function neverSent(error: unknown): WaybillError {
  const { code, message } = toWaybillError(error);
  return new WaybillError(code, message, { cause: error, isUncharged: true });
}

function toTurnEvent(event: ChatEvent): AnswerDelta | undefined {
  switch (event.type) {
    case "text-delta":
    case "reasoning-delta":
      return event;
    // In the place of an answer, so the person reads it as one.
    case "refusal-delta":
      return { type: "text-delta", text: event.text };
    case "response-start":
    case "served":
    case "usage":
    case "image":
    case "citation":
    case "tool-call":
    case "warning":
    case "finish":
      return undefined;
  }
}

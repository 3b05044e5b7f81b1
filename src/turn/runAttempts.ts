import { endOfPeriod } from "../core/budget/limitPeriod.ts";
import { canBeRaised } from "../core/budget/raiseLimit.ts";
import { ZERO_USD } from "../core/money/nanoUsd.ts";
import { askBeforeSending } from "../core/problems/describeAsk.ts";
import { describeHelpWhenSpent } from "../core/problems/describeHelpWhenSpent.ts";
import { describeBudgetRefusal } from "../core/problems/describeRefusal.ts";
import type { ProblemActionId } from "../core/problems/problem.ts";
import { AttemptChain } from "./attemptChain.ts";
import { climb } from "./climb.ts";
import { type TurnReservation, reserveAttempt } from "./reserveAttempt.ts";
import type { RoutedTurn } from "./routedTurn.ts";
import { runAttempt } from "./runAttempt.ts";
import type { TurnEvent } from "./turnEvent.ts";

/**
 * From the first reservation to the last settlement. Nothing is tried again after the first token: what a person has
 * begun to read is only continued or replaced with their leave, which a policy that climbs gives beforehand.
 */
export async function* runAttempts(turn: RoutedTurn): AsyncGenerator<TurnEvent> {
  const chain = new AttemptChain(turn);
  try {
    yield* attemptUntilDone(turn, chain);
    yield* chain.held.settle();
  } finally {
    await chain.held.abandon();
  }
}

async function* attemptUntilDone(turn: RoutedTurn, chain: AttemptChain): AsyncGenerator<TurnEvent> {
  const { promptTokensOf } = turn;
  let reservation = await reserveAttempt(turn, { choices: chain.firstChoices(), promptTokensOf, spent: chain.spent });
  for (;;) {
    if (reservation.kind !== "reserved") {
      yield chain.lastEvent() ?? describeStop(turn, reservation);
      return;
    }
    const attempt = chain.begin(reservation);
    const { choice, standings } = reservation;
    const reserved: TurnEvent = { type: "reserved", choice, amount: choice.worstCase, standings };
    const end = yield* runAttempt(attempt, [...chain.takeAnnouncements(), reserved]);
    const next = chain.noteEnd(attempt, end);
    if (next !== undefined) {
      yield next.event;
      if (next.waitMs > 0) await turn.services.wait(next.waitMs, turn.signal);
      if (turn.signal.aborted) break;
      chain.discard(next);
      reservation = await reserveAttempt(turn, {
        choices: [next.choice],
        promptTokensOf: attempt.promptTokensOf,
        spent: chain.spent,
      });
      continue;
    }
    const climbed = await climb(chain, attempt, end);
    if (climbed === undefined) break;
    reservation = climbed;
  }
  const last = chain.lastEvent();
  if (last !== undefined) yield last;
}

function describeStop(turn: RoutedTurn, stop: Exclude<TurnReservation, { kind: "reserved" }>): TurnEvent {
  if (stop.kind === "refused") return describeRefusal(turn, stop);
  const { askAbove = ZERO_USD, strongerThan } = turn.request;
  return { type: "turn-refused", ...askBeforeSending(turn.decision, { ...stop, askAbove, strongerThan }) };
}

/** Says what would help, since the budget alone is at fault. */
function describeRefusal(
  { services, request, decision, policy }: RoutedTurn,
  { blocking, demand, first, hasCheaper }: Extract<TurnReservation, { kind: "refused" }>,
): TurnEvent {
  const { measure, period } = blocking;
  const hasPeriod = measure !== "requests" && period !== "whole";
  const resetsAt = hasPeriod ? services.formatTime(endOfPeriod(period, services.now())) : undefined;
  const isAsked = request.onExceed === "ask" && measure === "money";
  const choices: readonly ProblemActionId[] = isAsked
    ? [
        "allow-once",
        ...(canBeRaised(blocking, first) ? ["raise-for-today" as const] : []),
        ...(hasCheaper ? ["ask-cheaper" as const] : []),
      ]
    : [];
  const refusal = describeBudgetRefusal({ blocking, demand, resetsAt, choices, gatewayHost: services.gateway.host });
  const help = measure === "money" ? ` ${describeHelpWhenSpent(decision, policy)}` : "";
  return {
    type: "turn-refused",
    problem: { ...refusal, sentence: `${refusal.sentence}${help}` },
    ...(isAsked ? { exceeded: { blocking, needed: first.amount } } : {}),
  };
}

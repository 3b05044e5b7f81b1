import { endOfBudgetDay } from "../core/budget/budgetPeriod.ts";
import { describeBudgetRefusal } from "../core/problems/describeRefusal.ts";
import { AttemptChain } from "./attemptChain.ts";
import { type TurnReservation, reserveAttempt } from "./reserveAttempt.ts";
import type { RoutedTurn } from "./routedTurn.ts";
import { runAttempt } from "./runAttempt.ts";
import type { TurnEvent } from "./turnEvent.ts";

/**
 * From the first reservation to the last settlement. Nothing is tried again after the first token: what a person has
 * begun to read is only continued or replaced with their leave.
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
  let choices = chain.firstChoices();
  for (;;) {
    const reservation = await reserveAttempt(turn, choices);
    if (reservation.kind === "refused") {
      yield chain.lastEvent() ?? describeRefusal(turn, reservation);
      return;
    }
    const attempt = chain.begin(reservation);
    const { choice, standings } = reservation;
    const end = yield* runAttempt(attempt, { type: "reserved", choice, amount: choice.worstCase, standings });
    const next = chain.noteEnd(attempt, end);
    if (next !== undefined) {
      yield next.event;
      if (next.waitMs > 0) await turn.services.wait(next.waitMs, turn.signal);
    }
    if (next === undefined || turn.signal.aborted) break;
    chain.discard(next);
    choices = [next.choice];
  }
  const last = chain.lastEvent();
  if (last !== undefined) yield last;
}

function describeRefusal(
  { services }: RoutedTurn,
  { blocking, worstCase }: Extract<TurnReservation, { kind: "refused" }>,
): TurnEvent {
  const resetsAt = services.formatTime(endOfBudgetDay(services.now()));
  return { type: "turn-refused", problem: describeBudgetRefusal(blocking, worstCase, resetsAt) };
}

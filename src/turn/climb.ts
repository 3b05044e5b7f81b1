import { formatUsd } from "../core/money/formatUsd.ts";
import type { NanoUsd } from "../core/money/nanoUsd.ts";
import { type CarriedLesson, carryLesson } from "../core/routing/carryLesson.ts";
import { describeTooDear, isWithinClimbBudget } from "../core/routing/climbMoney.ts";
import type { Attempt } from "./attempt.ts";
import type { AttemptChain } from "./attemptChain.ts";
import { judgeAnswer } from "./judgeAnswer.ts";
import { type TurnReservation, reserveAttempt } from "./reserveAttempt.ts";
import type { AttemptEnd } from "./runAttempt.ts";

type Reserved = Extract<TurnReservation, { kind: "reserved" }>;

/**
 * Judges a complete answer where the policy lets a failed check climb, and reserves for the next rung of the ladder. Answers
 * `undefined` when the turn is over; the chain then knows why it did not climb, for the waybill.
 */
export async function climb(chain: AttemptChain, attempt: Attempt, end: AttemptEnd): Promise<Reserved | undefined> {
  const { turn, choice: from } = attempt;
  const { services, policy, signal } = turn;
  const isComplete = end.reservation === "settled" && end.failure === undefined && end.ledgerProblem === undefined;
  if (policy.climb === "never" || !isComplete || signal.aborted) return undefined;
  const verdict = await judgeAnswer(attempt, end.ending.finish);
  if (verdict.kind === "passed" || signal.aborted) return undefined;
  const { lesson } = verdict;
  const because = `The answer of ${from.model.name} ${lesson}`;
  const rung = chain.nextRung();
  if (rung === undefined) return chain.stay(`${because}, and nobody stronger is left on the ladder.`);
  const { text, isRefusal } = attempt.progress;
  const teaches = !isRefusal && end.ending.finish !== "filtered";
  const carried = carryLesson(
    { text: teaches ? text : "", lesson },
    {
      choice: rung,
      messages: turn.messages,
      maxCompletionTokens: policy.maxCompletionTokens,
      nowMs: services.now(),
      tokens: turn.tokens,
    },
  );
  const money = { spent: chain.spent, budget: policy.climbBudget };
  if (!isWithinClimbBudget(carried.choice, money)) {
    return chain.stay(`${because}, but ${describeTooDear(carried.choice, money)}`);
  }
  const reservation = await reserve(attempt, carried, chain.spent);
  if (reservation?.kind !== "reserved") {
    const amount = formatUsd(carried.choice.worstCase);
    return chain.stay(
      `${because}, but ${rung.model.name} was not asked: ${describeObstacle(reservation)} the ${amount} it could cost.`,
    );
  }
  if (signal.aborted) {
    await turn.ledger.release(reservation.reservationId).catch(() => undefined);
    return undefined;
  }
  await turn.ledger.outcomes.noteRejectedAttempt(attempt.reservationId, services.now()).catch(() => false);
  chain.climb({ lesson, because, carried });
  return reservation;
}

/** A ledger that fails now must not take the answer away. */
async function reserve(
  { turn }: Attempt,
  { choice, promptTokensOf }: CarriedLesson,
  spent: NanoUsd,
): Promise<TurnReservation | undefined> {
  try {
    return await reserveAttempt(turn, { choices: [choice], promptTokensOf, spent });
  } catch {
    return undefined;
  }
}

function describeObstacle(reservation: Exclude<TurnReservation, Reserved> | undefined): string {
  if (reservation === undefined) return "the ledger could not hold";
  return reservation.kind === "refused"
    ? "the budget does not hold"
    : "what you allow unasked (waybill.budget.askAbove) does not cover";
}

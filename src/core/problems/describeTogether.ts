import { describeAmount, describeLimit, describeScope } from "../budget/describeLimit.ts";
import type { PassedTogether } from "../budget/holdTogether.ts";
import { remainingOf } from "../budget/spendLimit.ts";
import { type Problem, problem } from "./problem.ts";

/** Why a limit does not allow several requests at once, though it might allow each. */
export function describePassedTogether({ blocking, demand, requests }: PassedTogether): Problem {
  const { measure, scope } = blocking;
  const needed = { money: demand.amount, tokens: demand.tokens, requests }[measure];
  const wanted = `${measure === "money" ? "could cost" : "could take"} up to ${describeAmount(blocking, needed)}`;
  const sentence =
    scope === "request"
      ? `One of these models ${wanted}, and the limit of one request is ${describeLimit(blocking)}.`
      : `These models ${wanted} together, with ${describeAmount(blocking, remainingOf(blocking))} left of ` +
        `${describeLimit(blocking)} (${describeScope(scope).toLowerCase()}).`;
  return problem(
    `${sentence} Nothing was sent or charged, and your text is kept. Choose fewer or cheaper models, or change the limit.`,
    scope === "gateway" ? "show-key-limits" : "set-budget",
  );
}

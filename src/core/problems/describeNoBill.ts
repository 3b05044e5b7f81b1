import { type Problem, problem } from "./problem.ts";

/** The gateway answers, but has no account of what a key spent: most servers other than OpenRouter. */
export function describeNoBill(gatewayHost: string): Problem {
  return problem(
    `${gatewayHost} does not tell what a key has spent, so there is nothing to compare the ledger with. ` +
      "Nothing was charged, and costs that could be looked up were corrected.",
    "open-settings",
  );
}

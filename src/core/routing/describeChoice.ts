import { formatUsd } from "../money/formatUsd.ts";
import { formatPercent } from "./formatPercent.ts";
import type { ModelChoice } from "./routeDecision.ts";

/** What speaks for a model and against it, in half sentences. */
interface DescribedChoice {
  /** For instance `about $0.0012, at most $0.0049`. */
  readonly cost: string;
  /** For instance `quality 92%, accepted about 83% of the time`. */
  readonly evidence: string;
}

/** What is said of a choice beside its model. */
export type ChoiceFigures = Pick<ModelChoice, "expectedCost" | "worstCase" | "quality" | "odds">;

export function describeChoice({ expectedCost, worstCase, quality, odds }: ChoiceFigures): DescribedChoice {
  return {
    cost: `about ${formatUsd(expectedCost)}, at most ${formatUsd(worstCase)}`,
    evidence:
      quality === undefined || odds === undefined
        ? "no benchmark"
        : `quality ${formatPercent(quality)}, accepted about ${formatPercent(odds)} of the time`,
  };
}

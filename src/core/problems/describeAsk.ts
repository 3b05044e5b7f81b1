import type { UnconfirmedCost } from "../budget/askRule.ts";
import { formatUsd } from "../money/formatUsd.ts";
import type { NanoUsd } from "../money/nanoUsd.ts";
import { byExpectedCost } from "../routing/rankModels.ts";
import type { ModelChoice, RouteDecision } from "../routing/routeDecision.ts";
import { type Problem, problem } from "./problem.ts";

type Route = Extract<RouteDecision, { kind: "route" }>;

interface AskedCost {
  readonly choice: ModelChoice;
  readonly needed: NanoUsd;
  readonly askAbove: NanoUsd;
  /** Only a stronger model will do, see `RouteRequest`. */
  readonly strongerThan?: string | undefined;
}

/** The question to the person before a dear request, and what it is about. */
export function askBeforeSending(
  route: Route,
  { choice, needed, askAbove, strongerThan }: AskedCost,
): { readonly problem: Problem; readonly exceeded: UnconfirmedCost } {
  const others = strongerThan === undefined ? route.explanation.candidates : route.cheaper;
  const cheaper = others
    .filter(({ model, worstCase }) => model.id !== choice.model.id && worstCase <= askAbove)
    .toSorted((left, right) => (right.quality ?? 0) - (left.quality ?? 0) || byExpectedCost(left, right))[0];
  const asked = problem(
    `This may cost up to ${formatUsd(needed)} with ${choice.model.name} (your limit to ask is ${formatUsd(askAbove)}). ` +
      "Nothing was sent yet, and your text is kept.",
    "send-anyway",
  );
  if (cheaper === undefined) return { problem: asked, exceeded: { needed } };
  const label = `Cheaper: ${cheaper.model.name} for about ${formatUsd(cheaper.expectedCost)}`;
  return {
    problem: { ...asked, alternatives: [{ id: "ask-cheaper", label }] },
    exceeded: { needed, cheaper: cheaper.model.id },
  };
}

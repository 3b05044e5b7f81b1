import type { ModelChoice, RouteDecision } from "../core/routing/routeDecision.ts";

/** So many of the others are kept, the best ones. */
const MAX_OTHERS = 8;

/**
 * The decision behind an answer as a short text, to be kept with it: about 100 bytes a model, at most 16 models.
 * `readKeptRoute.ts` reads it.
 */
export function keepRoute(
  { task, choice, stronger, standIns, explanation }: Extract<RouteDecision, { kind: "route" }>,
  atMs: number,
): string {
  const named = [choice, ...stronger, ...standIns].map(({ model }) => model.id);
  const others = explanation.candidates
    .filter(({ model }) => !named.includes(model.id))
    .toSorted((left, right) => (right.quality ?? 0) - (left.quality ?? 0));
  return JSON.stringify({
    atMs,
    task: [task.taskType, task.confidence],
    ladder: [choice, ...stronger].map(kept),
    standIns: standIns.map(kept),
    others: others.slice(0, MAX_OTHERS).map(kept),
    leftOut: Math.max(0, others.length - MAX_OTHERS),
    excluded: explanation.excluded,
  });
}

/** `null` where there is no benchmark. */
function kept({ model, expectedCost, worstCase, quality, odds }: ModelChoice) {
  return [model.id, model.name, expectedCost, worstCase, rounded(quality), rounded(odds)];
}

function rounded(share: number | undefined): number | null {
  return share === undefined ? null : Number(share.toFixed(3));
}

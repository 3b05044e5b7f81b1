import type { ModelChoice } from "./routeDecision.ts";
import { oddsAfterFailure } from "./successOdds.ts";

/** A model with the odds that its answer is accepted. */
export interface LadderCandidate {
  readonly choice: ModelChoice;
  /** 0 to 1. */
  readonly odds: number;
}

/** Rungs from cheap to strong; the next is only climbed when the answer before was not accepted. */
export interface Ladder {
  readonly rungs: readonly LadderCandidate[];
  /** Odds that one of the rungs is accepted. */
  readonly odds: number;
  /** In nano-dollars, each rung counted as often as it is climbed. */
  readonly expectedCost: number;
}

export interface LadderWish {
  /** Whether a model is good enough to begin with. */
  readonly mayBegin: (candidate: LadderCandidate) => boolean;
  /** What a rejected answer costs a person in time and patience, in nano-dollars. */
  readonly rejectionCost: number;
}

const MAX_RUNGS = 3;
/** Mostly enough: the models that are neither dearer nor weaker than another are about a dozen in a whole catalog. */
const MAX_CANDIDATES = 24;
/**
 * A ladder must come this close to the odds of the best model alone. Beside the best of all ladders it bought a few points more
 * at about twice the cost (`docs/performance.md`, Routing).
 */
const NEARLY_BEST = 0.98;

/**
 * Up to three rungs, chosen together: of the ladders that are about as likely to succeed as the best model alone, the one that
 * costs least, counting each rung as often as it is climbed and what a rejected answer costs the person. `undefined` without
 * candidates.
 */
export function chooseLadder(candidates: readonly LadderCandidate[], wish: LadderWish): Ladder | undefined {
  const firsts = thinOut(paretoFrontier(candidates.filter(wish.mayBegin)));
  const weakest = Math.min(...firsts.map(({ odds }) => odds));
  const nexts = thinOut(paretoFrontier(candidates.filter(({ odds }) => odds > weakest)));
  const ladders = buildLadders(firsts, nexts);
  const best = Math.max(...[...firsts, ...nexts].map(({ odds }) => odds));
  const good = ladders.filter(({ odds }) => odds >= best * NEARLY_BEST);
  return good.reduce<Ladder | undefined>((least, ladder) => {
    return least === undefined || totalCost(ladder, wish) < totalCost(least, wish) ? ladder : least;
  }, undefined);
}

/** Those that no other beats in both cost and odds, cheapest and weakest first. */
function paretoFrontier(candidates: readonly LadderCandidate[]): readonly LadderCandidate[] {
  let strongest = Number.NEGATIVE_INFINITY;
  return candidates.toSorted(byCost).filter(({ odds }) => {
    if (odds <= strongest) return false;
    strongest = odds;
    return true;
  });
}

/** The cheapest and the strongest always stay. */
function thinOut(frontier: readonly LadderCandidate[]): readonly LadderCandidate[] {
  if (frontier.length <= MAX_CANDIDATES) return frontier;
  const step = (frontier.length - 1) / (MAX_CANDIDATES - 1);
  const kept = new Set(Array.from({ length: MAX_CANDIDATES }, (_value, place) => Math.round(place * step)));
  return frontier.filter((_candidate, place) => kept.has(place));
}

function buildLadders(firsts: readonly LadderCandidate[], nexts: readonly LadderCandidate[]): readonly Ladder[] {
  const ladders: Ladder[] = [];
  const grow = (ladder: Ladder): void => {
    ladders.push(ladder);
    if (ladder.rungs.length === MAX_RUNGS) return;
    for (const next of nexts) if (next.odds > (ladder.rungs.at(-1)?.odds ?? 1)) grow(climb(ladder, next));
  };
  for (const first of firsts) grow({ rungs: [first], odds: first.odds, expectedCost: first.choice.expectedCost });
  return ladders;
}

function climb({ rungs, odds, expectedCost }: Ladder, next: LadderCandidate): Ladder {
  const failed = 1 - odds;
  return {
    rungs: [...rungs, next],
    odds: odds + failed * oddsAfterFailure(next.odds, rungs.at(-1)?.odds ?? 0),
    expectedCost: expectedCost + failed * next.choice.expectedCost,
  };
}

/** Every rung that is not the last may be rejected, and the last one, too. */
function totalCost(ladder: Ladder, { rejectionCost }: LadderWish): number {
  return ladder.expectedCost + rejectionCost * expectedRejections(ladder);
}

function expectedRejections({ rungs }: Ladder): number {
  let reached = 1;
  let rejections = 0;
  let before = 0;
  for (const { odds } of rungs) {
    const failed = reached * (1 - (before === 0 ? odds : oddsAfterFailure(odds, before)));
    rejections += failed;
    reached = failed;
    before = odds;
  }
  return rejections;
}

/** Cheapest first; of equal cost the likelier one, then by id so that the order never depends on the catalog's. */
function byCost(left: LadderCandidate, right: LadderCandidate): number {
  return (
    left.choice.expectedCost - right.choice.expectedCost ||
    right.odds - left.odds ||
    (left.choice.model.id < right.choice.model.id ? -1 : 1)
  );
}

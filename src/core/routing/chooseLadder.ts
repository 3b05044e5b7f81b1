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
  const best = Math.max(...[...firsts, ...nexts].map(({ odds }) => odds));
  const top = cheapestTop({ firsts, nexts }, best * NEARLY_BEST, wish.rejectionCost);
  return top === undefined ? undefined : { rungs: rungsUpTo(top), odds: top.odds, expectedCost: top.expectedCost };
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

/** A ladder by its last rung; there are thousands, so what counts is added up rung by rung. */
interface TopRung {
  readonly candidate: LadderCandidate;
  readonly below: TopRung | undefined;
  readonly height: number;
  readonly odds: number;
  readonly expectedCost: number;
  /** How often this rung is expected to be rejected, and all of them together. */
  readonly failed: number;
  readonly rejections: number;
}

/** Of the ladders with such odds the one with the least cost in all; of equal ones the first. */
function cheapestTop(
  { firsts, nexts }: { readonly firsts: readonly LadderCandidate[]; readonly nexts: readonly LadderCandidate[] },
  leastOdds: number,
  rejectionCost: number,
): TopRung | undefined {
  let least: TopRung | undefined;
  let leastCost = 0;
  const grow = (top: TopRung): void => {
    const cost = top.expectedCost + rejectionCost * top.rejections;
    if (top.odds >= leastOdds && (least === undefined || cost < leastCost)) [least, leastCost] = [top, cost];
    if (top.height === MAX_RUNGS) return;
    for (const next of nexts) if (next.odds > top.candidate.odds) grow(climb(top, next));
  };
  for (const first of firsts) grow(firstRung(first));
  return least;
}

function firstRung(candidate: LadderCandidate): TopRung {
  const { odds, choice } = candidate;
  const failed = 1 - odds;
  return {
    candidate,
    below: undefined,
    height: 1,
    odds,
    expectedCost: choice.expectedCost,
    failed,
    rejections: failed,
  };
}

/** Every rung that is not the last may be rejected, and the last one, too. */
function climb(below: TopRung, candidate: LadderCandidate): TopRung {
  const reached = 1 - below.odds;
  const odds = oddsAfterFailure(candidate.odds, below.candidate.odds);
  const failed = below.failed * (1 - (below.candidate.odds === 0 ? candidate.odds : odds));
  return {
    candidate,
    below,
    height: below.height + 1,
    odds: below.odds + reached * odds,
    expectedCost: below.expectedCost + reached * candidate.choice.expectedCost,
    failed,
    rejections: below.rejections + failed,
  };
}

function rungsUpTo(top: TopRung): readonly LadderCandidate[] {
  return top.below === undefined ? [top.candidate] : [...rungsUpTo(top.below), top.candidate];
}

/** Cheapest first; of equal cost the likelier one, then by id so that the order never depends on the catalog's. */
function byCost(left: LadderCandidate, right: LadderCandidate): number {
  return (
    left.choice.expectedCost - right.choice.expectedCost ||
    right.odds - left.odds ||
    (left.choice.model.id < right.choice.model.id ? -1 : 1)
  );
}

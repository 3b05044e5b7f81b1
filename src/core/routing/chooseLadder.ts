import type { ModelChoice } from "./routeDecision.ts";
import { type Failures, failuresOf } from "./ladderOdds.ts";
import { authorOf } from "../catalog/browsedModel.ts";

/** A model with the odds that its answer is accepted. */
export interface LadderCandidate {
  readonly choice: ModelChoice;
  /** 0 to 1. */
  readonly odds: number;
}

/** Rungs in the order they are asked; the next is only climbed when the answer before was not accepted. */
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
  /** How many times as often as the best model alone a ladder may fail, 1 or more. */
  readonly failuresBesideBest: number;
}

const MAX_RUNGS = 3;
/** Mostly enough: the models that are neither dearer nor weaker than another are about a dozen in a whole catalog. */
const MAX_CANDIDATES = 24;
/** A second opinion has at least this share of the odds of the rung before. */
const NEARLY_AS_STRONG = 0.75;

/**
 * Up to three rungs, chosen together: of the ladders that are about as likely to succeed as the best model alone, the one that
 * costs least, counting each rung as often as it is climbed, how dear what is left over by then is, and what a rejected answer
 * costs the person. `undefined` without
 * candidates.
 */
export function chooseLadder(candidates: readonly LadderCandidate[], wish: LadderWish): Ladder | undefined {
  const firsts = thinOut(paretoFrontier(candidates.filter(wish.mayBegin)));
  const weakest = Math.min(...firsts.map(({ odds }) => odds));
  const strong = candidates.filter((each) => each.odds > weakest || (firsts.length > 0 && wish.mayBegin(each)));
  const nexts = twoFrontiers(strong);
  const best = Math.max(...[...firsts, ...nexts].map(({ odds }) => odds));
  const goal = { leastOdds: 1 - (1 - best) * wish.failuresBesideBest, rejectionCost: wish.rejectionCost };
  const asRung = (candidate: LadderCandidate) => rungOf(candidate, wish.mayBegin(candidate));
  const top = cheapestTop(firsts.map(asRung), nexts.map(asRung), goal);
  return top === undefined
    ? undefined
    : { rungs: rungsUpTo(top), odds: 1 - top.failed.odds, expectedCost: top.expectedCost };
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

/** A second opinion is beaten by the model that it follows, so those count that only one other beats, too. */
function twoFrontiers(candidates: readonly LadderCandidate[]): readonly LadderCandidate[] {
  const frontier = new Set(paretoFrontier(candidates));
  const second = paretoFrontier(candidates.filter((candidate) => !frontier.has(candidate)));
  return [...thinOut([...frontier]), ...thinOut(second)].toSorted(byCost);
}

/** The cheapest and the strongest always stay. */
function thinOut(frontier: readonly LadderCandidate[]): readonly LadderCandidate[] {
  if (frontier.length <= MAX_CANDIDATES) return frontier;
  const step = (frontier.length - 1) / (MAX_CANDIDATES - 1);
  const kept = new Set(Array.from({ length: MAX_CANDIDATES }, (_value, place) => Math.round(place * step)));
  return frontier.filter((_candidate, place) => kept.has(place));
}

/** A model with what is looked at often. */
interface Rung {
  readonly candidate: LadderCandidate;
  readonly author: string;
  readonly cost: number;
  readonly odds: number;
  readonly mayBegin: boolean;
}

/** A ladder by its last rung; there are thousands, so what counts is added up rung by rung. */
interface TopRung {
  readonly rung: Rung;
  readonly below: TopRung | undefined;
  readonly expectedCost: number;
  /** After this rung and all below. */
  readonly failed: Failures;
  /** How many answers are expected to be rejected, the last one, too. */
  readonly rejections: number;
}

interface Goal {
  readonly leastOdds: number;
  readonly rejectionCost: number;
}

/** Of the ladders with such odds the one with the least cost in all; of equal ones the first of the lowest. */
function cheapestTop(firsts: readonly Rung[], nexts: readonly Rung[], goal: Goal): TopRung | undefined {
  let least: TopRung | undefined;
  let leastCost = Number.POSITIVE_INFINITY;
  let open: readonly (TopRung | undefined)[] = [undefined];
  for (let height = 1; height <= MAX_RUNGS; height++) {
    const grown: TopRung[] = [];
    for (const below of open) {
      for (const rung of below === undefined ? firsts : nexts) {
        // More rungs only add to the cost, and the next ones are dearer.
        if (costWith(below, rung, goal) >= leastCost) break;
        if (!mayFollow(rung, below)) continue;
        const top = climb(below, rung);
        if (1 - top.failed.odds < goal.leastOdds) grown.push(top);
        else if (costOf(top, goal) < leastCost) [least, leastCost] = [top, costOf(top, goal)];
      }
    }
    open = grown;
  }
  return least;
}

function costOf({ expectedCost, rejections }: TopRung, { rejectionCost }: Goal): number {
  return expectedCost + rejectionCost * rejections;
}

/** At least, before it is known how often this rung is rejected. */
function costWith(below: TopRung | undefined, { cost }: Rung, goal: Goal): number {
  return below === undefined ? cost : costOf(below, goal) + below.failed.dearness * cost;
}

/** A stronger one; or a second opinion, good enough to begin with, nearly as good, and of others, who make other mistakes. */
function mayFollow(rung: Rung, below: TopRung | undefined): boolean {
  if (below === undefined || rung.odds > below.rung.odds) return true;
  return rung.mayBegin && rung.odds >= below.rung.odds * NEARLY_AS_STRONG && isOfOthers(rung, below);
}

function isOfOthers(rung: Rung, below: TopRung | undefined): boolean {
  return below === undefined || (rung.author !== below.rung.author && isOfOthers(rung, below.below));
}

function climb(below: TopRung | undefined, rung: Rung): TopRung {
  const failed = failuresUpTo(below, 1 - rung.odds);
  return {
    rung,
    below,
    expectedCost: (below?.expectedCost ?? 0) + (below?.failed.dearness ?? 1) * rung.cost,
    failed,
    rejections: (below?.rejections ?? 0) + failed.odds,
  };
}

function failuresUpTo(below: TopRung | undefined, failing: number): Failures {
  if (below === undefined) return failuresOf(failing);
  const before = 1 - below.rung.odds;
  return below.below === undefined
    ? failuresOf(before, failing)
    : failuresOf(1 - below.below.rung.odds, before, failing);
}

function rungOf(candidate: LadderCandidate, mayBegin: boolean): Rung {
  const { choice, odds } = candidate;
  return { candidate, author: authorOf(choice.model), cost: choice.expectedCost, odds, mayBegin };
}

function rungsUpTo(top: TopRung): readonly LadderCandidate[] {
  return top.below === undefined ? [top.rung.candidate] : [...rungsUpTo(top.below), top.rung.candidate];
}

/** Cheapest first; of equal cost the likelier one, then by id so that the order never depends on the catalog's. */
function byCost(left: LadderCandidate, right: LadderCandidate): number {
  return (
    left.choice.expectedCost - right.choice.expectedCost ||
    right.odds - left.odds ||
    (left.choice.model.id < right.choice.model.id ? -1 : 1)
  );
}

/**
 * How much of one model's failures another shares: what is hard for one is mostly hard for all. Per-task results of many models
 * on the same tasks lie between independent (0) and the weaker one's successes all being the stronger one's (1).
 */
const SHARED_DIFFICULTY = 0.7;
/** How often a model's answer hangs on the difficulty that all share, so that two hang on it together as often as that. */
const SHARED = Math.sqrt(SHARED_DIFFICULTY);
const OWN = 1 - SHARED;
/** How often the answers of so many of three models hang on it, for each choice of them. */
const ALL = SHARED ** 3;
const TWO = SHARED ** 2 * OWN;
const ONE = SHARED * OWN ** 2;
const NONE = OWN ** 3;
/**
 * How much dearer than its mean a model is on the hardest task, and cheaper on the easiest: it reads and thinks longer where
 * others failed.
 */
const DEAR_WHEN_HARD = 0.5;

/** What is left of the requests after some models failed, of none at first. */
export interface Failures {
  /** Odds that all failed. */
  readonly odds: number;
  /** The same, each request counted with how dear its difficulty makes it; so often the next model's mean cost is paid. */
  readonly dearness: number;
}

/**
 * The odds that all of up to three models fail, and how dear such requests are, from how often each fails alone. A request has a difficulty between 0 and 1, each
 * as likely. A model's answer hangs on it with the chance `SHARED` and then fails where the difficulty is above its odds; else it
 * fails by itself, as often. So each model alone fails as often as it should, two of them share `SHARED_DIFFICULTY`, and a third is
 * counted with both failures before it.
 */
export function failuresOf(first: number, second = 1, third = 1): Failures {
  const all = first * second * third;
  const hardest = Math.min(first, second, third);
  const [early, outer, late] = [Math.min(first, second), Math.min(first, third), Math.min(second, third)];
  const odds = ALL * hardest + TWO * (early * third + outer * second + late * first) + (3 * ONE + NONE) * all;
  const squares =
    ALL * hardest ** 2 +
    TWO * (early ** 2 * third + outer ** 2 * second + late ** 2 * first) +
    ONE * all * (first + second + third) +
    NONE * all;
  // Of the hardest share `s` of requests the mean difficulty is `1 - s / 2`.
  return { odds, dearness: odds + DEAR_WHEN_HARD * (odds - squares) };
}

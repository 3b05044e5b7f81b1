import { type Estimate, estimateMean, estimateShare } from "./estimate.ts";
import { formatPercent } from "./formatPercent.ts";
import type { ModelRecord } from "./modelRecord.ts";

/** Whether a difference between two models is more than chance. */
export type ArmVerdict =
  | { readonly kind: "real"; readonly better: string }
  /** They differ by less than anyone would notice. */
  | { readonly kind: "alike" }
  /** About this many more answers, of both together, until it can be told. */
  | { readonly kind: "too-few"; readonly answersNeeded: number };

export interface ComparedAspect {
  readonly aspect: "acceptance" | "cost" | "time";
  readonly verdict: ArmVerdict;
  /** The verdict for a person. */
  readonly sentence: string;
}

interface Contest {
  readonly aspect: ComparedAspect["aspect"];
  readonly one: Estimate;
  readonly other: Estimate;
  /** A smaller difference counts as none. */
  readonly alikeWithin: number;
  /** Whether the model with the higher figure is the better one. */
  readonly higherIs: "better" | "worse";
}

/** 99 %, two-sided: people look at the table again and again, and with 95 % chance alone would soon look like a difference. */
const CONFIDENCE_QUANTILE = 2.576;
/** For a chance of 80 % to find a difference that is there. */
const POWER_QUANTILE = 0.84;
/** Acceptance that differs by less than five points is alike. */
const ALIKE_POINTS = 0.05;
/** And so are costs and times that differ by less than a tenth. */
const ALIKE_SHARE = 0.1;

/**
 * Two models on the same task. The interval of the difference is made of the two single intervals: Newcombe's for
 * proportions (method 10 of Statistics in Medicine 17, 1998) and Welch's for means come out of the same formula.
 */
export function compareArms(one: ModelRecord, other: ModelRecord): readonly ComparedAspect[] {
  return [acceptanceContest(one, other), costContest(one, other), timeContest(one, other)].map((contest) => {
    const verdict = judge(contest, { one: one.model, other: other.model });
    return { aspect: contest.aspect, verdict, sentence: describe(contest, verdict) };
  });
}

function acceptanceContest(one: ModelRecord, other: ModelRecord): Contest {
  return {
    aspect: "acceptance",
    one: estimateShare(one, CONFIDENCE_QUANTILE),
    other: estimateShare(other, CONFIDENCE_QUANTILE),
    alikeWithin: ALIKE_POINTS,
    higherIs: "better",
  };
}

function costContest(one: ModelRecord, other: ModelRecord): Contest {
  const estimate = ({ answers, cost, costSquares }: ModelRecord) =>
    estimateMean({ count: answers, sum: cost, squares: costSquares }, CONFIDENCE_QUANTILE);
  return meansContest("cost", estimate(one), estimate(other));
}

function timeContest(one: ModelRecord, other: ModelRecord): Contest {
  const estimate = ({ answers, totalMs, totalMsSquares }: ModelRecord) =>
    estimateMean({ count: answers, sum: totalMs, squares: totalMsSquares }, CONFIDENCE_QUANTILE);
  return meansContest("time", estimate(one), estimate(other));
}

function meansContest(aspect: "cost" | "time", one: Estimate, other: Estimate): Contest {
  return { aspect, one, other, alikeWithin: ALIKE_SHARE * Math.max(one.value, other.value), higherIs: "worse" };
}

function judge({ one, other, alikeWithin, higherIs }: Contest, names: { one: string; other: string }): ArmVerdict {
  const difference = one.value - other.value;
  const low = difference - Math.hypot(one.value - one.low, other.high - other.value);
  const high = difference + Math.hypot(one.high - one.value, other.value - other.low);
  const isEnough = one.count >= one.enough && other.count >= other.enough;
  if (isEnough && low >= -alikeWithin && high <= alikeWithin) return { kind: "alike" };
  if (isEnough && (low > 0 || high < 0)) {
    return { kind: "real", better: low > 0 === (higherIs === "better") ? names.one : names.other };
  }
  const worthFinding = Math.max(Math.abs(difference), alikeWithin);
  return { kind: "too-few", answersNeeded: answersNeeded(one, other, worthFinding) };
}

/** The usual sample size for two arms of equal size, less what is there. */
function answersNeeded(one: Estimate, other: Estimate, difference: number): number {
  const quantiles = (CONFIDENCE_QUANTILE + POWER_QUANTILE) ** 2;
  const perArm = difference === 0 ? 0 : (quantiles * (one.variance + other.variance)) / difference ** 2;
  const missing = (arm: Estimate) => Math.max(0, Math.max(perArm, arm.enough) - arm.count);
  return Math.max(1, Math.ceil(missing(one) + missing(other)));
}

function describe({ aspect, one, other }: Contest, verdict: ArmVerdict): string {
  switch (verdict.kind) {
    case "real":
      return `${verdict.better} ${advantage(aspect, one.value, other.value)}: the difference is real.`;
    case "alike":
      return `${NAMES[aspect]}: no difference worth speaking of.`;
    case "too-few":
      return `${NAMES[aspect]}: too few answers to tell; about ${roundUp(verdict.answersNeeded)} more are needed.`;
  }
}

const NAMES: Readonly<Record<ComparedAspect["aspect"], string>> = {
  acceptance: "Acceptance",
  cost: "Cost",
  time: "Time",
};

function advantage(aspect: ComparedAspect["aspect"], one: number, other: number): string {
  const [low, high] = one < other ? [one, other] : [other, one];
  switch (aspect) {
    case "acceptance":
      return `is accepted more often (${formatPercent(high)} against ${formatPercent(low)})`;
    case "cost":
      return `costs ${formatPercent(1 - low / high)} less per answer`;
    case "time":
      return `takes ${formatPercent(1 - low / high)} less time per answer`;
  }
}

/** An estimate is not told to the last digit: two digits that matter. */
function roundUp(count: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(count)) - 1);
  return Math.ceil(count / unit) * unit;
}

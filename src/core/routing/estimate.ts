/** A figure that single answers scatter around, and how far from it the true one may be. */
export interface Estimate {
  readonly value: number;
  /** Bounds of the interval that the true value lies in. */
  readonly low: number;
  readonly high: number;
  /** Of a single answer. */
  readonly variance: number;
  /** How many answers it comes from, and how many it takes before the interval means anything. */
  readonly count: number;
  readonly enough: number;
}

/** With fewer, a single long answer decides about a mean. */
const ENOUGH_FOR_MEAN = 30;

/** A share with Wilson's interval, which is sound for few answers and for shares of 0 and 1. */
export function estimateShare({ accepted, rejected }: { accepted: number; rejected: number }, z: number): Estimate {
  const count = accepted + rejected;
  if (count === 0) return { value: 0.5, low: 0, high: 1, variance: 0.25, count, enough: 1 };
  const value = accepted / count;
  const centre = (accepted + z ** 2 / 2) / (count + z ** 2);
  const half = (z / (count + z ** 2)) * Math.sqrt((accepted * rejected) / count + z ** 2 / 4);
  const variance = centre * (1 - centre);
  return {
    value,
    low: Math.min(value, centre - half),
    high: Math.max(value, centre + half),
    variance,
    count,
    enough: 1,
  };
}

/** A mean with the normal distribution's interval. */
export function estimateMean(
  { count, sum, squares }: { count: number; sum: number; squares: number },
  z: number,
): Estimate {
  const enough = ENOUGH_FOR_MEAN;
  if (count === 0) return { value: 0, low: 0, high: 0, variance: 0, count, enough };
  const value = sum / count;
  const variance = count === 1 ? 0 : Math.max(0, (squares - count * value ** 2) / (count - 1));
  const half = z * Math.sqrt(variance / count);
  return { value, low: value - half, high: value + half, variance, count, enough };
}

import { describeAmount, describePeriod, describeScope, usedOf } from "./describeLimit.ts";
import type { LimitStanding } from "./spendLimit.ts";

/** A limit of which at least this much is used. */
export interface CrossedAlert {
  readonly standing: LimitStanding;
  /** One of the percentages that the person wants to be told of. */
  readonly percent: number;
}

/** The highest percentage that any limit on money or tokens has reached, for colours; `undefined` below the lowest. */
export function alertLevel(standings: readonly LimitStanding[], percents: readonly number[]): number | undefined {
  return Math.max(0, ...crossedAlerts(standings, percents).map(({ percent }) => percent)) || undefined;
}

/** Every percentage that every limit has reached, the highest of a limit first. One request's limit is never used up. */
export function crossedAlerts(
  standings: readonly LimitStanding[],
  percents: readonly number[],
): readonly CrossedAlert[] {
  return standings
    .filter(({ scope, measure, limit }) => scope !== "request" && measure !== "requests" && limit > 0)
    .flatMap((standing) =>
      percents
        .filter((percent) => usedOf(standing) * 100 >= standing.limit * percent)
        .toSorted((left, right) => right - left)
        .map((percent) => ({ standing, percent })),
    );
}

/** For instance `This workspace has used 80 % of its $5.00 today.` */
export function describeAlert({ standing, percent }: CrossedAlert): string {
  const limit = describeAmount(standing, standing.limit);
  const reached = standing.scope === "user" ? "have used" : "has used";
  const whose = standing.scope === "user" ? "their" : "its";
  return `${describeScope(standing.scope)} ${reached} ${percent} % of ${whose} ${limit}${describePeriod(standing.period)}.`;
}

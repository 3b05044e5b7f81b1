import { formatUsd } from "../money/formatUsd.ts";
import { toNanoUsd } from "../money/nanoUsd.ts";
import type { LimitPeriod, LimitScope, LimitStanding, RateLimit, SpendLimit } from "./spendLimit.ts";

/** Whose spending it is, at the start of a sentence, for instance `This workspace`. */
export function describeScope(scope: LimitScope): string {
  switch (scope) {
    case "request":
      return "One request";
    case "chat":
      return "This chat";
    case "workspace":
      return "This workspace";
    case "user":
      return "All workspaces";
    case "key":
      return "This key";
    case "gateway":
      return "This key at the gateway";
  }
}

/** After an amount that is used: ` today`, ` this week`; nothing for what has no period. */
export function describePeriod(period: LimitPeriod | RateLimit["period"]): string {
  switch (period) {
    case "whole":
      return "";
    case "minute":
      return " in the last minute";
    case "day":
      return " today";
    case "week":
      return " this week";
    case "month":
      return " this month";
  }
}

/** After a limit: ` a day`. */
function describeEach(period: LimitPeriod | RateLimit["period"]): string {
  return period === "whole" ? "" : ` a ${period}`;
}

/** An amount in what the limit measures, for instance `$0.50` or `1,200 tokens`. */
export function describeAmount({ measure }: Pick<SpendLimit, "measure">, amount: number): string {
  switch (measure) {
    case "money":
      return formatUsd(toNanoUsd(amount));
    case "tokens":
      return `${amount.toLocaleString("en-US")} ${amount === 1 ? "token" : "tokens"}`;
    case "requests":
      return `${amount.toLocaleString("en-US")} ${amount === 1 ? "request" : "requests"}`;
  }
}

/** What is used and held, added up. */
export function usedOf({ spent, reserved }: LimitStanding): number {
  return spent + reserved;
}

/** Share of a limit that is spent or reserved, 0 to 1. */
export function usedShare(standing: LimitStanding): number {
  return standing.limit === 0 ? 1 : Math.min(1, usedOf(standing) / standing.limit);
}

/** What a limit is, for instance `$5.00 a day`. */
export function describeLimit(standing: Pick<LimitStanding, "measure" | "limit" | "period">): string {
  return `${describeAmount(standing, standing.limit)}${describeEach(standing.period)}`;
}

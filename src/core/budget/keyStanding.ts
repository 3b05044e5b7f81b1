import type { NanoUsd } from "../money/nanoUsd.ts";
import { firstCountedDay } from "./limitPeriod.ts";
import type { LimitPeriod } from "./spendLimit.ts";
import { type SpendPeriod, firstDayOf } from "./spendPeriod.ts";

/** What a gateway said of a key, and what the ledger had booked on that key there at the same moment. */
export interface KeyStanding {
  readonly takenAtMs: number;
  /** The gateway's own limit of the key; `undefined` where it has none or does not tell. */
  readonly limit: NanoUsd | undefined;
  /** What was left of it. */
  readonly remaining: NanoUsd | undefined;
  /** When the limit starts afresh; `whole` for never. */
  readonly limitPeriod: LimitPeriod;
  /** What the gateway counted in each running period; `undefined` where it does not tell. */
  readonly used: Readonly<Record<SpendPeriod, NanoUsd | undefined>>;
  /** What the ledger had booked in the same periods. */
  readonly booked: Readonly<Record<SpendPeriod, NanoUsd>>;
}

/**
 * The clocks of gateway and machine may differ by this much, and figures lag: just after the start of a period they may
 * still be those of the period before.
 */
const CLOCK_SKEW_MS = 10 * 60 * 1000;

/**
 * The first day of the period that a gateway's figure of this moment is about; it says nothing of any other period.
 * `undefined` where it may be about the period before.
 */
export function firstToldDay(period: LimitPeriod, takenAtMs: number): string | undefined {
  if (period === "whole") return firstCountedDay(period, "");
  const firstDay = firstDayOf(period, takenAtMs);
  return takenAtMs - Date.parse(firstDay) < CLOCK_SKEW_MS ? undefined : firstDay;
}

/** The period of OpenRouter's `limit_reset`; a reset that is not known counts as none, so that what is left stays left. */
export function limitPeriodOf(reset: string | undefined): LimitPeriod {
  switch (reset) {
    case "daily":
      return "day";
    case "weekly":
      return "week";
    case "monthly":
      return "month";
    default:
      return "whole";
  }
}

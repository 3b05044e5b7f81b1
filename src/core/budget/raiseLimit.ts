import { type NanoUsd, ZERO_USD, toNanoUsd } from "../money/nanoUsd.ts";
import type { LimitStanding, MoneyLimit, MoneyStanding, SpendDemand } from "./spendLimit.ts";

/** A budget that was passed, as the person was told of it. */
export interface ExceededLimit {
  readonly blocking: MoneyStanding;
  /** What the model that was chosen could cost. */
  readonly needed: NanoUsd;
}

/** By how much a limit has to be raised for this request. */
export function raiseFor({ blocking, needed }: ExceededLimit): NanoUsd {
  return toNanoUsd(Math.max(0, blocking.spent + blocking.reserved + needed - blocking.limit));
}

/** What counts of a day's raises, whatever a damaged file says of them: nothing below 0, and no more than the limit again. */
export function countedRaise({ limit }: Pick<MoneyLimit, "limit">, raised: number): NanoUsd {
  return Number.isSafeInteger(raised) ? toNanoUsd(Math.min(limit, Math.max(0, raised))) : ZERO_USD;
}

/** Limits of one request and of a chat have no day, one of nothing is meant to stay one, and the gateway's is not ours. */
export function canBeRaised(blocking: LimitStanding, { amount: needed }: SpendDemand): boolean {
  if (blocking.measure !== "money" || blocking.period === "whole" || blocking.scope === "gateway") return false;
  // All raises of a day together at most double a limit.
  return blocking.limit + raiseFor({ blocking, needed }) <= 2 * blocking.raisedFrom;
}

import type { ApiError } from "../errors/apiError.ts";
import { freeModelsCap } from "../errors/rateLimitErrors.ts";
import * as refusals from "../errors/spendingErrors.ts";
import { billNanoUsd, heldNanoUsd } from "./account.ts";
import type { Account } from "./account.ts";
import { freeRequests, freeRequestsPerDay, limitRemainingNanoUsd } from "./keyUsage.ts";
import { nextUtcDayMs, periodStartMs } from "./periods.ts";

const FREE_REQUESTS_PER_MINUTE = 20;
const IN_FLIGHT_RETRY_SECONDS = 1;
const MINUTE_MS = 60_000;

/** The most a request can cost, and what it asked for. */
export interface WorstCase {
  readonly costNanoUsd: number;
  readonly promptNanoUsd: number;
  readonly maxTokens: number;
  readonly isFreeModel: boolean;
}

/** Refuses a request the account or the key cannot pay for in the worst case; undefined when it can. */
export function checkSpending(account: Account, worstCase: WorstCase, nowMs: number): ApiError | undefined {
  if (worstCase.isFreeModel) return checkFreeCaps(account, nowMs) ?? checkBalance(account, 0, -1);
  if (account.options.byok !== undefined) return checkBalance(account, 0, -1);
  return checkKeyLimit(account, worstCase, nowMs) ?? checkBalance(account, worstCase.costNanoUsd, 0);
}

/** `floor` is the balance at which requests stop: 0 for paid ones, below 0 for those that cost nothing. */
function checkBalance(account: Account, costNanoUsd: number, floor: 0 | -1): ApiError | undefined {
  const balance = account.creditsNanoUsd - billNanoUsd(account);
  if (balance <= floor) return refusals.insufficientCredits();
  if (costNanoUsd > balance) return refusals.weightExceedsBudget();
  if (costNanoUsd > 0 && costNanoUsd + heldNanoUsd(account) > balance)
    return refusals.inFlightBudget(IN_FLIGHT_RETRY_SECONDS);
  return undefined;
}

function checkKeyLimit(account: Account, worstCase: WorstCase, nowMs: number): ApiError | undefined {
  const remaining = limitRemainingNanoUsd(account, nowMs);
  if (remaining === null || worstCase.costNanoUsd <= remaining) return undefined;
  if (remaining <= 0 || worstCase.promptNanoUsd >= remaining) return refusals.keyLimitExceeded();
  const completionShare = (remaining - worstCase.promptNanoUsd) / (worstCase.costNanoUsd - worstCase.promptNanoUsd);
  return refusals.fewerMaxTokens(worstCase.maxTokens, Math.floor(worstCase.maxTokens * completionShare));
}

function checkFreeCaps(account: Account, nowMs: number): ApiError | undefined {
  if (freeRequests(account, nowMs - MINUTE_MS) >= FREE_REQUESTS_PER_MINUTE) {
    return freeModelsCap({ period: "min", limit: FREE_REQUESTS_PER_MINUTE, resetAtMs: nowMs + MINUTE_MS });
  }
  const limit = freeRequestsPerDay(account);
  const isUsedUp = freeRequests(account, periodStartMs("daily", nowMs)) >= limit;
  return isUsedUp ? freeModelsCap({ period: "day", limit, resetAtMs: nextUtcDayMs(nowMs) }) : undefined;
}

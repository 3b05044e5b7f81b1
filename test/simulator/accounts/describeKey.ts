import { usdNumber } from "../money/decimalUsd.ts";
import type { Account } from "./account.ts";
import { byokNanoUsd, freeRequests, freeRequestsPerDay, limitRemainingNanoUsd, spentNanoUsd } from "./keyUsage.ts";
import { periodStartMs } from "./periods.ts";

/** `data` of `GET /key`, as recorded in 2026-10. */
export function describeKey(account: Account, nowMs: number): Readonly<Record<string, unknown>> {
  const remainingNanoUsd = limitRemainingNanoUsd(account, nowMs);
  const used = freeRequests(account, periodStartMs("daily", nowMs));
  const limit = freeRequestsPerDay(account);
  return {
    label: maskKey(account.options.key),
    is_management_key: false,
    is_provisioning_key: false,
    limit: account.limitNanoUsd === null ? null : usdNumber(account.limitNanoUsd),
    limit_reset: account.options.limitReset ?? null,
    limit_remaining: remainingNanoUsd === null ? null : usdNumber(Math.max(remainingNanoUsd, 0)),
    include_byok_in_limit: false,
    ...usageByPeriod("usage", nowMs, (sinceMs) => spentNanoUsd(account, sinceMs)),
    ...usageByPeriod("byok_usage", nowMs, (sinceMs) => byokNanoUsd(account, sinceMs)),
    is_free_tier: account.options.tier === "free",
    expires_at: account.options.expiresAt ?? null,
    creator_user_id: account.userId,
    organization_id: null,
    workspace_id: "00000000-0000-0000-0000-000000000000",
    allowed_data_regions: ["global"],
    free_model_daily_requests: { used, limit, remaining: Math.max(limit - used, 0) },
    rate_limit: { requests: -1, interval: "10s", note: "This field is deprecated and safe to ignore." },
  };
}

/** A key as the API shows it: only its ends. */
export function maskKey(key: string): string {
  return `${key.slice(0, 12)}...${key.slice(-3)}`;
}

function usageByPeriod(
  name: "usage" | "byok_usage",
  nowMs: number,
  nanoUsdSince: (sinceMs: number) => number,
): Readonly<Record<string, number>> {
  return {
    [name]: usdNumber(nanoUsdSince(0)),
    [`${name}_daily`]: usdNumber(nanoUsdSince(periodStartMs("daily", nowMs))),
    [`${name}_weekly`]: usdNumber(nanoUsdSince(periodStartMs("weekly", nowMs))),
    [`${name}_monthly`]: usdNumber(nanoUsdSince(periodStartMs("monthly", nowMs))),
  };
}

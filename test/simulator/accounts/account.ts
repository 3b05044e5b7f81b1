import { createHash } from "node:crypto";

import { nanoUsdFromUsd, usdNumber } from "../money/decimalUsd.ts";
import type { BookRow } from "./bookRow.ts";

/** What a test says about a key; money in US dollars. */
export interface KeyOptions {
  readonly key: string;
  /** Spending limit of the key itself; none when absent. */
  readonly limitUsd?: number;
  readonly limitReset?: "daily" | "weekly" | "monthly";
  /** Credits bought for the account behind the key; 100 when absent. Each key has an account of its own. */
  readonly creditsUsd?: number;
  /** Own provider keys: within the free allowance the fee is 0, past it 5 % of the list price. */
  readonly byok?: "within-allowance" | "past-allowance";
  /** Never bought credits: 50 free-model requests a day instead of 1000. */
  readonly tier?: "free" | "paid";
  readonly expiresAt?: string;
  /** `GET /credits` is for management keys: this one is refused there. */
  readonly mayNotSeeCredits?: boolean;
}

/** A key with the account behind it and everything it was charged. */
export interface Account {
  readonly options: KeyOptions;
  readonly creditsNanoUsd: number;
  readonly limitNanoUsd: number | null;
  readonly userId: string;
  readonly rows: BookRow[];
  /** Worst cases of running requests by generation id; they count against the in-flight budget. */
  readonly heldNanoUsd: Map<string, number>;
}

const DEFAULT_CREDITS_USD = 100;

export function openAccount(options: KeyOptions): Account {
  return {
    options,
    creditsNanoUsd: nanoUsdFromUsd(options.creditsUsd ?? DEFAULT_CREDITS_USD),
    limitNanoUsd: options.limitUsd === undefined ? null : nanoUsdFromUsd(options.limitUsd),
    userId: `user_${createHash("sha256").update(options.key).digest("hex").slice(0, 24)}`,
    rows: [],
    heldNanoUsd: new Map(),
  };
}

/** Everything charged to the key since it exists, in nano-dollars. */
export function billNanoUsd(account: Account): number {
  return sum(account.rows.map((row) => row.costNanoUsd));
}

/** Worst cases of the running requests, in nano-dollars. */
export function heldNanoUsd(account: Account): number {
  return sum([...account.heldNanoUsd.values()]);
}

/** What `GET /credits` answers. */
export function creditsOf(account: Account): { total_credits: number; total_usage: number } {
  return { total_credits: usdNumber(account.creditsNanoUsd), total_usage: usdNumber(billNanoUsd(account)) };
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

import type { Account } from "./account.ts";
import type { BookRow } from "./bookRow.ts";
import { periodStartMs } from "./periods.ts";

const FREE_REQUESTS_PER_DAY = { free: 50, paid: 1000 } as const;

/** Charged since a moment, in nano-dollars. */
export function spentNanoUsd(account: Account, sinceMs: number): number {
  return account.rows.reduce((total, row) => (row.atMs >= sinceMs ? total + row.costNanoUsd : total), 0);
}

/** List price served through the caller's own provider keys since a moment, in nano-dollars. */
export function byokNanoUsd(account: Account, sinceMs: number): number {
  const rows = account.rows.filter((row) => row.isByok && row.atMs >= sinceMs);
  return rows.reduce((total, row) => total + row.upstreamCostNanoUsd, 0);
}

/** What is left of the key's limit in its current period; null without a limit. May be negative. */
export function limitRemainingNanoUsd(account: Account, nowMs: number): number | null {
  if (account.limitNanoUsd === null) return null;
  const { limitReset } = account.options;
  const sinceMs = limitReset === undefined ? 0 : periodStartMs(limitReset, nowMs);
  return account.limitNanoUsd - spentNanoUsd(account, sinceMs);
}

/** Requests for `:free` models since a moment that reached a model. */
export function freeRequests(account: Account, sinceMs: number): number {
  return account.rows.filter((row) => isServedFree(row) && row.atMs >= sinceMs).length;
}

/** The account's daily number of free-model requests. */
export function freeRequestsPerDay(account: Account): number {
  return FREE_REQUESTS_PER_DAY[account.options.tier ?? "paid"];
}

function isServedFree(row: BookRow): boolean {
  return row.status === 200 && row.modelServed?.endsWith(":free") === true;
}

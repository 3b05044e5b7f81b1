import type { NanoUsd } from "../money/nanoUsd.ts";
import type { SpendPeriod } from "./spendPeriod.ts";

/**
 * Whose spending a limit counts: one request, one chat, this workspace, all of this person's on this machine, one key.
 * `gateway`: the limit that the gateway holds the key in use to.
 */
export type LimitScope = "request" | "chat" | "workspace" | "user" | "key" | "gateway";

/** `whole` for a request and a chat, which do not start afresh. */
export type LimitPeriod = SpendPeriod | "whole";

/** A limit on money. */
export interface MoneyLimit {
  readonly measure: "money";
  readonly scope: LimitScope;
  readonly period: LimitPeriod;
  readonly limit: NanoUsd;
}

/** A limit on prompt and answer tokens of all workspaces in one UTC day; models free of charge count, too. */
interface TokenLimit {
  readonly measure: "tokens";
  readonly scope: "user";
  readonly period: "day";
  readonly limit: number;
}

/** A limit on the requests that all windows start within any one minute. */
export interface RateLimit {
  readonly measure: "requests";
  readonly scope: "user";
  readonly period: "minute";
  readonly limit: number;
}

export type SpendLimit = MoneyLimit | TokenLimit | RateLimit;

type Standing<Limit extends SpendLimit> = Limit & {
  /** Settled in the running period. */
  readonly spent: Limit["limit"];
  /** Held by requests that are not settled yet. */
  readonly reserved: Limit["limit"];
};

/** Where a limit on money stands. `limit` has what the person raised it by for today. */
export type MoneyStanding = Standing<MoneyLimit> & {
  /** The limit of the settings. */
  readonly raisedFrom: NanoUsd;
  /** Of what is spent: what only the gateway tells of, spent elsewhere or by a ledger that was lost. */
  readonly elsewhere?: NanoUsd;
};

/** Where a limit stands: what is settled and what is held of the running period, against the limit. */
export type LimitStanding = MoneyStanding | Standing<TokenLimit> | Standing<RateLimit>;

/** What one request needs of the limits. */
export interface SpendDemand {
  readonly amount: NanoUsd;
  readonly tokens: number;
}

/** Whose books a request goes to. */
export interface SpendPlace {
  readonly workspace: string;
  /** The name of the key that pays; never the key. */
  readonly keyLabel: string;
  readonly chat: string | undefined;
  /** Where it is known, the gateway's own limit of the key counts, too. */
  readonly gatewayOrigin?: string;
}

export function dailyLimit(scope: "workspace" | "user" | "key", limit: NanoUsd): MoneyLimit {
  return { measure: "money", scope, period: "day", limit };
}

/** The lowest limit of each scope and period wins: a workspace can tighten a budget and never loosen it. */
export function tightestLimits(limits: readonly SpendLimit[]): readonly SpendLimit[] {
  const lowest = new Map<string, SpendLimit>();
  for (const limit of limits) {
    const known = lowest.get(limitName(limit));
    if (known === undefined || limit.limit < known.limit) lowest.set(limitName(limit), limit);
  }
  return [...lowest.values()];
}

/** Names a limit among those of a request, for instance `money/workspace/day`. */
export function limitName({ measure, scope, period }: Pick<SpendLimit, "measure" | "scope" | "period">): string {
  return `${measure}/${scope}/${period}`;
}

/** What may still be reserved; never negative. */
export function remainingOf(standing: LimitStanding): number {
  return Math.max(0, standing.limit - standing.spent - standing.reserved);
}

/** The first limit that a request would pass. What costs nothing never passes a limit on money, however much is spent. */
export function blockingLimit(standings: readonly LimitStanding[], demand: SpendDemand): LimitStanding | undefined {
  return standings.find((standing) => remainingOf(standing) < demandOn(standing, demand));
}

function demandOn({ measure }: LimitStanding, { amount, tokens }: SpendDemand): number {
  switch (measure) {
    case "money":
      return amount;
    case "tokens":
      return tokens;
    case "requests":
      return 1;
  }
}

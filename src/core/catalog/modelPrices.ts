import { type Decimal, compareDecimals } from "../money/decimal.ts";

/** US dollars for one unit: a token, or a request. Never negative. */
export type UsdPrice = Decimal;

/** What one request may cost, by unit. */
export interface TokenPrices {
  readonly promptPerToken: UsdPrice;
  readonly completionPerToken: UsdPrice;
  readonly perRequest: UsdPrice;
  /** For prompt tokens found in the provider's cache; `undefined` when they cost as much as others. */
  readonly cacheReadPerToken?: UsdPrice | undefined;
  /** For prompt tokens put into it; `undefined` when they cost as much as others. */
  readonly cacheWritePerToken?: UsdPrice | undefined;
}

/** When other prices are in force. Every condition that is there must hold. */
export interface PriceCondition {
  /** The prompt has more tokens than this. */
  readonly abovePromptTokens?: number | undefined;
  /** UTC, as `HHMM` clock numbers, from inclusive, to exclusive; may wrap midnight. */
  readonly utcFrom?: number | undefined;
  readonly utcTo?: number | undefined;
  /** Lower-case English weekday names, in UTC. */
  readonly utcDays?: readonly string[] | undefined;
}

export interface PriceOverride extends PriceCondition {
  /** Units that are missing keep their price. */
  readonly prices: Partial<TokenPrices>;
}

/** The base prices and what replaces them; of several overrides that hold the last one counts, unit by unit. */
export interface ModelPrices extends TokenPrices {
  readonly overrides: readonly PriceOverride[];
}

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;

/** What a prompt of this size costs at this moment. */
export function pricesInForce(prices: ModelPrices, promptTokens: number, nowMs: number): TokenPrices {
  if (prices.overrides.length === 0) return prices;
  const holding = prices.overrides.filter(
    (override) => isLongEnough(override, promptTokens) && isTimeFor(override, nowMs),
  );
  return holding.reduce<TokenPrices>((inForce, override) => ({ ...inForce, ...override.prices }), prices);
}

/** The dearest price of each unit for a prompt of at most this size, at any time: a request may be served across an hour. */
export function dearestPrices(prices: ModelPrices, maxPromptTokens: number): TokenPrices {
  if (prices.overrides.length === 0) return prices;
  return prices.overrides
    .filter((override) => isLongEnough(override, maxPromptTokens))
    .reduce<TokenPrices>((dearest, override) => dearerPrices(dearest, { ...prices, ...override.prices }), prices);
}

function isLongEnough({ abovePromptTokens }: PriceCondition, promptTokens: number): boolean {
  return abovePromptTokens === undefined || promptTokens > abovePromptTokens;
}

function isTimeFor({ utcFrom, utcTo, utcDays }: PriceCondition, nowMs: number): boolean {
  const now = new Date(nowMs);
  const today = WEEKDAYS[now.getUTCDay()] ?? "";
  if (utcDays !== undefined && !utcDays.includes(today)) return false;
  const clock = now.getUTCHours() * 100 + now.getUTCMinutes();
  const from = utcFrom ?? 0;
  const to = utcTo ?? 2400;
  return from <= to ? clock >= from && clock < to : clock >= from || clock < to;
}

/** The dearer price of each unit. */
export function dearerPrices(left: TokenPrices, right: TokenPrices): TokenPrices {
  return {
    promptPerToken: dearer(left.promptPerToken, right.promptPerToken),
    completionPerToken: dearer(left.completionPerToken, right.completionPerToken),
    perRequest: dearer(left.perRequest, right.perRequest),
    cacheReadPerToken: dearer(
      left.cacheReadPerToken ?? left.promptPerToken,
      right.cacheReadPerToken ?? right.promptPerToken,
    ),
    cacheWritePerToken: dearer(
      left.cacheWritePerToken ?? left.promptPerToken,
      right.cacheWritePerToken ?? right.promptPerToken,
    ),
  };
}

function dearer(left: UsdPrice, right: UsdPrice): UsdPrice {
  return compareDecimals(left, right) >= 0 ? left : right;
}

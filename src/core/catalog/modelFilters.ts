import { type Decimal, compareDecimals, parseDecimal } from "../money/decimal.ts";
import { type BrowsedModel, authorOf } from "./browsedModel.ts";

/** Words that filter wherever they stand. In quotation marks they are part of a name. */
const FLAGS = ["free", "images", "tools", "reasoning", "favourites", "zdr"] as const;

type ModelFlag = (typeof FLAGS)[number];

/** From here on a context counts as long. */
export const LONG_CONTEXT = ">200k";

/** Only models with a provider that keeps no data. Who that is must be asked first. */
export const ZERO_RETENTION = "zdr" satisfies ModelFlag;

interface PriceLimit {
  /** US dollars a token. */
  readonly price: Decimal;
  readonly isInclusive: boolean;
}

/** What is typed into the model browser, taken apart. All conditions must hold; of several authors one is enough. */
export interface ModelQuery {
  /** The name, or what there is of it. */
  readonly text: string;
  readonly flags: ReadonlySet<ModelFlag>;
  readonly minContextTokens: number | undefined;
  readonly promptPrice: PriceLimit | undefined;
  readonly completionPrice: PriceLimit | undefined;
  /** Beginnings of authors, letters and digits only. */
  readonly authors: readonly string[];
}

/** Reads any text: `sonnet tools <$5 out<$20 >200k @anthropic`. A condition that is not finished yet asks for nothing. */
export function parseModelQuery(typed: string): ModelQuery {
  const tokens = tokensOf(typed);
  const filters = tokens.filter(({ isFilter }) => isFilter).map(({ text }) => text.toLowerCase());
  return {
    text: tokens
      .filter(({ isFilter }) => !isFilter)
      .map(({ text }) => text)
      .join(" "),
    flags: new Set(filters.flatMap((text) => flagOf(text) ?? [])),
    minContextTokens: largest(filters.flatMap((text) => contextOf(text) ?? [])),
    promptPrice: lowest(filters.flatMap((text) => priceOf(text, PROMPT_PRICE) ?? [])),
    completionPrice: lowest(filters.flatMap((text) => priceOf(text, COMPLETION_PRICE) ?? [])),
    authors: filters.filter((text) => text.startsWith("@")).flatMap((text) => lettersOf(text) || []),
  };
}

/** Whether a model meets every condition; the name is not looked at. */
export function meetsQuery(entry: BrowsedModel, query: ModelQuery, favourites: ReadonlySet<string>): boolean {
  const { model, prices } = entry;
  if (query.minContextTokens !== undefined && model.contextTokens < query.minContextTokens) return false;
  if (isAbove(prices.promptPerToken, query.promptPrice)) return false;
  if (isAbove(prices.completionPerToken, query.completionPrice)) return false;
  const author = lettersOf(authorOf(model));
  if (query.authors.length > 0 && !query.authors.some((wanted) => author.startsWith(wanted))) return false;
  return [...query.flags].every((flag) => hasFlag(entry, flag, favourites));
}

/** Takes a filter out of what is typed, or puts it behind. */
export function toggleFilter(typed: string, filter: string): string {
  const tokens = tokensOf(typed);
  const others = tokens.filter(({ isFilter, text }) => !isFilter || text.toLowerCase() !== filter);
  const left = others.map(({ source }) => source);
  // The space behind it lets a person go on typing.
  return others.length < tokens.length ? left.join(" ") : `${[...left, filter].join(" ")} `;
}

export function hasFilter(typed: string, filter: string): boolean {
  return tokensOf(typed).some(({ isFilter, text }) => isFilter && text.toLowerCase() === filter);
}

interface Token {
  readonly text: string;
  readonly isFilter: boolean;
  /** As it was typed, with its quotation marks. */
  readonly source: string;
}

const TOKEN = /"([^"]*)"?|[^\s"]+/g;
/** Also what only begins to be one, so that the list does not flicker while it is typed. */
const CONTEXT = /^(?:>=?|≥)(?:(\d{1,9}(?:\.\d{0,6})?)([km]?))?$/;
const PROMPT_PRICE = /^(?:in)?(<=?|≤)\$?(\d{0,9}(?:\.\d{0,9})?)\$?$/;
const COMPLETION_PRICE = /^out(<=?|≤)\$?(\d{0,9}(?:\.\d{0,9})?)\$?$/;
const TOKENS_BY_UNIT: ReadonlyMap<string, number> = new Map([
  ["k", 1000],
  ["m", 1_000_000],
]);
const TOKENS_PER_MILLION_DECIMALS = 6;

function tokensOf(typed: string): readonly Token[] {
  return [...typed.matchAll(TOKEN)].map(([source, quoted]) => ({
    text: quoted ?? source,
    isFilter: quoted === undefined && isFilter(source.toLowerCase()),
    source,
  }));
}

function isFilter(text: string): boolean {
  return (
    text.startsWith("@") ||
    flagOf(text) !== undefined ||
    [CONTEXT, PROMPT_PRICE, COMPLETION_PRICE].some((pattern) => pattern.test(text))
  );
}

function flagOf(text: string): ModelFlag | undefined {
  return text === "favorites" ? "favourites" : FLAGS.find((flag) => flag === text);
}

function hasFlag(entry: BrowsedModel, flag: ModelFlag, favourites: ReadonlySet<string>): boolean {
  switch (flag) {
    case "free":
      return entry.isFree;
    case "images":
      return entry.seesImages;
    case "tools":
      return entry.callsTools;
    case "reasoning":
      return entry.reasons;
    case "zdr":
      return entry.zeroRetentionTags !== undefined && entry.zeroRetentionTags.length > 0;
    case "favourites":
      return favourites.has(entry.model.id);
  }
}

function contextOf(text: string): number | undefined {
  const [, digits, unit = ""] = CONTEXT.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits) * (TOKENS_BY_UNIT.get(unit) ?? 1);
}

function priceOf(text: string, pattern: RegExp): PriceLimit | undefined {
  const [, sign, digits = ""] = pattern.exec(text) ?? [];
  const perMillion = parseDecimal(digits);
  if (perMillion === undefined) return undefined;
  const price = { ...perMillion, scale: perMillion.scale + TOKENS_PER_MILLION_DECIMALS };
  return { price, isInclusive: sign !== "<" };
}

function isAbove(price: Decimal, limit: PriceLimit | undefined): boolean {
  if (limit === undefined) return false;
  const difference = compareDecimals(price, limit.price);
  return limit.isInclusive ? difference > 0 : difference >= 0;
}

function largest(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : Math.max(...values);
}

function lowest(limits: readonly PriceLimit[]): PriceLimit | undefined {
  return limits.toSorted(
    (left, right) => compareDecimals(left.price, right.price) || Number(left.isInclusive) - Number(right.isInclusive),
  )[0];
}

function lettersOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}

import { type TokenAmounts, priceTokens } from "../budget/priceTokens.ts";
import type { NanoUsd } from "../money/nanoUsd.ts";
import { type CatalogModel, isFree } from "./catalogModel.ts";
import type { ZeroRetentionList } from "./modelEndpoint.ts";
import { type TokenPrices, pricesInForce } from "./modelPrices.ts";

/** A request as people send them, to hold prices against each other. */
export const TYPICAL_REQUEST: TokenAmounts = { promptTokens: 2000, completionTokens: 800 };

const NANO_PER_USD = 1e9;

/** A model with what a person compares it by, worked out once. */
export interface BrowsedModel {
  readonly model: CatalogModel;
  /** What a typical request is priced at now; other hours and long prompts may be dearer. */
  readonly prices: TokenPrices;
  readonly typicalCost: NanoUsd;
  readonly isFree: boolean;
  readonly seesImages: boolean;
  readonly callsTools: boolean;
  readonly reasons: boolean;
  /** Coding index by the dollars of a typical request: endless for a free model, `undefined` without an index. */
  readonly codingPerDollar: number | undefined;
  /** Providers that keep no data, by their tags; `undefined` while nobody has asked. */
  readonly zeroRetentionTags?: readonly string[] | undefined;
}

export function browsedModel(model: CatalogModel, nowMs: number): BrowsedModel {
  const prices = pricesInForce(model.prices, TYPICAL_REQUEST.promptTokens, nowMs);
  const typicalCost = priceTokens(prices, TYPICAL_REQUEST, "nearest");
  const { codingIndex, supportedParameters } = model;
  return {
    model,
    prices,
    typicalCost,
    isFree: isFree(model),
    seesImages: model.inputModalities.includes("image"),
    callsTools: supportedParameters.includes("tools"),
    reasons: model.isReasoningMandatory || supportedParameters.includes("reasoning"),
    codingPerDollar: codingIndex === undefined ? undefined : codingIndex / (typicalCost / NANO_PER_USD),
  };
}

/** With who keeps nothing. An alias goes by its own name or that of what it stands for today. */
export function withZeroRetention(entry: BrowsedModel, { tagsByModel }: ZeroRetentionList): BrowsedModel {
  const { id, aliasTarget = id } = entry.model;
  return { ...entry, zeroRetentionTags: tagsByModel.get(id) ?? tagsByModel.get(aliasTarget) ?? [] };
}

/** Who made it, by the part of its id before the slash, for instance `anthropic`. */
export function authorOf({ id }: CatalogModel): string {
  const slash = id.indexOf("/");
  return slash < 0 ? "" : id.slice(0, slash).replace(/^~/, "");
}

import type { Catalog, CatalogModel } from "../../../src/core/catalog/catalogModel.ts";
import type { ModelPrices, TokenPrices } from "../../../src/core/catalog/modelPrices.ts";
import { parseDecimal } from "../../../src/core/money/decimal.ts";

/** Noon of some day. */
export const LIST_AT_MS = Date.UTC(2026, 10, 21, 12);

export function catalogOf(...models: readonly CatalogModel[]): Catalog {
  return { models, skippedRows: 0, fetchedAtMs: LIST_AT_MS };
}

export function modelOf(id: string, fields: Partial<CatalogModel> = {}): CatalogModel {
  return {
    id,
    name: id.toUpperCase(),
    contextTokens: 200_000,
    maxCompletionTokens: undefined,
    prices: pricesOf("0.000002", "0.00001"),
    inputModalities: ["text"],
    outputModalities: ["text"],
    supportedParameters: ["max_tokens", "reasoning", "temperature", "tools"],
    expirationDate: undefined,
    codingIndex: undefined,
    intelligenceIndex: undefined,
    isReasoningMandatory: false,
    aliasTarget: undefined,
    ...fields,
  };
}

/** In US dollars per token. */
export function pricesOf(prompt: string, completion: string, overrides: ModelPrices["overrides"] = []): ModelPrices {
  return { ...tokenPricesOf(prompt, completion), overrides };
}

export function tokenPricesOf(prompt: string, completion: string): TokenPrices {
  return { promptPerToken: usd(prompt), completionPerToken: usd(completion), perRequest: usd("0") };
}

function usd(text: string) {
  return parseDecimal(text) ?? { coefficient: 0n, scale: 0 };
}

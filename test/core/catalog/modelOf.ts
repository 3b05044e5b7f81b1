import { type BrowsedModel, browsedModel } from "../../../src/core/catalog/browsedModel.ts";
import type { CatalogModel } from "../../../src/core/catalog/catalogModel.ts";
import type { UsdPrice } from "../../../src/core/catalog/modelPrices.ts";

/** In US dollars per million tokens. */
export interface PricesOf {
  readonly prompt: number;
  readonly completion: number;
}

/** A model that can do nothing but text, at $1 in and $2 out. */
export function modelOf(
  id: string,
  fields: Partial<CatalogModel> = {},
  { prompt, completion }: PricesOf = { prompt: 1, completion: 2 },
): BrowsedModel {
  const model: CatalogModel = {
    id,
    name: id.slice(id.indexOf("/") + 1),
    contextTokens: 128_000,
    maxCompletionTokens: undefined,
    prices: {
      promptPerToken: perToken(prompt),
      completionPerToken: perToken(completion),
      perRequest: { coefficient: 0n, scale: 0 },
      overrides: [],
    },
    inputModalities: ["text"],
    outputModalities: ["text"],
    supportedParameters: [],
    expirationDate: undefined,
    codingIndex: undefined,
    intelligenceIndex: undefined,
    isReasoningMandatory: false,
    aliasTarget: undefined,
    ...fields,
  };
  return browsedModel(model, 0);
}

function perToken(usdPerMillion: number): UsdPrice {
  return { coefficient: BigInt(Math.round(usdPerMillion * 1e6)), scale: 12 };
}

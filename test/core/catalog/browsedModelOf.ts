import { type BrowsedModel, browsedModel } from "../../../src/core/catalog/browsedModel.ts";
import type { CatalogModel } from "../../../src/core/catalog/catalogModel.ts";
import { modelOf, pricesOf } from "./catalogOf.ts";

/** In US dollars per million tokens. */
interface PricesOf {
  readonly prompt: number;
  readonly completion: number;
}

/** A model that can do nothing but text, at $1 in and $2 out. */
export function browsedModelOf(
  id: string,
  fields: Partial<CatalogModel> = {},
  { prompt, completion }: PricesOf = { prompt: 1, completion: 2 },
): BrowsedModel {
  const model = modelOf(id, {
    name: id.slice(id.indexOf("/") + 1),
    contextTokens: 128_000,
    prices: pricesOf(`${prompt}e-6`, `${completion}e-6`),
    supportedParameters: [],
    ...fields,
  });
  return browsedModel(model, 0);
}

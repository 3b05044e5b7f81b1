import { type ModelPrices, type TokenPrices, dearestPrices } from "./modelPrices.ts";

/** One row of the gateway's model list, reduced to what decisions need. */
export interface CatalogModel {
  readonly id: string;
  readonly name: string;
  readonly contextTokens: number;
  /** The longest answer the model gives; `undefined` when the gateway does not say. */
  readonly maxCompletionTokens: number | undefined;
  readonly prices: ModelPrices;
  readonly inputModalities: readonly string[];
  readonly outputModalities: readonly string[];
  readonly supportedParameters: readonly string[];
  /** `YYYY-MM-DD`; from that day on the model is not served. */
  readonly expirationDate: string | undefined;
  /** Artificial Analysis indexes as the catalog carries them, 0 to about 100. */
  readonly codingIndex: number | undefined;
  readonly intelligenceIndex: number | undefined;
  readonly isReasoningMandatory: boolean;
  /** What an alias such as `~author/model-latest` stands for today. */
  readonly aliasTarget: string | undefined;
  /** The catalog's name for the family of its tokenizer, for instance `GPT` or `Claude`. */
  readonly tokenizer?: string | undefined;
  /** When the gateway took the model up, where it says so. */
  readonly createdAtMs?: number | undefined;
}

export interface Catalog {
  readonly models: readonly CatalogModel[];
  /** Rows that made no sense and were left out. */
  readonly skippedRows: number;
  readonly fetchedAtMs: number;
  /** The list has no prices, as that of a local server: what is free there comes without terms. */
  readonly isUnpriced?: boolean;
}

/** A free model costs nothing by its prices; the `:free` suffix alone is not proof. */
export function isFree({ prices }: CatalogModel): boolean {
  return costsNothing(prices) && costsNothing(dearestPrices(prices, Number.POSITIVE_INFINITY));
}

function costsNothing({ promptPerToken, completionPerToken, perRequest }: TokenPrices): boolean {
  return promptPerToken.coefficient === 0n && completionPerToken.coefficient === 0n && perRequest.coefficient === 0n;
}

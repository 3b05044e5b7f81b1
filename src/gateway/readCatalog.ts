import * as z from "zod/mini";
import type { Catalog, CatalogModel, ModelPrices, TokenPrices, UsdPrice } from "../core/catalog/catalogModel.ts";
import { compareDecimals, isNegative, parseDecimal } from "../core/money/decimal.ts";
import { WaybillError } from "../core/errors/waybillError.ts";

const optionalText = z.catch(z.nullish(z.string()), undefined);
const optionalCount = z.catch(z.nullish(z.number().check(z.positive())), undefined);
const texts = z.catch(z.array(z.string()), []);
const price = z.optional(z.union([z.string(), z.number()]));

const overrideSchema = z.looseObject({ prompt: price, completion: price, request: price });

const rowSchema = z.looseObject({
  id: z.string().check(z.minLength(1)),
  name: optionalText,
  context_length: optionalCount,
  architecture: z.optional(z.looseObject({ input_modalities: texts, output_modalities: texts })),
  pricing: z.optional(
    z.looseObject({
      prompt: price,
      completion: price,
      request: price,
      overrides: z.catch(z.array(overrideSchema), []),
    }),
  ),
  top_provider: z.catch(
    z.nullish(z.looseObject({ context_length: optionalCount, max_completion_tokens: optionalCount })),
    undefined,
  ),
  supported_parameters: texts,
  expiration_date: optionalText,
  reasoning: z.catch(z.nullish(z.looseObject({ mandatory: z.catch(z.optional(z.boolean()), undefined) })), undefined),
  benchmarks: z.catch(
    z.nullish(
      z.looseObject({
        artificial_analysis: z.catch(
          z.nullish(z.looseObject({ coding_index: optionalCount, intelligence_index: optionalCount })),
          undefined,
        ),
      }),
    ),
    undefined,
  ),
});

const listSchema = z.looseObject({ data: z.array(z.unknown()) });

type Row = z.infer<typeof rowSchema>;

const ZERO_PRICE: UsdPrice = { coefficient: 0n, scale: 0 };
/** A price above this is a slip of units (per million instead of per token); such a row is left out. */
const DEAREST_CREDIBLE_PRICE: UsdPrice = { coefficient: 1n, scale: 2 };

/**
 * Reads the answer of `/models`. A row that makes no sense is skipped and counted; a list without any form is `protocol`.
 * A model of a local server has no `pricing` at all and costs nothing.
 */
export function readCatalog(body: unknown, fetchedAtMs: number): Catalog {
  const list = listSchema.safeParse(body);
  if (!list.success) {
    throw new WaybillError("protocol", "The model list has no rows", { detail: "a model list without rows" });
  }
  const models: CatalogModel[] = [];
  for (const item of list.data.data) {
    const row = rowSchema.safeParse(item);
    const model = row.success ? readModel(row.data) : undefined;
    if (model !== undefined) models.push(model);
  }
  return { models, skippedRows: list.data.data.length - models.length, fetchedAtMs };
}

function readModel(row: Row): CatalogModel | undefined {
  const isRouter = row.pricing?.prompt === "-1";
  const prices = isRouter ? FREE_PRICES : readPrices(row);
  if (prices === undefined) return undefined;
  const index = row.benchmarks?.artificial_analysis;
  return {
    id: row.id,
    name: shortName(row.name ?? row.id),
    contextTokens: smallest(row.context_length, row.top_provider?.context_length) ?? DEFAULT_CONTEXT_TOKENS,
    maxCompletionTokens: row.top_provider?.max_completion_tokens ?? undefined,
    prices,
    inputModalities: row.architecture?.input_modalities ?? ["text"],
    outputModalities: row.architecture?.output_modalities ?? ["text"],
    supportedParameters: row.supported_parameters,
    expirationDate: row.expiration_date ?? undefined,
    codingIndex: index?.coding_index ?? undefined,
    intelligenceIndex: index?.intelligence_index ?? undefined,
    isReasoningMandatory: row.reasoning?.mandatory ?? false,
  };
}

/** OpenRouter puts the author before most names (`OpenAI: GPT-5.6 Sol`), which the id says already. */
function shortName(name: string): string {
  return name.replace(/^[^:]{1,40}: (?=\S)/, "");
}

/** Used where the gateway does not say, as local servers do. */
const DEFAULT_CONTEXT_TOKENS = 8192;

const FREE_TOKENS: TokenPrices = { promptPerToken: ZERO_PRICE, completionPerToken: ZERO_PRICE, perRequest: ZERO_PRICE };
const FREE_PRICES: ModelPrices = { ...FREE_TOKENS, dearest: FREE_TOKENS };

function readPrices({ pricing }: Row): ModelPrices | undefined {
  if (pricing === undefined) return FREE_PRICES;
  const base = readTokenPrices(pricing, undefined);
  if (base === undefined) return undefined;
  let dearest = base;
  for (const override of pricing.overrides) {
    const prices = readTokenPrices(override, base);
    if (prices === undefined) return undefined;
    dearest = dearestOf(dearest, prices);
  }
  return { ...base, dearest };
}

/** A price missing in an override is the base price; a base without prompt or completion price is no price at all. */
function readTokenPrices(
  source: z.infer<typeof overrideSchema>,
  base: TokenPrices | undefined,
): TokenPrices | undefined {
  const promptPerToken = readPrice(source.prompt) ?? (source.prompt === undefined ? base?.promptPerToken : undefined);
  const completionPerToken =
    readPrice(source.completion) ?? (source.completion === undefined ? base?.completionPerToken : undefined);
  const perRequest = source.request === undefined ? (base?.perRequest ?? ZERO_PRICE) : readPrice(source.request);
  if (promptPerToken === undefined || completionPerToken === undefined || perRequest === undefined) return undefined;
  return { promptPerToken, completionPerToken, perRequest };
}

function readPrice(value: string | number | undefined): UsdPrice | undefined {
  if (value === undefined) return undefined;
  const decimal = parseDecimal(String(value));
  if (decimal === undefined || isNegative(decimal)) return undefined;
  return compareDecimals(decimal, DEAREST_CREDIBLE_PRICE) > 0 ? undefined : decimal;
}

function dearestOf(left: TokenPrices, right: TokenPrices): TokenPrices {
  const dearer = (a: UsdPrice, b: UsdPrice) => (compareDecimals(a, b) >= 0 ? a : b);
  return {
    promptPerToken: dearer(left.promptPerToken, right.promptPerToken),
    completionPerToken: dearer(left.completionPerToken, right.completionPerToken),
    perRequest: dearer(left.perRequest, right.perRequest),
  };
}

function smallest(left: number | null | undefined, right: number | null | undefined): number | undefined {
  const known = [left, right].filter((value) => value !== undefined && value !== null);
  return known.length === 0 ? undefined : Math.min(...known);
}

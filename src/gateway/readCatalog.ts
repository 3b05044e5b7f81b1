import * as z from "zod/mini";
import type { Catalog, CatalogModel } from "../core/catalog/catalogModel.ts";
import type { ModelPrices } from "../core/catalog/modelPrices.ts";
import { WaybillError } from "../core/errors/waybillError.ts";
import { type ListPrice, listPrices } from "./listPrices.ts";
import { FREE_PRICES, isRouterPrice, pricingSchema, readPrices } from "./readPrices.ts";

const optionalText = z.catch(z.nullish(z.string()), undefined);
const optionalCount = z.catch(z.nullish(z.number().check(z.positive())), undefined);
const texts = z.catch(z.array(z.string()), []);
const rowSchema = z.object({
  id: z.string().check(z.minLength(1)),
  name: optionalText,
  context_length: optionalCount,
  architecture: z.optional(z.object({ input_modalities: texts, output_modalities: texts, tokenizer: optionalText })),
  pricing: z.optional(pricingSchema),
  top_provider: z.catch(
    z.nullish(z.object({ context_length: optionalCount, max_completion_tokens: optionalCount })),
    undefined,
  ),
  supported_parameters: texts,
  expiration_date: optionalText,
  created: optionalCount,
  alias_target: z.catch(z.nullish(z.object({ slug: optionalText })), undefined),
  reasoning: z.catch(z.nullish(z.object({ mandatory: z.catch(z.optional(z.boolean()), undefined) })), undefined),
  benchmarks: z.catch(
    z.nullish(
      z.object({
        artificial_analysis: z.catch(
          z.nullish(
            z.object({
              coding_index: optionalCount,
              intelligence_index: optionalCount,
            }),
          ),
          undefined,
        ),
      }),
    ),
    undefined,
  ),
});

const listSchema = z.object({ data: z.array(z.unknown()) });

type Row = z.infer<typeof rowSchema>;

/**
 * Reads the answer of `/models`. A row that makes no sense is skipped and counted; a list without any form is `protocol`.
 * Where no row has `pricing`, as on a local server, models cost what `ownPrices` say or nothing; where others have it, a
 * row without is unusable.
 */
export function readCatalog(body: unknown, fetchedAtMs: number, ownPrices: readonly ListPrice[] = []): Catalog {
  const list = listSchema.safeParse(body);
  if (!list.success) {
    throw new WaybillError("protocol", "The model list has no rows", { detail: "a model list without rows" });
  }
  const rows = list.data.data.flatMap((item) => {
    const row = rowSchema.safeParse(item);
    return row.success ? [row.data] : [];
  });
  const isPriced = rows.some(({ pricing }) => pricing !== undefined);
  const models = rows.flatMap((row) => {
    if (isPriced) return row.pricing === undefined ? [] : readModel(row);
    return [toModel(row, listPrices(row.id, ownPrices) ?? FREE_PRICES)];
  });
  const skippedRows = list.data.data.length - models.length;
  return { models, skippedRows, fetchedAtMs, ...(isPriced ? {} : { isUnpriced: true }) };
}

/** None when the prices make no sense. */
function readModel(row: Row): readonly CatalogModel[] {
  const prices = isRouter(row) ? FREE_PRICES : readPrices(row.pricing);
  return prices === undefined ? [] : [toModel(row, prices)];
}

/** A router's price depends on whom it asks. Any other row with -1 for a price has none. */
function isRouter({ id, pricing }: Row): boolean {
  return id.startsWith("openrouter/") && isRouterPrice(pricing);
}

function toModel(row: Row, prices: ModelPrices): CatalogModel {
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
    aliasTarget: row.alias_target?.slug ?? undefined,
    tokenizer: row.architecture?.tokenizer ?? undefined,
    ...(typeof row.created === "number" && { createdAtMs: row.created * 1000 }),
  };
}

/** OpenRouter puts the author before most names (`OpenAI: GPT-5.6 Sol`), which the id says already. */
function shortName(name: string): string {
  return name.replace(/^[^:]{1,40}: (?=\S)/, "");
}

/** Used where the gateway does not say, as local servers do. */
const DEFAULT_CONTEXT_TOKENS = 8192;

function smallest(left: number | null | undefined, right: number | null | undefined): number | undefined {
  const known = [left, right].filter((value) => value !== undefined && value !== null);
  return known.length === 0 ? undefined : Math.min(...known);
}

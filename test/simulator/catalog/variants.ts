import { formatUsd, parseUsd } from "../money/decimalUsd.ts";
import type { PriceOverride, Pricing } from "../money/pricing.ts";
import type { CatalogEntry, ModelRow, Offer } from "./modelRow.ts";

/** What a free twin has less of than the paid row. */
export interface FreeTerms {
  readonly offer: Offer;
  readonly context?: number;
  readonly maxOutput?: number;
  readonly expires?: string;
}

/** The `:batch` twin of a row: half price, listed like any other, usable only through the batch API. */
export function batchTwin({ row, offers }: CatalogEntry): CatalogEntry {
  return {
    row: { ...row, id: `${row.id}:batch`, name: `${row.name} (batch)`, pricing: halved(row.pricing) },
    offers: offers.slice(0, 1),
  };
}

/** The `:free` twin of a row; it shares the permaslug, so `canonical_slug` is not unique. */
export function freeTwin({ row }: CatalogEntry, terms: FreeTerms): CatalogEntry {
  const context = terms.context ?? row.context_length;
  return {
    row: {
      ...row,
      id: `${row.id}:free`,
      name: `${row.name} (free)`,
      context_length: context,
      pricing: { prompt: "0", completion: "0" },
      top_provider: {
        context_length: context,
        max_completion_tokens: terms.maxOutput ?? row.top_provider.max_completion_tokens,
        is_moderated: false,
      },
      expiration_date: terms.expires ?? null,
    },
    offers: [terms.offer],
  };
}

/** The `~author/family-latest` alias of a row, whose answers name the concrete model. */
export function latestAlias(id: string, name: string, { row, offers }: CatalogEntry): CatalogEntry {
  const { benchmarks: _benchmarks, ...rest } = row;
  const aliased: ModelRow = {
    ...rest,
    id,
    canonical_slug: id,
    alias_target: { name: row.name, slug: row.id },
    name,
    description: `This model always redirects to the latest model of its family, now ${row.name}.`,
    architecture: { ...row.architecture, tokenizer: "Router" },
    links: { details: `/api/v1/models/${id}/endpoints` },
  };
  return { row: aliased, offers };
}

function halved(pricing: Pricing): Pricing {
  const { overrides, web_search: webSearch, ...prices } = pricing;
  return {
    ...halvedPrices(prices),
    ...(webSearch && { web_search: webSearch }),
    ...(overrides && { overrides: overrides.map((override) => halvedPrices(override)) }),
  };
}

function halvedPrices<Prices extends Pricing | PriceOverride>(prices: Prices): Prices {
  const halvedEntries = Object.entries(prices).map(([name, price]) => [
    name,
    typeof price === "string" ? formatUsd(parseUsd(price) / 2n) : price,
  ]);
  return { ...prices, ...Object.fromEntries(halvedEntries) };
}

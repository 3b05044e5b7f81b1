import type { BrowsedModel } from "../../../core/catalog/browsedModel.ts";
import { meetsQuery, parseModelQuery } from "../../../core/catalog/modelFilters.ts";
import { type ModelOrder, sortModels } from "../../../core/catalog/sortModels.ts";
import type { ModelSearch } from "./searchModels.ts";

export interface NarrowedModels {
  /** Without a name to look for, those of the person come first. */
  readonly favourites: readonly BrowsedModel[];
  readonly others: readonly BrowsedModel[];
  readonly isNamed: boolean;
  readonly isApproximate: boolean;
}

export interface NarrowRequest {
  readonly typed: string;
  readonly order: ModelOrder;
  readonly favourites: ReadonlySet<string>;
}

/** What is done at every key: search, filter, sort. */
export function narrowModels(search: ModelSearch, { typed, order, favourites }: NarrowRequest): NarrowedModels {
  const query = parseModelQuery(typed);
  const { models, isApproximate } = search(query.text);
  const fitting = sortModels(
    models.filter((entry) => meetsQuery(entry, query, favourites)),
    order,
  );
  const isNamed = query.text !== "";
  if (isNamed) return { favourites: [], others: fitting, isNamed, isApproximate };
  const isFavourite = ({ model }: BrowsedModel) => favourites.has(model.id);
  return {
    favourites: fitting.filter(isFavourite),
    others: fitting.filter((entry) => !isFavourite(entry)),
    isNamed,
    isApproximate,
  };
}

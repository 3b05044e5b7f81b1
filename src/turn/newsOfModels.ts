import type { Catalog } from "../core/catalog/catalogModel.ts";
import { type CatalogChange, changeKey, compareCatalogs } from "../core/catalog/compareCatalogs.ts";
import { describeCatalogChanges } from "../core/catalog/describeCatalogChanges.ts";
import type { ToldChange } from "../store/catalogCache.ts";
import type { ModelsInUse } from "./catalogSource.ts";

/** What a new list changes for the person. */
export interface NewsOfModels {
  /** What has not been told yet. */
  readonly changes: readonly CatalogChange[];
  /** Their names, so that no window tells them again. */
  readonly keys: readonly string[];
  readonly notice: string | undefined;
}

export function newsOfModels(
  before: Catalog,
  after: Catalog,
  { inUse, told }: { readonly inUse: ModelsInUse; readonly told: readonly ToldChange[] },
): NewsOfModels {
  const known = new Set(told.map(({ key }) => key));
  const changes = compareCatalogs(before, after, [...inUse.pinned, ...inUse.used]).filter(
    (change) => !known.has(changeKey(change)),
  );
  return { changes, keys: changes.map(changeKey), notice: describeCatalogChanges(changes, inUse.pinned) };
}

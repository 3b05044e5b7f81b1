import type { CatalogModel } from "../catalog/catalogModel.ts";

/** Names under which the catalog puts tokenizers that have nothing in common. */
const NO_FAMILIES: readonly string[] = ["Other", "Router", "Media"];

/** Models that cut text alike: by the catalog's `architecture.tokenizer`, else the model with all its variants. */
export function tokenizerFamily({ tokenizer, id }: Pick<CatalogModel, "tokenizer" | "id">): string {
  if (tokenizer !== undefined && !NO_FAMILIES.includes(tokenizer)) return tokenizer;
  return id.replace(/:[a-z-]+$/, "");
}

import { ANTHROPIC_MODELS } from "./anthropicModels.ts";
import { DEEPSEEK_AND_QWEN_MODELS } from "./deepSeekAndQwenModels.ts";
import { GOOGLE_MODELS } from "./googleModels.ts";
import { MEDIA_MODELS } from "./mediaModels.ts";
import { MISTRAL_AND_XAI_MODELS } from "./mistralAndXaiModels.ts";
import type { CatalogEntry } from "./modelRow.ts";
import { OPENAI_MODELS } from "./openAiModels.ts";
import { OPEN_LAB_MODELS } from "./openLabModels.ts";
import { ROUTER_AND_ODD_MODELS } from "./routerAndOddModels.ts";

/** Every model the simulator serves, newest first like the real list. */
export const CATALOG: readonly CatalogEntry[] = [
  ...ANTHROPIC_MODELS,
  ...OPENAI_MODELS,
  ...GOOGLE_MODELS,
  ...DEEPSEEK_AND_QWEN_MODELS,
  ...OPEN_LAB_MODELS,
  ...MISTRAL_AND_XAI_MODELS,
  ...ROUTER_AND_ODD_MODELS,
  ...MEDIA_MODELS,
].toSorted((left, right) => right.row.created - left.row.created);

const DYNAMIC_SUFFIX = /:(?:nitro|floor|exacto|online)$/;

/** The entry an id means: by id or permaslug, with dynamic suffixes such as `:nitro` left off. */
export function findModel(id: string): CatalogEntry | undefined {
  const base = withoutDynamicSuffixes(id);
  return CATALOG.find(({ row }) => row.id === base) ?? CATALOG.find(({ row }) => row.canonical_slug === base);
}

/** The concrete entry behind an alias, or the entry itself. */
export function followAlias(entry: CatalogEntry): CatalogEntry {
  const target = entry.row.alias_target && findModel(entry.row.alias_target.slug);
  return target ?? entry;
}

function withoutDynamicSuffixes(id: string): string {
  const shorter = id.replace(DYNAMIC_SUFFIX, "");
  return shorter === id ? id : withoutDynamicSuffixes(shorter);
}

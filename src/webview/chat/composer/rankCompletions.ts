import { go } from "fuzzysort";
import type { CompletionItem } from "./completionState.ts";

/** What fits nothing but by scattered letters of its description is no find. */
const LEAST_SCORE = 0.4;

/** The items that fit what was typed, best first; all of them as they stand when nothing was. */
export function rankCompletions(items: readonly CompletionItem[], query: string): readonly CompletionItem[] {
  if (query === "") return items;
  const found = go(query, items, { keys: ["label", (item) => item.detail ?? ""], threshold: LEAST_SCORE });
  return found.map(({ obj }) => obj);
}

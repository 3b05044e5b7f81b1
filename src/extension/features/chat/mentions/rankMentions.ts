import { go } from "fuzzysort";
import type { MentionItemView } from "../../../../protocol/composerMessages.ts";

const MOST_OFFERED = 20;
/** Below, letters that happen to be there are no likeness. */
const LEAST_SCORE = 0.2;
/** Of the characters that were typed; a longer query is a pasted text. */
const LONGEST_QUERY = 100;

/** What is meant by a query, best first; for an empty one the first as they are given. */
export function rankMentions<Item extends MentionItemView>(items: readonly Item[], query: string): readonly Item[] {
  const text = query.trim().slice(0, LONGEST_QUERY);
  if (text === "") return items.slice(0, MOST_OFFERED);
  const found = go(text, items, {
    keys: [({ label }) => label, ({ label, detail = "" }) => `${detail}/${label}`],
    limit: MOST_OFFERED,
    threshold: LEAST_SCORE,
  });
  return found.map(({ obj }) => obj);
}

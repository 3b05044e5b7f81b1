import { countEarlier, dropOldest } from "../conversation/dropOldest.ts";
import type { ConversationMessage } from "../conversation/conversationMessage.ts";
import { CONTEXT_RANKS, type ContextItem, type FittedItem } from "./contextItem.ts";
import { describeLeftOut, nameOldest } from "./describeLeftOut.ts";

/** What would be sent besides what cannot be left out. */
export interface KeptContext<Item extends ContextItem> {
  /** In the order they were given in. */
  readonly items: readonly FittedItem<Item>[];
  readonly history: readonly ConversationMessage[];
}

export interface FittedContext<Item extends ContextItem> extends KeptContext<Item> {
  /** Said where messages were left out. */
  readonly historyNote?: string;
}

export interface ContextDemand<Item extends ContextItem> {
  readonly items: readonly Item[];
  /** Questions and their answers, without what is asked now. */
  readonly history: readonly ConversationMessage[];
  readonly windowTokens: number;
  /** The tokens of the whole prompt with this, at most. More text must not measure less. */
  readonly measure: (kept: KeptContext<Item>) => number;
}

/**
 * As much as fits into the window. What matters less is gone before anything that matters more is touched: first the oldest
 * exchanges, then items by their rank, later ones before earlier ones, each from its end. Above the window only where nothing
 * is left that could be left out.
 */
export function fitContext<Item extends ContextItem>(demand: ContextDemand<Item>): FittedContext<Item> {
  const { items, history, windowTokens, measure } = demand;
  const counts = items.map(({ parts }) => parts.length);
  const keep = (keptCounts: readonly number[], dropped: number): KeptContext<Item> => ({
    items: items.map((item, place) => fittedItem(item, keptCounts[place] ?? 0)),
    history: withoutOldest(history, dropped),
  });
  const fits = (keptCounts: readonly number[], dropped: number) => measure(keep(keptCounts, dropped)) <= windowTokens;

  const exchanges = countExchanges(history);
  const dropped = exchanges - mostThat(exchanges, (kept) => fits(counts, exchanges - kept));
  for (const place of leastImportantFirst(items)) {
    if (fits(counts, dropped)) break;
    counts[place] = mostThat(counts[place] ?? 0, (kept) => fits(counts.with(place, kept), dropped));
  }
  const historyNote = dropped === 0 ? {} : { historyNote: `${nameOldest(dropped)} left out` };
  return { ...keep(counts, dropped), ...historyNote };
}

function fittedItem<Item extends ContextItem>(item: Item, keptParts: number): FittedItem<Item> {
  const note = describeLeftOut(item.unit, keptParts, item.parts.length);
  const text = item.parts.slice(0, keptParts).join("");
  return { item, text, ...(note === undefined ? {} : { note }) };
}

function leastImportantFirst(items: readonly ContextItem[]): readonly number[] {
  const rankOf = (place: number) => CONTEXT_RANKS.findIndex((rank) => rank === items[place]?.rank);
  return [...items.keys()].toSorted((left, right) => rankOf(right) - rankOf(left) || right - left);
}

/** The largest count up to `most` that fits, or 0. */
function mostThat(most: number, fits: (count: number) => boolean): number {
  if (fits(most)) return most;
  let [enough, tooMany] = [0, most];
  while (tooMany - enough > 1) {
    const middle = Math.floor((enough + tooMany) / 2);
    if (fits(middle)) enough = middle;
    else tooMany = middle;
  }
  return enough;
}

const ASKED_NOW: ConversationMessage = { role: "user", content: "" };

function countExchanges(history: readonly ConversationMessage[]): number {
  return countEarlier([...history, ASKED_NOW]);
}

function withoutOldest(history: readonly ConversationMessage[], count: number): readonly ConversationMessage[] {
  return count === 0 ? history : dropOldest([...history, ASKED_NOW], count).slice(0, -1);
}

/** What a model may be told besides the conversation, the most important first. */
export const CONTEXT_RANKS = ["instructions", "mention", "selection", "nearby"] as const;

type ContextRank = (typeof CONTEXT_RANKS)[number];

/** What an item is made of; it is left out by whole ones. */
export type PartUnit = "line" | "function" | "symbol" | "file" | "problem" | "change";

/** Something that may go along with a question. */
export interface ContextItem {
  readonly rank: ContextRank;
  /** The text, cut where it may be cut. Joined, they are the text. */
  readonly parts: readonly string[];
  readonly unit: PartUnit;
}

/** As much of an item as fits. */
export interface FittedItem<Item extends ContextItem = ContextItem> {
  readonly item: Item;
  /** The first parts of the item, joined; empty where none of them fits. */
  readonly text: string;
  /** For instance `last 3 of 12 functions left out`; absent where nothing was. */
  readonly note?: string;
}

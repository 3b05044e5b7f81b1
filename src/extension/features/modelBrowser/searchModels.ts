import { go, snapshot } from "fuzzysort";
import type { BrowsedModel } from "../../../core/catalog/browsedModel.ts";
import { closeNames } from "../../../core/catalog/closeNames.ts";

interface ModelMatches {
  /** Best first. */
  readonly models: readonly BrowsedModel[];
  /** No name has these letters in this order; these come close. */
  readonly isApproximate: boolean;
}

/** Searches by a name as people type it: `sonet`, `gpt5 mini`, `claude opus 5`. An empty name finds all. */
export type ModelSearch = (name: string) => ModelMatches;

const LONGEST_NAME = 100;
/** Scattered letters score less, but for short and partial names they are all there is. */
const LEAST_SHARE_OF_BEST = 0.5;
/** Below, letters that happen to be there are no likeness. Tried with misspelt names of a real list. */
const GOOD_SCORE = 0.3;
const OWN_NAME_SCORE = 2;

interface Row {
  readonly entry: BrowsedModel;
  readonly place: number;
  readonly compactNames: readonly string[];
}

/** Prepares the list once, so that a search takes a fraction of a millisecond. */
export function createModelSearch(models: readonly BrowsedModel[]): ModelSearch {
  const rows = models.map(rowOf);
  const index = snapshot(rows, { keys: [({ entry }) => entry.model.name, ({ entry }) => entry.model.id] });
  // The first search builds the index; the first key need not wait for it.
  go("a", index);
  const findClose = closeNames(models.map(({ model }) => `${model.name} ${model.id}`));
  return (name) => {
    const text = name.slice(0, LONGEST_NAME).trim();
    const compact = compactName(text);
    if (compact === "") return { models, isApproximate: false };
    const found = go(text, index, { limit: 0, threshold: 0 }).map(({ obj, score }) => ({
      row: obj,
      score: obj.compactNames.includes(compact) ? OWN_NAME_SCORE : score,
    }));
    const best = found.reduce((highest, { score }) => Math.max(highest, score), 0);
    const close = best < GOOD_SCORE ? findClose(text).flatMap((place) => models[place] ?? []) : [];
    if (close.length > 0) return { models: close, isApproximate: true };
    const least = Math.min(best, 1) * LEAST_SHARE_OF_BEST;
    const near = found.filter(({ score }) => score >= least);
    const sorted = near.toSorted((left, right) => right.score - left.score || left.row.place - right.row.place);
    return { models: sorted.map(({ row }) => row.entry), isApproximate: false };
  };
}

/** With what a person may call it, letters and digits only. */
function rowOf(entry: BrowsedModel, place: number): Row {
  const { name, id } = entry.model;
  return { entry, place, compactNames: [name, id, id.slice(id.indexOf("/") + 1)].map(compactName) };
}

function compactName(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}

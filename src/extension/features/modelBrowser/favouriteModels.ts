import type { Memento } from "vscode";

const STORED_UNDER = "waybill.favouriteModels";

/** Ids of the models that the person has starred, in all windows. */
export function favouriteModels(memento: Memento): ReadonlySet<string> {
  const stored = memento.get<unknown>(STORED_UNDER);
  return new Set(Array.isArray(stored) ? stored.filter((id) => typeof id === "string") : []);
}

export async function toggleFavourite(memento: Memento, modelId: string): Promise<void> {
  const favourites = favouriteModels(memento);
  const others = [...favourites].filter((id) => id !== modelId);
  await memento.update(STORED_UNDER, favourites.has(modelId) ? others : [...others, modelId]);
}

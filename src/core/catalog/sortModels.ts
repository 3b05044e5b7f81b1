import type { BrowsedModel } from "./browsedModel.ts";

/** `match` leaves the order as it is: by likeness to what was typed, else the gateway's own. */
const MODEL_ORDERS = ["match", "value", "price", "context", "newest"] as const;

export type ModelOrder = (typeof MODEL_ORDERS)[number];

/** Best first. A model that does not have what is asked for comes last; equal ones stay as they were. */
export function sortModels(models: readonly BrowsedModel[], order: ModelOrder): readonly BrowsedModel[] {
  switch (order) {
    case "match":
      return models;
    case "value":
      return models.toSorted(
        (left, right) =>
          descending(left.codingPerDollar, right.codingPerDollar) ||
          descending(left.model.codingIndex, right.model.codingIndex),
      );
    case "price":
      return models.toSorted(
        (left, right) =>
          left.typicalCost - right.typicalCost || descending(left.model.codingIndex, right.model.codingIndex),
      );
    case "context":
      return models.toSorted((left, right) => right.model.contextTokens - left.model.contextTokens);
    case "newest":
      return models.toSorted((left, right) => descending(left.model.createdAtMs, right.model.createdAtMs));
  }
}

/** Goes round; without a single date there is no newest. */
export function nextOrder(order: ModelOrder, models: readonly BrowsedModel[]): ModelOrder {
  const hasDates = models.some(({ model }) => model.createdAtMs !== undefined);
  const orders: readonly ModelOrder[] = hasDates ? MODEL_ORDERS : MODEL_ORDERS.filter((known) => known !== "newest");
  return orders[(orders.indexOf(order) + 1) % orders.length] ?? "match";
}

/** In words that follow a count of models. */
export function orderInWords(order: ModelOrder, isNamed: boolean): string {
  switch (order) {
    case "match":
      return isNamed ? "best match first" : "in the gateway's order";
    case "value":
      return "most coding index per dollar first";
    case "price":
      return "cheapest first";
    case "context":
      return "largest context first";
    case "newest":
      return "newest first";
  }
}

/** Two free models are both endlessly good for their price, which has no difference. */
function descending(left = -1, right = -1): number {
  return left === right ? 0 : right - left;
}

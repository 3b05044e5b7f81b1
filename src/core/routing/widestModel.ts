import type { CatalogModel } from "../catalog/catalogModel.ts";
import type { RouteDecision } from "./routeDecision.ts";

/** The model with the largest window among those that may be asked; `undefined` where none may be. */
export function widestModel({ explanation }: Pick<RouteDecision, "explanation">): CatalogModel | undefined {
  const models = explanation.candidates.map(({ model }) => model);
  return models.toSorted((left, right) => right.contextTokens - left.contextTokens)[0];
}

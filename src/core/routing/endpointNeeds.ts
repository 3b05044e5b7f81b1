import type { CatalogModel } from "../catalog/catalogModel.ts";
import type { TokenPrices } from "../catalog/modelPrices.ts";
import type { ExclusionRule } from "./routeDecision.ts";
import type { RoutePolicy } from "./routePolicy.ts";

/** What a request asks of endpoints. */
export interface EndpointNeeds {
  /** Upper bound of the prompt, in tokens. */
  readonly promptTokens: number;
  readonly policy: RoutePolicy;
}

/**
 * What is known of the endpoints of models, as routing asks it. An interface, since `endpointRules`, which answers it, is
 * loaded with the endpoints and not before the first turn.
 */
export interface EndpointRules {
  /** Why none of a model's endpoints may serve; `undefined` when one may, or nothing is known of them. */
  exclusionOf(model: CatalogModel, needs: EndpointNeeds): ExclusionRule | undefined;
  /** The dearest prices a model may be served at, where the catalog's are `ceiling`. */
  ceilingOf(model: CatalogModel, ceiling: TokenPrices, needs: EndpointNeeds): TokenPrices;
  /** Whether a provider is on the list of those that keep nothing of requests to a model; `undefined` while that is not known. */
  keepsNothing(modelId: string, provider: string): boolean | undefined;
}

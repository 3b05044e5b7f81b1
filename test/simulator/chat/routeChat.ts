import { endpointsOf } from "../catalog/endpoint.ts";
import type { Endpoint } from "../catalog/endpoint.ts";
import type { ApiError } from "../errors/apiError.ts";
import { buildNamedError, leadsToFallback } from "../errors/namedErrors.ts";
import { invalidRequest } from "../errors/requestErrors.ts";
import { faultOf } from "../faults/fault.ts";
import type { SingleFault } from "../faults/fault.ts";
import { parseUsd } from "../money/decimalUsd.ts";
import { candidateModels } from "./candidateModels.ts";
import type { Candidate } from "./candidateModels.ts";
import { promptTokens } from "./countTokens.ts";
import type { ChatRequest } from "./chatRequest.ts";
import { filterEndpoints, matchesSlug } from "./filterEndpoints.ts";
import type { RoutedRequest } from "./filterEndpoints.ts";

/** A model that was tried in vain before the serving one. */
interface FailedAttempt {
  readonly provider: string;
  readonly model: string;
  readonly status: number;
}

/** Where a request goes. */
export interface Route {
  readonly candidate: Candidate;
  readonly endpoint: Endpoint;
  readonly failed: readonly FailedAttempt[];
  readonly promptTokens: number;
}

export type RouteDecision =
  | { readonly kind: "route"; readonly route: Route }
  | { readonly kind: "refuse"; readonly error: ApiError };

/** What routing needs to know beside the request. */
export interface RoutingSituation {
  readonly nowMs: number;
  readonly userId: string;
  readonly faults: readonly SingleFault[];
  /** Tags of endpoints that are out of service. */
  readonly down: ReadonlySet<string>;
}

type Attempt =
  | { readonly kind: "endpoint"; readonly endpoint: Endpoint }
  | { readonly kind: "refuse"; readonly error: ApiError };

/** Tries the request's models in order and takes the first that can serve; the first error is the one answered. */
export function routeChat(request: ChatRequest, situation: RoutingSituation): RouteDecision {
  const found = candidateModels(request, situation.nowMs, situation.userId);
  if (found.kind === "refuse") return found;
  const routed = { request, promptTokens: promptTokens(request), nowMs: situation.nowMs, down: situation.down };
  const failed: FailedAttempt[] = [];
  let firstError: ApiError | undefined;
  for (const [index, candidate] of found.candidates.entries()) {
    const attempt = scriptedFailure(candidate, index, situation) ?? chooseEndpoint(candidate, routed);
    if (attempt.kind === "endpoint") {
      const { endpoint } = attempt;
      return { kind: "route", route: { candidate, endpoint, failed, promptTokens: routed.promptTokens } };
    }
    firstError ??= attempt.error;
    failed.push(failureOf(candidate, attempt.error));
  }
  return { kind: "refuse", error: firstError ?? invalidRequest("No model given") };
}

function scriptedFailure(candidate: Candidate, index: number, situation: RoutingSituation): Attempt | undefined {
  const fault = faultOf(situation.faults, "error");
  if (fault === undefined || !leadsToFallback(fault.error) || (index > 0 && fault.models !== "all")) return undefined;
  const { retryAfterSeconds } = fault;
  const error = buildNamedError(fault.error, {
    modelId: candidate.entry.row.id,
    retryAfterSeconds,
    nowMs: situation.nowMs,
  });
  return { kind: "refuse", error };
}

function chooseEndpoint({ entry }: Candidate, routed: RoutedRequest): Attempt {
  const filtered = filterEndpoints(endpointsOf(entry), routed);
  if (filtered.kind === "refuse") return filtered;
  const [endpoint] = sortEndpoints(filtered.endpoints, routed.request);
  if (endpoint === undefined) throw new Error(`${entry.row.id} has no endpoint`);
  return { kind: "endpoint", endpoint };
}

function sortEndpoints(endpoints: readonly Endpoint[], request: ChatRequest): readonly Endpoint[] {
  const { order, sort } = request.provider ?? {};
  if (order?.length) return endpoints.toSorted((left, right) => rank(left, order) - rank(right, order));
  const by = typeof sort === "string" ? sort : (sort?.by ?? variantSort(request.model));
  switch (by) {
    case "price":
      return endpoints.toSorted((left, right) =>
        Number(parseUsd(left.pricing.prompt) - parseUsd(right.pricing.prompt)),
      );
    case "throughput":
      return endpoints.toSorted((left, right) => right.provider.tokensPerSecond - left.provider.tokensPerSecond);
    case "latency":
      return endpoints.toSorted((left, right) => left.provider.firstTokenMs - right.provider.firstTokenMs);
    default:
      return endpoints;
  }
}

function variantSort(model: string | undefined): string | undefined {
  if (model?.includes(":nitro")) return "throughput";
  return model?.includes(":floor") ? "price" : undefined;
}

function rank(endpoint: Endpoint, order: readonly string[]): number {
  const index = order.findIndex((slug) => matchesSlug(endpoint, slug));
  return index === -1 ? order.length : index;
}

function failureOf({ entry }: Candidate, error: ApiError): FailedAttempt {
  return { provider: endpointsOf(entry)[0]?.provider.name ?? "Unknown", model: entry.row.id, status: error.status };
}

import { apiError } from "./apiError.ts";
import type { ApiError } from "./apiError.ts";

/** Values of `failed_routing_step` the simulator produces. */
export type RoutingStep =
  | "Filter by Data Policy"
  | "Filter by Parameters"
  | "Filter by Tool Compatibility"
  | "Filter by Max Price"
  | "Filter by Allowed Providers";

/** 404 because a filter left no endpoint; `endpointCount` is how many there were before it. */
export function noEndpoints(message: string, step: RoutingStep, endpointCount: number): ApiError {
  return apiError(404, message, {
    metadata: {
      routing_funnel: [{ step: "Initial Endpoints", endpoint_count: endpointCount }],
      failed_routing_step: step,
    },
  });
}

export function dataPolicy(endpointCount: number): ApiError {
  const message =
    "No endpoints found matching your data policy (Free model training). Configure: https://openrouter.ai/settings/privacy";
  return noEndpoints(message, "Filter by Data Policy", endpointCount);
}

export function modelGone(id: string): ApiError {
  return apiError(404, `No endpoints found for ${id}.`, { metadata: { error_type: "not_found" } });
}

/** What `provider.only` permitted, against what serves the model. */
export interface ProviderMismatch {
  readonly modelId: string;
  readonly serving: readonly { readonly tag: string; readonly name: string }[];
  readonly permitted: readonly string[];
}

export function noAllowedProvider({ modelId, serving, permitted }: ProviderMismatch): ApiError {
  const message =
    `No allowed providers are available for the selected model. Providers serving ${modelId}: ` +
    `${serving.map(({ tag }) => tag).join(", ")}, but your request's provider.only preference permits only: ${permitted.join(", ")}.`;
  const available = serving.map(({ name }) => ({ provider: name, model: modelId, selected: false }));
  const base = apiError(404, message, { metadata: { failed_routing_step: "Filter by Allowed Providers" } });
  const metadata = {
    requested: modelId,
    strategy: "direct",
    attempt: 0,
    endpoints: { total: available.length, available },
  };
  return { ...base, body: { ...asRecord(base.body), openrouter_metadata: metadata } };
}

export function batchOnly(id: string): ApiError {
  return apiError(400, `${id} is only available through the Batch API.`, {
    metadata: { error_type: "invalid_request" },
  });
}

function asRecord(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}

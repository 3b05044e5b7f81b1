import type { RoutingFilter } from "../core/errors/routingFilter.ts";
import type { ErrorSignals } from "./errorSignals.ts";

interface KnownFilter {
  readonly filter: RoutingFilter;
  /** Values of `failed_routing_step` and `excluded_by`, in lower case. */
  readonly names: readonly string[];
  readonly says?: RegExp;
}

/** Source: OpenRouter `errors-and-debugging`, and steps seen in 2026. More exact names stand before wider ones. */
const FILTERS: readonly KnownFilter[] = [
  { filter: "zero data retention", names: ["data_policy:zdr"], says: /zero data retention|\bZDR\b/i },
  { filter: "the no-training rule", names: ["data_policy:training"] },
  { filter: "the data policy", names: ["filter by data policy"], says: /data policy/i },
  { filter: "the price ceiling", names: ["filter by max price", "max_price"], says: /max[ _]price/i },
  {
    filter: "the allowed providers",
    names: ["filter by allowed providers", "allowed_providers"],
    says: /no allowed providers|provider\.only/i,
  },
  { filter: "tool support", names: ["filter by tool compatibility"], says: /support tool use|tool calling/i },
  {
    filter: "the required parameters",
    names: ["filter by parameters", "require_parameters"],
    says: /support the (requested|provided) (parameters|'\w+' )/i,
  },
  { filter: "the context length", names: ["context_length", "filter by context length"] },
  { filter: "the quantization", names: ["quantization", "filter by quantization"] },
  { filter: "the region", names: ["geo", "data_region"] },
  { filter: "the guardrails", names: ["filter by guardrails"], says: /guardrail/i },
  { filter: "the kind of output", names: ["filter by model output modalities"], says: /output modalit/i },
  { filter: "an outstanding confirmation", names: ["gate endpoints with attestations"] },
  { filter: "the gate for coding agents", names: ["gate free endpoints by agentic harness"] },
];

/** The filter that left no endpoint, by its name or else by the sentence about it. An unknown name is not passed on. */
export function readRoutingFilter({ filters, message }: ErrorSignals): RoutingFilter | undefined {
  const known =
    FILTERS.find(({ names }) => names.some((name) => filters.includes(name))) ??
    FILTERS.find(({ says }) => says?.test(message) === true);
  return known?.filter;
}

import { endpointsOf } from "../catalog/endpoint.ts";
import { servedBy } from "./generation.ts";
import type { Generation } from "./generation.ts";

/** `openrouter_metadata`, sent when the request's header asks for it. */
export function routerMetadata(generation: Generation): Readonly<Record<string, unknown>> {
  const { route, account } = generation;
  const { failed, candidate, endpoint } = route;
  const { provider } = servedBy(generation);
  const available = endpointsOf(candidate.entry).map((offered) => ({
    provider: offered.provider.name,
    model: offered.row.id,
    selected: offered.tag === endpoint.tag,
  }));
  return {
    requested: generation.request.model ?? candidate.asked,
    strategy: failed.length > 0 ? "fallback" : candidate.strategy,
    region: "iad",
    summary: `available=${available.length}, selected=${provider}`,
    attempt: failed.length + 1,
    is_byok: account.options.byok !== undefined,
    endpoints: { total: available.length, available },
    attempts: [...failed, { provider, model: endpoint.row.id, status: 200 }],
  };
}

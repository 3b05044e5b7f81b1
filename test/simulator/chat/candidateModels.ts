import { CATALOG, findModel, followAlias } from "../catalog/catalog.ts";
import type { CatalogEntry } from "../catalog/modelRow.ts";
import type { ApiError } from "../errors/apiError.ts";
import { invalidModel, invalidRequest, tooManyModels } from "../errors/requestErrors.ts";
import { batchOnly, modelGone } from "../errors/routingErrors.ts";
import type { ChatRequest } from "./chatRequest.ts";

/** Values of `openrouter_metadata.strategy` the simulator produces. */
type Strategy = "direct" | "auto" | "free" | "latest" | "pareto";

/** One model to try: how it was asked for and what that means. */
export interface Candidate {
  readonly asked: string;
  readonly entry: CatalogEntry;
  readonly strategy: Strategy;
}

export type CandidateResult =
  | { readonly kind: "candidates"; readonly candidates: readonly Candidate[] }
  | { readonly kind: "refuse"; readonly error: ApiError };

/** Stands in for the account's default model. */
const DEFAULT_MODEL = "openai/gpt-5.6-luna";
const MODELS_LIMIT = 3;
/** What each router picks from; the choice follows the number of messages, so it is repeatable. */
const ROUTES = {
  "openrouter/auto": ["google/gemini-3.7-flash", "anthropic/claude-sonnet-5", "openai/gpt-5.6-luna"],
  "openrouter/pareto-code": ["deepseek/deepseek-v4-flash-0731", "openai/gpt-5.6-luna"],
  "openrouter/free": ["z-ai/glm-5.2:free", "google/gemma-4-31b-it:free"],
} as const;

/** The models of a request in the order they are tried: `model`, then `models`. */
export function candidateModels(request: ChatRequest, nowMs: number, userId: string): CandidateResult {
  if ((request.models?.length ?? 0) > MODELS_LIMIT) return { kind: "refuse", error: tooManyModels() };
  const named = [...(request.model === undefined ? [] : [request.model]), ...(request.models ?? [])];
  const ids = [...new Set(named.length === 0 ? [DEFAULT_MODEL] : named)];
  const candidates: Candidate[] = [];
  for (const id of ids) {
    const entry = findModel(id);
    if (entry === undefined) return { kind: "refuse", error: invalidModel(id, userId) };
    if (id.endsWith(":batch")) return { kind: "refuse", error: batchOnly(id) };
    candidates.push(resolve(id, entry, request.messages.length));
  }
  return withoutExpired(candidates, nowMs);
}

function withoutExpired(candidates: readonly Candidate[], nowMs: number): CandidateResult {
  const today = new Date(nowMs).toISOString().slice(0, 10);
  const current = candidates.filter(({ entry }) => (entry.row.expiration_date ?? today) >= today);
  const [first] = candidates;
  if (first === undefined) return { kind: "refuse", error: invalidRequest("No model given") };
  return current.length > 0
    ? { kind: "candidates", candidates: current }
    : { kind: "refuse", error: modelGone(first.asked) };
}

function resolve(asked: string, entry: CatalogEntry, messageCount: number): Candidate {
  const { id } = entry.row;
  if (!isRouter(id))
    return { asked, entry: followAlias(entry), strategy: entry.row.alias_target ? "latest" : "direct" };
  const pool = ROUTES[id].map((target) => findModel(target)).filter((target) => target !== undefined);
  const picked = pool[messageCount % pool.length] ?? CATALOG[0] ?? entry;
  return { asked, entry: picked, strategy: strategyOf(id) };
}

function strategyOf(id: keyof typeof ROUTES): Strategy {
  switch (id) {
    case "openrouter/auto":
      return "auto";
    case "openrouter/free":
      return "free";
    case "openrouter/pareto-code":
      return "pareto";
  }
}

function isRouter(id: string): id is keyof typeof ROUTES {
  return id in ROUTES;
}

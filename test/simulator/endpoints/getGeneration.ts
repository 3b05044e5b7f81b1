import type { BookRow } from "../accounts/bookRow.ts";
import { findModel } from "../catalog/catalog.ts";
import { notFound, zodValidation } from "../errors/requestErrors.ts";
import { authenticate } from "../http/authenticate.ts";
import type { Exchange } from "../http/exchange.ts";
import { sendError, sendJson } from "../http/sendJson.ts";
import { usdNumber } from "../money/decimalUsd.ts";
import type { FinishedGeneration, SimulatorState } from "../simulatorState.ts";

/** `GET /generation?id=`: 404 until the lag is over, and for free models always. */
export function getGeneration(exchange: Exchange, state: SimulatorState): void {
  const authenticated = authenticate(exchange, state);
  if (authenticated.kind === "refuse") return sendError(exchange.response, authenticated.error);
  const id = exchange.url.searchParams.get("id");
  if (id === null) return sendError(exchange.response, zodValidation("id"));
  const found = state.finished.get(id);
  if (found === undefined || !isFindable(found, authenticated.account.options.key)) {
    return sendError(exchange.response, notFound(`Generation ${id}`));
  }
  sendJson(exchange.response, { data: describe(found.row) });
}

function isFindable({ key, row, findableAtMs }: FinishedGeneration, askingKey: string): boolean {
  return key === askingKey && performance.now() >= findableAtMs && row.modelServed?.endsWith(":free") !== true;
}

function describe(row: BookRow): Readonly<Record<string, unknown>> {
  const served = row.modelServed ?? row.modelAsked;
  return {
    id: row.generationId,
    request_id: `req-${row.generationId.slice(4)}`,
    upstream_id: `chatcmpl-${row.generationId.slice(-12)}`,
    api_type: "completions",
    model: findModel(served)?.row.canonical_slug ?? served,
    provider_name: row.provider,
    provider_responses: [
      { status: row.status, provider_name: row.provider, is_byok: row.isByok, latency: row.latencyMs },
    ],
    router: row.router,
    created_at: new Date(row.atMs).toISOString(),
    streamed: row.isStreamed,
    cancelled: row.isCancelled,
    finish_reason: row.finishReason,
    native_finish_reason: row.finishReason,
    latency: row.latencyMs,
    generation_time: row.generationMs,
    moderation_latency: null,
    tokens_prompt: row.promptTokens,
    tokens_completion: row.completionTokens,
    native_tokens_prompt: row.promptTokens,
    native_tokens_completion: row.completionTokens,
    native_tokens_reasoning: row.reasoningTokens,
    native_tokens_cached: row.cachedTokens,
    native_tokens_completion_images: 0,
    num_media_prompt: null,
    num_media_completion: null,
    num_input_audio_prompt: null,
    num_search_results: null,
    num_fetches: 0,
    total_cost: usdNumber(row.costNanoUsd),
    usage: usdNumber(row.costNanoUsd),
    upstream_inference_cost: row.isByok ? usdNumber(row.upstreamCostNanoUsd) : null,
    cache_discount: row.cacheDiscountNanoUsd === 0 ? null : usdNumber(row.cacheDiscountNanoUsd),
    is_byok: row.isByok,
    service_tier: null,
    session_id: row.sessionId,
    preset_id: null,
    workspace_id: null,
    data_region: "global",
    origin: row.httpReferer ?? "",
    http_referer: row.httpReferer,
    user_agent: row.userAgent,
    app_id: null,
    external_user: row.user,
    web_search_engine: null,
    response_cache_source_id: null,
  };
}

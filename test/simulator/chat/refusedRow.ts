import { z } from "zod";

import type { BookRow } from "../accounts/bookRow.ts";
import { jsonBody } from "../http/exchange.ts";
import type { Exchange } from "../http/exchange.ts";

const askedModel = z.looseObject({ model: z.string().optional(), stream: z.boolean().optional() });

/** The row of a request that reached no model: it stands in the books and costs nothing. */
export function refusedRow(
  exchange: Exchange,
  { id, status, nowMs }: { id: string; status: number; nowMs: number },
): BookRow {
  const asked = askedModel.safeParse(jsonBody(exchange));
  return {
    generationId: id,
    atMs: nowMs,
    modelAsked: asked.data?.model ?? "",
    modelServed: null,
    provider: null,
    status,
    isStreamed: asked.data?.stream === true,
    isCancelled: false,
    isByok: false,
    finishReason: null,
    promptTokens: 0,
    cachedTokens: 0,
    cacheWriteTokens: 0,
    completionTokens: 0,
    reasoningTokens: 0,
    costNanoUsd: 0,
    upstreamCostNanoUsd: 0,
    cacheDiscountNanoUsd: 0,
    latencyMs: 0,
    generationMs: 0,
    router: null,
    sessionId: null,
    user: null,
    httpReferer: null,
    userAgent: exchange.headers["user-agent"] ?? null,
  };
}

import { randomInt } from "node:crypto";

import type { Account } from "../accounts/account.ts";
import type { BookRow } from "../accounts/bookRow.ts";
import { faultOf } from "../faults/fault.ts";
import type { SingleFault } from "../faults/fault.ts";
import type { ChatRequest } from "./chatRequest.ts";
import { reasoningTokensOf, tokensOf } from "./planAnswer.ts";
import type { Piece, PlannedAnswer } from "./planAnswer.ts";
import type { CacheUse } from "./promptCache.ts";
import type { Route } from "./routeChat.ts";
import { settleCharge, waiveCharge } from "./settleCharge.ts";
import type { Charge } from "./settleCharge.ts";

const ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const ID_LENGTH = 20;

/** One answer being made: what was asked, where it went, what will be said, whose account pays. */
export interface Generation {
  readonly id: string;
  readonly createdAtMs: number;
  readonly request: ChatRequest;
  readonly route: Route;
  readonly answer: PlannedAnswer;
  readonly cache: CacheUse;
  readonly account: Account;
  readonly faults: readonly SingleFault[];
  readonly headers: { readonly httpReferer: string | null; readonly userAgent: string | null };
}

/** How an answer ended. */
export interface Ending {
  readonly finishReason: BookRow["finishReason"];
  readonly isCancelled: boolean;
  /** The pieces made until then; the charge follows from them. */
  readonly produced: readonly Piece[];
  readonly latencyMs: number;
  readonly generationMs: number;
}

/** A new id in the API's form: `gen-<unix seconds>-<20 characters>`. */
export function generationId(nowMs: number): string {
  const tail = Array.from({ length: ID_LENGTH }, () => ID_ALPHABET[randomInt(ID_ALPHABET.length)]).join("");
  return `gen-${Math.floor(nowMs / 1000)}-${tail}`;
}

/** Model and provider as the answer names them; a fault may substitute either. */
export function servedBy({ route, faults }: Generation): { model: string; provider: string } {
  const substitute = faultOf(faults, "substitute");
  return {
    model: substitute?.model ?? route.endpoint.row.id,
    provider: substitute?.provider ?? route.endpoint.provider.name,
  };
}

/** Charges the pieces an answer produced. Answers without tokens and those that ended in an error cost nothing. */
export function chargeFor(
  generation: Generation,
  { produced, finishReason }: Pick<Ending, "produced" | "finishReason">,
): Charge {
  const { route, cache, account, createdAtMs, faults } = generation;
  const { byok } = account.options;
  const tokens = {
    promptTokens: route.promptTokens,
    ...cache,
    completionTokens: tokensOf(produced),
    reasoningTokens: reasoningTokensOf(produced),
  };
  const factor = faultOf(faults, "charge-multiplied")?.factor ?? 1;
  const isInsured = finishReason === "error" || tokens.completionTokens === 0;
  return isInsured
    ? waiveCharge(tokens, byok)
    : settleCharge(route.endpoint.pricing, tokens, { atMs: createdAtMs, byok, factor });
}

/** The row an answer leaves in the books. */
export function bookRowOf(generation: Generation, ending: Ending, charge: Charge): BookRow {
  const { request, route } = generation;
  const { promptTokens, cachedTokens, cacheWriteTokens, completionTokens, reasoningTokens } = charge.tokens;
  const { model, provider } = servedBy(generation);
  return {
    generationId: generation.id,
    atMs: generation.createdAtMs,
    modelAsked: route.candidate.asked,
    modelServed: model,
    provider,
    status: 200,
    isStreamed: request.stream === true,
    isCancelled: ending.isCancelled,
    isByok: charge.isByok,
    finishReason: ending.finishReason,
    promptTokens,
    cachedTokens,
    cacheWriteTokens,
    completionTokens,
    reasoningTokens,
    costNanoUsd: charge.costNanoUsd,
    upstreamCostNanoUsd: charge.upstream.totalNanoUsd,
    cacheDiscountNanoUsd: charge.upstream.cacheDiscountNanoUsd,
    latencyMs: Math.round(ending.latencyMs),
    generationMs: Math.round(ending.generationMs),
    router: route.candidate.asked.startsWith("openrouter/") ? route.candidate.asked : null,
    sessionId: request.session_id ?? null,
    user: request.user ?? null,
    ...generation.headers,
  };
}

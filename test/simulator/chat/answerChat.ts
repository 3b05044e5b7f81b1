import { checkSpending } from "../accounts/checkSpending.ts";
import type { WorstCase } from "../accounts/checkSpending.ts";
import type { Account } from "../accounts/account.ts";
import type { ApiError } from "../errors/apiError.ts";
import { invalidJson, invalidRequest, missingMessages } from "../errors/requestErrors.ts";
import { authenticate } from "../http/authenticate.ts";
import { jsonBody } from "../http/exchange.ts";
import type { Exchange } from "../http/exchange.ts";
import { sendError } from "../http/sendJson.ts";
import { chargeTokens } from "../money/chargeTokens.ts";
import type { SimulatorState } from "../simulatorState.ts";
import { chatRequestSchema, maxTokensOf } from "./chatRequest.ts";
import type { ChatRequest } from "./chatRequest.ts";
import { bookRowOf, chargeFor, generationId } from "./generation.ts";
import type { Ending, Generation } from "./generation.ts";
import { planAnswer } from "./planAnswer.ts";
import { refusedRow } from "./refusedRow.ts";
import { routeChat } from "./routeChat.ts";
import type { Route } from "./routeChat.ts";
import { sendWholeAnswer } from "./sendWholeAnswer.ts";
import { streamAnswer } from "./streamAnswer.ts";

/** Output assumed for models that give no limit, when the request gives none either. */
const UNKNOWN_OUTPUT_TOKENS = 32_768;

/** `POST /chat/completions`: checks, routes, answers and books one request. */
export async function answerChat(exchange: Exchange, state: SimulatorState): Promise<void> {
  const id = generationId(state.now());
  const prepared = prepare(exchange, state, id);
  if (prepared.kind === "refuse") {
    sendError(exchange.response, prepared.error, { "X-Generation-Id": id });
    if (prepared.account)
      state.book(prepared.account, refusedRow(exchange, { id, status: prepared.error.status, nowMs: state.now() }));
    return;
  }
  const { generation } = prepared;
  const settle = (ending: Ending): void =>
    state.book(generation.account, bookRowOf(generation, ending, chargeFor(generation, ending)));
  if (generation.request.stream === true)
    await streamAnswer(generation, exchange, {
      ...{ pace: state.pace, terminalChunk: state.terminalChunk },
      ...{ settle, onPiece: state.onPiece },
    });
  else settle(await sendWholeAnswer(generation, exchange, state.pace));
}

type Prepared =
  | { readonly kind: "generation"; readonly generation: Generation }
  | { readonly kind: "refuse"; readonly error: ApiError; readonly account?: Account };

function prepare(exchange: Exchange, state: SimulatorState, id: string): Prepared {
  const authenticated = authenticate(exchange, state);
  if (authenticated.kind === "refuse") return authenticated;
  const { account } = authenticated;
  const read = readRequest(exchange);
  if (read.kind === "refuse") return { ...read, account };
  const { request } = read;
  const situation = { nowMs: state.now(), userId: account.userId, faults: exchange.faults, down: state.down };
  const decision = routeChat(request, situation);
  if (decision.kind === "refuse") return { ...decision, account };
  const { route } = decision;
  const worst = worstCase(request, route, situation.nowMs);
  const refusal = checkSpending(account, worst, situation.nowMs);
  if (refusal !== undefined) return { kind: "refuse", error: refusal, account };
  account.heldNanoUsd.set(id, worst.costNanoUsd);
  const cache = state.promptCache.use(request, {
    key: account.options.key,
    endpoint: route.endpoint,
    nowMs: situation.nowMs,
  });
  const headers = {
    httpReferer: exchange.headers.referer ?? headerText(exchange, "http-referer"),
    userAgent: exchange.headers["user-agent"] ?? null,
  };
  const generation: Generation = {
    id,
    createdAtMs: situation.nowMs,
    request,
    route,
    answer: planAnswer(request, route, exchange.faults),
    cache,
    account,
    faults: exchange.faults,
    headers,
  };
  return { kind: "generation", generation };
}

type ReadRequest =
  | { readonly kind: "request"; readonly request: ChatRequest }
  | { readonly kind: "refuse"; readonly error: ApiError };

function readRequest(exchange: Exchange): ReadRequest {
  const body = jsonBody(exchange);
  if (typeof body !== "object" || body === null) return { kind: "refuse", error: invalidJson() };
  if (!("messages" in body)) return { kind: "refuse", error: missingMessages() };
  const parsed = chatRequestSchema.safeParse(body);
  if (parsed.success) return { kind: "request", request: parsed.data };
  const [issue] = parsed.error.issues;
  return {
    kind: "refuse",
    error: invalidRequest(`${issue?.path.join(".") ?? "body"}: ${issue?.message ?? "invalid"}`),
  };
}

/** Prompt and all of `max_tokens` at list price, nothing cached: what is reserved before a request runs. */
function worstCase(request: ChatRequest, { endpoint, promptTokens }: Route, nowMs: number): WorstCase {
  const maxTokens = maxTokensOf(request) ?? endpoint.maxCompletionTokens ?? UNKNOWN_OUTPUT_TOKENS;
  const none = { cachedTokens: 0, cacheWriteTokens: 0, cacheWriteTtl: "5m", reasoningTokens: 0 } as const;
  const cost = chargeTokens(endpoint.pricing, { ...none, promptTokens, completionTokens: maxTokens }, nowMs);
  const isFreeModel = endpoint.row.id.endsWith(":free");
  return { costNanoUsd: cost.totalNanoUsd, promptNanoUsd: cost.promptNanoUsd, maxTokens, isFreeModel };
}

function headerText(exchange: Exchange, name: string): string | null {
  const value = exchange.headers[name];
  return typeof value === "string" ? value : null;
}

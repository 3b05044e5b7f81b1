import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

import { generationId } from "../chat/generation.ts";
import { refusedRow } from "../chat/refusedRow.ts";
import { invalidRequest, methodNotAllowed, notFound } from "../errors/requestErrors.ts";
import { answerEarly } from "../faults/answerEarly.ts";
import type { SingleFault } from "../faults/fault.ts";
import { FAULT_HEADER, readFaultHeader } from "../faults/faultHeader.ts";
import type { HeaderFaults } from "../faults/faultHeader.ts";
import type { SimulatorState } from "../simulatorState.ts";
import { authenticate } from "./authenticate.ts";
import type { Exchange } from "./exchange.ts";
import { recordRequest } from "./recordRequest.ts";
import { API_ROUTES } from "./routes.ts";
import type { ApiRoute } from "./routes.ts";
import { sendError } from "./sendJson.ts";

/** Answers one request: records it, plays the faults that replace the answer, then hands it to its route. */
export async function handleRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
  state: SimulatorState,
): Promise<void> {
  const received = await receive(incoming, response);
  const { url, method } = received;
  const matching = API_ROUTES.filter(({ path }) => path.test(url.pathname));
  const route = matching.find((candidate) => candidate.method === method);
  if (route === undefined) {
    return sendError(response, matching.length > 0 ? methodNotAllowed() : notFound(url.pathname));
  }
  if (route.target === undefined) return route.handle(received, state);
  const recorded = recordRequest(method, url, received);
  state.requests.push(recorded);
  state.onRequest(recorded);
  const scripted = faultsFor(received, route.target, state);
  if (scripted.kind === "invalid") return sendError(response, invalidRequest(scripted.message));
  await answerFaulted({ ...received, faults: scripted.faults }, route, state);
}

async function answerFaulted(exchange: Exchange, route: ApiRoute, state: SimulatorState): Promise<void> {
  const { target } = route;
  if (target === undefined) return;
  const id = generationId(state.now());
  const status = await answerEarly(exchange, { target, nowMs: state.now(), generationId: id });
  if (status === undefined) return route.handle(exchange, state);
  const authenticated = authenticate(exchange, state);
  if (target === "chat" && authenticated.kind === "account") {
    state.book(authenticated.account, refusedRow(exchange, { id, status, nowMs: state.now() }));
  }
}

async function receive(incoming: IncomingMessage, response: ServerResponse): Promise<Exchange> {
  const controller = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) controller.abort();
  });
  return {
    method: incoming.method ?? "GET",
    url: new URL(incoming.url ?? "/", "http://simulator"),
    headers: incoming.headers,
    bodyText: await text(incoming),
    response,
    aborted: controller.signal,
    faults: [],
  };
}

/** Faults of the request's own header go before queued ones. */
function faultsFor(
  { headers }: Exchange,
  target: NonNullable<ApiRoute["target"]>,
  state: SimulatorState,
): HeaderFaults {
  const header = headers[FAULT_HEADER];
  if (typeof header === "string") return readFaultHeader(header);
  const faults: readonly SingleFault[] = state.faults.take(target);
  return { kind: "faults", faults };
}

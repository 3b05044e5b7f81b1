import { z } from "zod";

import { buildNamedError, leadsToFallback } from "../errors/namedErrors.ts";
import { jsonBody } from "../http/exchange.ts";
import type { Exchange } from "../http/exchange.ts";
import { sendError, sendJson } from "../http/sendJson.ts";
import { wait } from "../http/wait.ts";
import { faultOf } from "./fault.ts";
import type { FaultTarget } from "./fault.ts";
/** What the request is told apart by. */
export interface EarlySituation {
  readonly target: FaultTarget;
  readonly nowMs: number;
  readonly generationId: string;
}

const askedModel = z.looseObject({ model: z.string() });
const HTML_PAGE =
  "<!DOCTYPE html>\n<html><head><title>Just a moment...</title></head><body><h1>Please wait</h1></body></html>\n";

/** Plays the faults that replace the whole answer. Returns the status sent, 0 for none, undefined to go on as usual. */
export async function answerEarly(exchange: Exchange, situation: EarlySituation): Promise<number | undefined> {
  const { faults, aborted } = exchange;
  if (faultOf(faults, "hang")) {
    await untilAborted(aborted);
    return 0;
  }
  if (faultOf(faults, "reset")) {
    exchange.response.socket?.resetAndDestroy();
    return 0;
  }
  const delay = faultOf(faults, "delay");
  if (delay && (await wait(delay.beforeFirstByteMs, aborted)) === "aborted") return 0;
  return sendScripted(exchange) ?? sendNamedError(exchange, situation);
}

function sendScripted({ response, faults }: Exchange): number | undefined {
  const html = faultOf(faults, "html");
  if (html) {
    response.writeHead(html.status, { "Content-Type": "text/html; charset=UTF-8" }).end(HTML_PAGE);
    return html.status;
  }
  const redirect = faultOf(faults, "redirect");
  if (redirect) {
    response.writeHead(redirect.status, { Location: redirect.location }).end();
    return redirect.status;
  }
  const http = faultOf(faults, "http");
  if (http)
    sendJson(response, http.body ?? {}, { status: http.status, ...(http.headers && { headers: http.headers }) });
  return http?.status;
}

/** Errors of a provider are left to routing for chat requests, which may fall back on another model. */
function sendNamedError(exchange: Exchange, { target, nowMs, generationId }: EarlySituation): number | undefined {
  const fault = faultOf(exchange.faults, "error");
  if (fault === undefined || (target === "chat" && leadsToFallback(fault.error))) return undefined;
  const modelId = askedModel.safeParse(jsonBody(exchange)).data?.model ?? "unknown/model";
  const error = buildNamedError(fault.error, { modelId, retryAfterSeconds: fault.retryAfterSeconds, nowMs });
  sendError(exchange.response, error, target === "chat" ? { "X-Generation-Id": generationId } : {});
  return error.status;
}

async function untilAborted(aborted: AbortSignal): Promise<void> {
  if (aborted.aborted) return;
  await new Promise<void>((resolve) => {
    aborted.addEventListener("abort", () => resolve(), { once: true });
  });
}

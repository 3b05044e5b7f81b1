import { WaybillError, isAborted } from "../core/errors/waybillError.ts";
import { classifyHttpError } from "./classifyGatewayError.ts";
import { toNetworkError } from "./networkError.ts";
import { parseJson } from "./parseJson.ts";
import { type RequestTimeouts, RequestTimers } from "./requestTimers.ts";
import { TimedBody } from "./timedBody.ts";
import type { Transport, TransportRequest, TransportResponse } from "./transport.ts";

export interface OpenResponse {
  readonly generationId: string | undefined;
  readonly contentType: string;
  /** Ends with the idle time-out as `timeout`, with the caller's abort as `aborted`, else with `network`. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** How long to wait for an answer, and what time it is when one says when to come back. */
export interface RequestTiming {
  readonly timeouts: RequestTimeouts;
  readonly now: () => number;
}

const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** Sends a request and answers once the head is there. Any status but 2xx becomes a `WaybillError`. */
export async function openResponse(
  transport: Transport,
  request: TransportRequest,
  { timeouts, now }: RequestTiming,
): Promise<OpenResponse> {
  const timers = new RequestTimers(request.signal, timeouts.totalMs);
  let response: TransportResponse;
  try {
    response = await timers.guard(transport({ ...request, signal: timers.signal }), timeouts.headMs);
  } catch (error) {
    timers.stop();
    throw toNetworkError(timers.explain(error));
  }
  const generationId = response.header("x-generation-id");
  const body = new TimedBody(response.body, timers, timeouts.idleMs);
  if (response.status >= 200 && response.status < 300) {
    return { generationId, contentType: response.header("content-type") ?? "", body };
  }
  throw classifyHttpError({
    status: response.status,
    body: await readErrorText(body),
    header: (name) => response.header(name),
    generationId,
    nowMs: now(),
  });
}

/** The status tells most of an error, so a body that breaks off or stands still does not hide it. */
async function readErrorText(body: AsyncIterable<Uint8Array>): Promise<string> {
  try {
    return await readText(body);
  } catch (error) {
    if (isAborted(error)) throw error;
    return "";
  }
}

/** Reads a JSON answer; anything else is `protocol`. */
export async function requestJson(
  transport: Transport,
  request: TransportRequest,
  timing: RequestTiming,
): Promise<unknown> {
  const { body } = await openResponse(transport, request, timing);
  const text = await readText(body);
  const value = parseJson(text);
  if (value !== undefined) return value;
  throw new WaybillError("protocol", "The gateway's answer is not JSON", {
    detail: /^\s*</.test(text) ? "a web page instead of data" : "data of an unknown form",
  });
}

export async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) throw new WaybillError("protocol", "The answer is too large", { detail: "over 16 MB" });
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

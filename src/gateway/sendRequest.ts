import { WaybillError, isAborted } from "../core/errors/waybillError.ts";
import { toNetworkError } from "./networkError.ts";
import { parseJson } from "./parseJson.ts";
import { type RequestTimeouts, RequestTimers } from "./requestTimers.ts";
import { TimedBody } from "./timedBody.ts";
import type { Transport, TransportRequest, TransportResponse } from "./transport.ts";

export interface OpenResponse {
  readonly generationId: string | undefined;
  readonly contentType: string;
  /** Header value by lower-case name. */
  header(name: string): string | undefined;
  /** Ends with the idle time-out as `timeout`, with the caller's abort as `aborted`, else with `network`. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** How long to wait for an answer, and what time it is when one says when to come back. */
export interface RequestTiming {
  readonly timeouts: RequestTimeouts;
  readonly now: () => number;
}

const MEGABYTE = 1024 * 1024;
const MAX_BODY_BYTES = 16 * MEGABYTE;

/** Sends a request and answers once the head is there. Any status but 2xx becomes a `WaybillError`. */
export async function openResponse(
  transport: Transport,
  request: TransportRequest,
  timing: RequestTiming,
): Promise<OpenResponse> {
  return accept(await send(transport, request, timing), request, timing);
}

/** The same for a request with conditions; `undefined` when the gateway says that nothing has changed. */
export async function openIfModified(
  transport: Transport,
  request: TransportRequest,
  timing: RequestTiming,
): Promise<OpenResponse | undefined> {
  const sent = await send(transport, request, timing);
  if (sent.response.status !== 304) return accept(sent, request, timing);
  await sent.body.return();
  return undefined;
}

interface SentRequest {
  readonly response: TransportResponse;
  readonly body: TimedBody;
}

async function send(
  transport: Transport,
  request: TransportRequest,
  { timeouts }: RequestTiming,
): Promise<SentRequest> {
  const timers = new RequestTimers(request.signal, timeouts.totalMs);
  let response: TransportResponse;
  try {
    response = await timers.guard(transport({ ...request, signal: timers.signal }), timeouts.headMs);
  } catch (error) {
    timers.stop();
    throw toNetworkError(timers.explain(error));
  }
  return { response, body: new TimedBody(response.body, timers, timeouts.idleMs) };
}

async function accept(
  { response, body }: SentRequest,
  { headers }: TransportRequest,
  { now }: RequestTiming,
): Promise<OpenResponse> {
  const generationId = idIn(response.header("x-generation-id"), headers["Authorization"]);
  const header = (name: string) => response.header(name);
  if (response.status >= 200 && response.status < 300) {
    return { generationId, contentType: header("content-type") ?? "", header, body };
  }
  const text = await readErrorText(body);
  const { classifyHttpError } = await import("./classifyGatewayError.ts");
  throw classifyHttpError({
    status: response.status,
    body: text,
    header,
    generationId,
    nowMs: now(),
  });
}

/** An id is kept in errors and in the ledger, so one that repeats a key is none. */
function idIn(header: string | undefined, authorization = ""): string | undefined {
  const key = authorization.replace(/^Bearer /, "");
  const isKey = header?.startsWith("sk-") === true || (key !== "" && header?.includes(key) === true);
  return isKey ? undefined : header;
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
  return readJson(await readText(body));
}

/** An answer's text as data; anything but JSON is `protocol`. */
export function readJson(text: string): unknown {
  const value = parseJson(text);
  if (value !== undefined) return value;
  throw new WaybillError("protocol", "The gateway's answer is not JSON", {
    detail: /^\s*</.test(text) ? "a web page instead of data" : "data of an unknown form",
  });
}

export async function readText(body: AsyncIterable<Uint8Array>, maxBytes = MAX_BODY_BYTES): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function tooLarge(maxBytes: number): WaybillError {
  const detail = `over ${maxBytes < MEGABYTE ? `${maxBytes / 1024} KB` : `${maxBytes / MEGABYTE} MB`}`;
  return new WaybillError("protocol", "The answer is too large", { detail });
}

import type { ServerResponse } from "node:http";

import type { ApiError } from "../errors/apiError.ts";

/** Headers every answer carries. */
const CORS_HEADERS = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "X-Generation-Id,X-Provider-Name,request-id,cf-ray",
} as const;

/** Status and extra headers of a JSON answer. */
export interface JsonHead {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a JSON answer, unless the client has gone. */
export function sendJson(response: ServerResponse, body: unknown, { status = 200, headers = {} }: JsonHead = {}): void {
  if (response.destroyed || response.headersSent) return;
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    "Content-Type": "application/json",
    "Content-Length": bytes.length,
    ...CORS_HEADERS,
    ...headers,
  });
  response.end(bytes);
}

/** Tells that what the client has is still what there is. */
export function sendNotModified(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(304, { ...CORS_HEADERS, ...headers }).end();
}

/** Sends an error with its status and headers. */
export function sendError(
  response: ServerResponse,
  error: ApiError,
  extraHeaders: Readonly<Record<string, string>> = {},
): void {
  sendJson(response, error.body, { status: error.status, headers: { ...error.headers, ...extraHeaders } });
}

/** Starts an event stream. */
export function openEventStream(response: ServerResponse, generationId: string): void {
  response.writeHead(200, {
    "Content-Type": "text/event-stream",
    "Cache-Control": "no-cache",
    "X-Generation-Id": generationId,
    ...CORS_HEADERS,
  });
  response.flushHeaders();
}

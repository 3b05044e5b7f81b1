import type { IncomingHttpHeaders } from "node:http";

import { maskKey } from "../accounts/describeKey.ts";
import { bearerKey } from "./exchange.ts";

/** A request as it came in, with the key masked. */
export interface RecordedRequest {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed when it was JSON, otherwise the text. */
  readonly body: unknown;
}

/** Keeps what tests may look at; the key never leaves the request in full. */
export function recordRequest(
  method: string,
  url: URL,
  received: { headers: IncomingHttpHeaders; bodyText: string },
): RecordedRequest {
  const headers = Object.entries(received.headers).map(([name, value]) => [name, String(value)]);
  const key = bearerKey(received.headers);
  return {
    method,
    path: url.pathname + url.search,
    headers: {
      ...Object.fromEntries(headers),
      ...(received.headers.authorization && { authorization: `Bearer ${maskKey(key ?? "")}` }),
    },
    body: parsed(received.bodyText),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

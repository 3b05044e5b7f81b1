import type { IncomingHttpHeaders, ServerResponse } from "node:http";

import type { SingleFault } from "../faults/fault.ts";

/** One request with its body read, and the response to write. */
export interface Exchange {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly bodyText: string;
  readonly response: ServerResponse;
  /** Fires when the client goes away before the answer is complete. */
  readonly aborted: AbortSignal;
  readonly faults: readonly SingleFault[];
}

/** The body as JSON; undefined when it is none. */
export function jsonBody({ bodyText }: Exchange): unknown {
  try {
    return JSON.parse(bodyText);
  } catch {
    return undefined;
  }
}

/** The key of the Authorization header, if there is one. */
export function bearerKey(headers: IncomingHttpHeaders): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? "")?.[1];
}

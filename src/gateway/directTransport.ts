import { Agent, request as undiciRequest } from "undici";
import type { Transport } from "./transport.ts";

export interface DirectTransport {
  readonly send: Transport;
  /** Closes the kept connections once the requests under way have ended. */
  close(): Promise<void>;
}

/**
 * undici with a connection pool and no proxy: for gateways on this machine. The caller has timers of its own, so
 * undici's 300 s limits are off; they would cut a slow local model without a word.
 */
export function createDirectTransport(): DirectTransport {
  const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0, connectTimeout: 10_000 });
  return {
    send: async (request) => {
      const response = await undiciRequest(request.url, {
        dispatcher: agent,
        method: request.method,
        headers: request.headers,
        signal: request.signal,
        body: request.body ?? null,
      });
      if (response.statusCode >= 300 && response.statusCode < 400) {
        await response.body.dump();
        throw new TypeError("The gateway answered with a redirect");
      }
      return {
        status: response.statusCode,
        header: (name) => firstValue(response.headers[name]),
        body: response.body,
      };
    },
    close: () => agent.close(),
  };
}

function firstValue(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

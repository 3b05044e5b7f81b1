import { toNetworkError } from "./networkError.ts";
import { type Environment, chooseProxy } from "./proxyChoice.ts";
import { DEFAULT_PROXY_SETTINGS, type ProxySettings } from "./proxySettings.ts";
import type { Transport, TransportRequest, TransportResponse } from "./transport.ts";

/**
 * The extension host's `fetch`. Only it honours VS Code's proxy, PAC and certificate settings, because VS Code replaces
 * it; so it is looked up at each call, and given no dispatcher (the replacement would drop its timeouts anyway). It says
 * nothing of the proxy it takes, so the settings are asked which one that must be: only then can a connection that fails
 * on the way there be told from one to the gateway.
 */
export function createHostTransport(
  settings: ProxySettings = DEFAULT_PROXY_SETTINGS,
  environment: Environment = process.env,
): Transport {
  return async (request) => {
    try {
      return await send(request);
    } catch (error) {
      const choice = chooseProxy(new URL(request.url), settings, environment);
      const failure = toNetworkError(error, choice.kind === "proxy" ? choice.url : undefined);
      throw failure.code === "proxy" ? failure : error;
    }
  };
}

async function send(request: TransportRequest): Promise<TransportResponse> {
  const response = await globalThis.fetch(request.url, {
    method: request.method,
    headers: request.headers,
    redirect: "error",
    signal: request.signal,
    ...(request.body === undefined ? {} : { body: request.body }),
  });
  return {
    status: response.status,
    header: (name) => response.headers.get(name) ?? undefined,
    body: response.body ?? noBytes(),
  };
}

async function* noBytes(): AsyncGenerator<Uint8Array> {
  // A response without a body has nothing to yield.
}

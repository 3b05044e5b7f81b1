import type { Transport } from "./transport.ts";

/**
 * The extension host's `fetch`. Only it honours VS Code's proxy, PAC and certificate settings, because VS Code replaces
 * it; so it is looked up at each call, and given no dispatcher (the replacement would drop its timeouts anyway).
 */
export const hostTransport: Transport = async (request) => {
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
};

async function* noBytes(): AsyncGenerator<Uint8Array> {
  // A response without a body has nothing to yield.
}

import type { DirectTransport } from "./directTransport.ts";
import { createHostTransport } from "./hostTransport.ts";
import { isLoopback } from "./isLoopback.ts";
import type { ProxySettings } from "./proxySettings.ts";
import type { Transport } from "./transport.ts";

/** `auto` takes `direct` for a gateway on this machine and `host` for every other. */
export const TRANSPORT_CHOICES = ["auto", "host", "direct"] as const;

export type TransportChoice = (typeof TRANSPORT_CHOICES)[number];

export interface TransportSelection {
  readonly name: "host" | "direct";
  readonly send: Transport;
  /**
   * Opens a connection to the URL's origin ahead of a request, for instance when a person starts typing. Sends nothing to
   * the gateway and never rejects. `host` has no way to do that, so there it does nothing.
   */
  prepare(url: string): Promise<void>;
  /** Closes what is kept open once the requests under way have ended. */
  close(): Promise<void>;
  /** Cuts also the requests under way. Those of `host` are the editor's and end with it. */
  destroy(): Promise<void>;
}

/** undici is large, so it is loaded with the first request that needs it. `host` uses the proxy settings for its errors only. */
export function selectTransport(
  choice: TransportChoice,
  gatewayUrl: URL,
  settings?: ProxySettings,
): TransportSelection {
  const isDirect = choice === "direct" || (choice === "auto" && isLoopback(gatewayUrl.hostname));
  if (!isDirect) {
    return {
      name: "host",
      send: createHostTransport(settings),
      prepare: async () => undefined,
      close: async () => undefined,
      destroy: async () => undefined,
    };
  }
  let direct: Promise<DirectTransport> | undefined;
  let loaded: DirectTransport | undefined;
  const load = async (): Promise<DirectTransport> => {
    direct ??= import("./directTransport.ts").then((module) => module.createDirectTransport(settings));
    loaded = await direct;
    return loaded;
  };
  return {
    name: "direct",
    send: async (request) => (loaded ?? (await load())).send(request),
    prepare: async (url) => (await load()).warm(url),
    close: async () => (await direct)?.close(),
    destroy: async () => (await direct)?.destroy(),
  };
}

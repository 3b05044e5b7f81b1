import type { DirectTransport } from "./directTransport.ts";
import { hostTransport } from "./hostTransport.ts";
import { isLoopback } from "./isLoopback.ts";
import type { Transport } from "./transport.ts";

/** `auto` takes `direct` for a gateway on this machine and `host` for every other. */
export const TRANSPORT_CHOICES = ["auto", "host", "direct"] as const;

export type TransportChoice = (typeof TRANSPORT_CHOICES)[number];

export interface TransportSelection {
  readonly name: "host" | "direct";
  readonly send: Transport;
  close(): Promise<void>;
}

/** undici is large, so it is loaded with the first request that needs it. */
export function selectTransport(choice: TransportChoice, gatewayUrl: URL): TransportSelection {
  const isDirect = choice === "direct" || (choice === "auto" && isLoopback(gatewayUrl.hostname));
  if (!isDirect) return { name: "host", send: hostTransport, close: async () => undefined };
  let direct: Promise<DirectTransport> | undefined;
  const load = () => (direct ??= import("./directTransport.ts").then((module) => module.createDirectTransport()));
  return {
    name: "direct",
    send: async (request) => (await load()).send(request),
    close: async () => (await direct)?.close(),
  };
}

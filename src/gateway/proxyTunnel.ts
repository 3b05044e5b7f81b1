import { Socket } from "node:net";
import type { SecureContext } from "node:tls";
import { Pool, buildConnector } from "undici";
import { proxyRefusal, proxyUnreachable } from "./proxyFailure.ts";

export interface ProxyTunnelOptions {
  /** May hold user and password. */
  readonly proxyUrl: URL;
  /** Value of the `Proxy-Authorization` header; wins over the address's user and password. */
  readonly authorization: string | undefined;
  readonly strictSsl: boolean;
  /** What to trust, where the proxy itself is reached by `https`. */
  readonly secureContext: SecureContext | undefined;
  /** Opens a connection to the target, through `httpSocket` if there is one. */
  readonly connectTarget: buildConnector.connector;
}

export interface ProxyTunnel {
  /** For undici's pools. Fails with a `WaybillError` where the proxy is at fault, else with what TLS says of the target. */
  readonly connect: buildConnector.connector;
  close(): Promise<void>;
}

const PROXY_TIMEOUT_MS = 10_000;
const TUNNEL_TIMEOUT_MS = 30_000;

/**
 * Reaches every target through a tunnel (`CONNECT`), plain ones too, as VS Code's `fetch` does. Not undici's `ProxyAgent`:
 * that reports a refusal as an abort, does not say which hop failed, and cannot connect ahead.
 */
export function createProxyTunnel(options: ProxyTunnelOptions): ProxyTunnel {
  const { proxyUrl, strictSsl, secureContext, connectTarget } = options;
  const headers = proxyHeaders(options);
  const connectProxy = buildConnector({
    allowH2: false,
    timeout: PROXY_TIMEOUT_MS,
    rejectUnauthorized: strictSsl,
    ...(secureContext === undefined ? {} : { secureContext }),
  });
  const proxy = new Pool(proxyUrl.origin, {
    headersTimeout: TUNNEL_TIMEOUT_MS,
    // Without the server name that undici takes from the `Host` header: that is the gateway's, not the proxy's.
    connect: ({ host, hostname, protocol, port }, callback) =>
      connectProxy({ hostname, protocol, port, ...(host === undefined ? {} : { host }) }, callback),
  });

  async function openTunnel(authority: string): Promise<Socket> {
    const answer = await proxy.connect({ path: authority, headers: { ...headers, host: authority } }).catch((error) => {
      throw proxyUnreachable(proxyUrl.host, error);
    });
    const { statusCode, socket } = answer;
    if (statusCode >= 200 && statusCode < 300 && socket instanceof Socket) return socket;
    socket.on("error", () => undefined).destroy();
    throw proxyRefusal(proxyUrl.host, statusCode);
  }

  return {
    connect: (target, callback) => {
      openTunnel(authorityOf(target)).then(
        (socket) => {
          if (target.protocol === "https:") connectTarget({ ...target, httpSocket: socket }, callback);
          else callback(null, socket);
        },
        (error: Error) => callback(error, null),
      );
    },
    close: () => proxy.close(),
  };
}

function authorityOf({ hostname, port, protocol }: buildConnector.Options): string {
  const host = hostname.includes(":") ? `[${hostname}]` : hostname;
  return `${host}:${port || (protocol === "https:" ? "443" : "80")}`;
}

function proxyHeaders({ proxyUrl, authorization }: ProxyTunnelOptions): Record<string, string> {
  const value = authorization ?? basicAuthorization(proxyUrl);
  return value === undefined ? {} : { "proxy-authorization": value };
}

function basicAuthorization({ username, password }: URL): string | undefined {
  if (username === "") return undefined;
  const credentials = `${decode(username)}:${decode(password)}`;
  return `Basic ${Buffer.from(credentials).toString("base64")}`;
}

/** A person may have written a bare `%` in the password. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

import type { Socket } from "node:net";
import { type SecureContext, createSecureContext } from "node:tls";
import { Pool, buildConnector } from "undici";
import { WaybillError } from "../core/errors/waybillError.ts";
import { trustedCertificates } from "./certificateTrust.ts";
import { type Environment, chooseProxy } from "./proxyChoice.ts";
import { proxyUnusable } from "./proxyFailure.ts";
import { type CertificateSource, DEFAULT_PROXY_SETTINGS, type ProxySettings } from "./proxySettings.ts";
import { createProxyTunnel } from "./proxyTunnel.ts";
import type { Transport, TransportRequest, TransportResponse } from "./transport.ts";

export interface DirectTransport {
  readonly send: Transport;
  /** Opens a connection ahead of the next request, unless one is free. Sends nothing to the gateway, never rejects. */
  warm(origin: string): Promise<void>;
  /** Closes the kept connections once the requests under way have ended. */
  close(): Promise<void>;
  /** Cuts also the requests under way, which end as if the network had. */
  destroy(): Promise<void>;
}

/** What is around the process; tests bring their own. */
export interface Surroundings {
  readonly environment: Environment;
  readonly trustedCertificates: (source: CertificateSource) => readonly string[];
}

interface Line {
  readonly pool: Pool;
  warm(): Promise<void>;
  close(): Promise<void>;
  destroy(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 10_000;
/** The one status of its class that leads nowhere else. */
const NOT_MODIFIED = 304;
/** Connections opened ahead are for the sentence being typed. */
const AHEAD_LIFETIME_MS = 30_000;
/** Where a server does not say how long it keeps a connection. A new one on this machine costs nothing. */
const KEEP_ALIVE_MS = 60_000;

/**
 * undici with a connection pool, HTTP/2 and an explicit proxy. The caller has timers of its own, so undici's 300 s limits
 * are off; they would cut a slow local model without a word.
 */
export function createDirectTransport(
  settings: ProxySettings = DEFAULT_PROXY_SETTINGS,
  surroundings: Surroundings = { environment: process.env, trustedCertificates },
): DirectTransport {
  const lines = new Map<string, Line>();
  const lineTo = (address: string): Line => {
    const { origin } = new URL(address);
    const line = lines.get(origin) ?? openLine(new URL(origin), settings, surroundings);
    lines.set(origin, line);
    return line;
  };
  return {
    send: async (request) => sendThrough(lineTo(request.url).pool, request),
    warm: async (origin) => {
      try {
        await lineTo(origin).warm();
      } catch {
        // The request that needs the connection will say what is wrong.
      }
    },
    close: async () => {
      await Promise.all([...lines.values()].map((line) => line.close()));
    },
    destroy: async () => {
      await Promise.all([...lines.values()].map((line) => line.destroy()));
    },
  };
}

async function sendThrough(pool: Pool, request: TransportRequest): Promise<TransportResponse> {
  const { pathname, search } = new URL(request.url);
  const { statusCode, headers, body } = await pool.request({
    path: pathname + search,
    method: request.method,
    headers: request.headers,
    signal: request.signal,
    body: request.body ?? null,
  });
  if (statusCode >= 300 && statusCode < 400 && statusCode !== NOT_MODIFIED) {
    body.on("error", () => undefined).destroy();
    throw new WaybillError("network", "The gateway answered with a redirect", {
      status: statusCode,
      detail: `it redirects elsewhere (status ${statusCode})`,
      isUncharged: true,
    });
  }
  return { status: statusCode, header: (name) => firstValue(headers[name]), body };
}

function firstValue(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** A pool for one origin, through the proxy that is on the way to it. */
function openLine(origin: URL, settings: ProxySettings, surroundings: Surroundings): Line {
  const choice = chooseProxy(origin, settings, surroundings.environment);
  if (choice.kind === "unusable") throw proxyUnusable();
  const proxyUrl = choice.kind === "proxy" ? choice.url : undefined;
  const isSecure = origin.protocol === "https:" || proxyUrl?.protocol === "https:";
  const secureContext = isSecure ? trustOf(settings, surroundings) : undefined;
  const connectTarget = buildConnector({
    allowH2: true,
    timeout: CONNECT_TIMEOUT_MS,
    ...(secureContext === undefined ? {} : { secureContext }),
  });
  const { strictSsl, proxyAuthorization: authorization } = settings;
  const tunnel = proxyUrl && createProxyTunnel({ proxyUrl, authorization, strictSsl, secureContext, connectTarget });
  const ahead = new ConnectionAhead(origin, tunnel?.connect ?? connectTarget);
  const pool = new Pool(origin, {
    headersTimeout: 0,
    bodyTimeout: 0,
    allowH2: true,
    connect: ahead.connect,
    ...(isSecure ? { keepAliveTimeout: KEEP_ALIVE_MS } : {}),
  });
  return {
    pool,
    warm: async () => {
      if (pool.stats.free === 0) await ahead.open();
    },
    close: async () => {
      ahead.drop();
      await Promise.all([pool.close(), tunnel?.close()]);
    },
    destroy: async () => {
      ahead.drop();
      await Promise.all([pool.destroy(), tunnel?.close()]);
    },
  };
}

/** One for all connections of a line: reading a few hundred certificates takes over 100 ms. */
function trustOf({ certificates }: ProxySettings, surroundings: Surroundings): SecureContext {
  return createSecureContext({ ca: [...surroundings.trustedCertificates(certificates)] });
}

/** A connector that hands out a connection opened before, if it still stands. */
class ConnectionAhead {
  readonly #origin: URL;
  readonly #connector: buildConnector.connector;
  /** The connection nobody has taken yet, also while it is being opened. */
  #waiting: Promise<Socket | undefined> | undefined;
  /** Drops a connection that nobody came for. */
  #timer: NodeJS.Timeout | undefined;

  constructor(origin: URL, connector: buildConnector.connector) {
    this.#origin = origin;
    this.#connector = connector;
  }

  readonly connect: buildConnector.connector = (options, callback) => {
    const waiting = this.#take();
    if (waiting === undefined) {
      this.#connector(options, callback);
      return;
    }
    void waiting.then((socket) => {
      if (socket === undefined || socket.destroyed || socket.readableEnded) this.#connector(options, callback);
      else callback(null, socket);
    });
  };

  async open(): Promise<void> {
    if (this.#waiting === undefined) {
      this.#waiting = this.#open();
      this.#timer = setTimeout(() => this.drop(), AHEAD_LIFETIME_MS).unref();
    }
    await this.#waiting;
  }

  drop(): void {
    void this.#take()?.then((socket) => socket?.destroy());
  }

  #take(): Promise<Socket | undefined> | undefined {
    clearTimeout(this.#timer);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    return waiting;
  }

  /** The options that undici's client would pass. A failure is left to the request that needs the connection. */
  #open(): Promise<Socket | undefined> {
    const { host, hostname, protocol, port } = this.#origin;
    return new Promise((resolve) => {
      const options = { host, hostname: hostname.replace(/^\[|\]$/g, ""), protocol, port };
      this.#connector(options, (error, socket) => {
        socket?.on("error", () => undefined);
        resolve(error === null ? socket : undefined);
      });
    });
  }
}

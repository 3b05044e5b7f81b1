import { once } from "node:events";
import { type IncomingMessage, type Server, type ServerOptions, type ServerResponse, createServer } from "node:http";
import { type CallbackVerdict, judgeCallback } from "../../../core/signIn/judgeCallback.ts";
import { isSameSecret } from "./pkce.ts";

type Outcome = Exclude<CallbackVerdict, { kind: "refused" }>;

export interface LoopbackServer {
  /** For instance `http://127.0.0.1:49152/callback/STATE`. */
  readonly callbackUrl: string;
  /** The first request that is the page's; others are refused and forgotten. */
  readonly outcome: Promise<Outcome>;
  close(): void;
}

const ADDRESS = "127.0.0.1";
/** Whoever is slower, or comes in greater numbers, is no browser that was sent here. */
const PATIENCE_MS = 5_000;
const MAX_HEADER_BYTES = 16_384;
const MAX_CONNECTIONS = 32;
/** For the page on its way to a slow browser. */
const FAREWELL_MS = 1_000;

const HEADERS = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  "Cache-Control": "no-store",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  Connection: "close",
};

/**
 * Waits on a port of chance of this machine for the sign-in page to send the browser back. It answers one request and
 * stops listening with it. Rejects when no port can be had.
 */
export async function openLoopbackServer(state: string, patienceMs = PATIENCE_MS): Promise<LoopbackServer> {
  const { promise: outcome, resolve } = Promise.withResolvers<Outcome>();
  let isDone = false;
  let host = "";
  const server = createServer(limitsOf(patienceMs), (request, response) => {
    if (isDone) return sendPage(response, 410, "This sign-in is over.");
    const verdict = judgeCallback(partsOf(request), { host, isState: (text) => isSameSecret(text, state) });
    if (verdict.kind === "refused") return sendPage(response, verdict.status, "This is not the page you look for.");
    isDone = true;
    server.close();
    sendPage(response, 200, verdict.kind === "code" ? SIGNED_IN : DENIED);
    resolve(verdict);
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.on("clientError", (_error, socket) => socket.destroy());
  server.listen(0, ADDRESS);
  await once(server, "listening");
  host = `${ADDRESS}:${portOf(server)}`;
  return { callbackUrl: `http://${host}/callback/${state}`, outcome, close: () => end(server) };
}

const SIGNED_IN = "Signed in. You can close this page and go back to the editor.";
const DENIED = "No key was granted. You can close this page and go back to the editor.";

function limitsOf(patienceMs: number): ServerOptions {
  const connectionsCheckingInterval = Math.min(patienceMs, 1_000);
  return {
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: patienceMs,
    requestTimeout: patienceMs,
    connectionsCheckingInterval,
  };
}

function partsOf({ method, url: target, headers: { host } }: IncomingMessage): Parameters<typeof judgeCallback>[0] {
  return { method, target, host };
}

/** A plain page: no script, nothing to load, and nothing of the request in it. */
function sendPage(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, HEADERS);
  response.end(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Waybill</title><p>${sentence}</p></html>`);
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

function end(server: Server): void {
  server.close();
  setTimeout(() => server.closeAllConnections(), FAREWELL_MS).unref();
}

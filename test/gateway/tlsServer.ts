import { once } from "node:events";
import { type IncomingMessage, type Server, createServer } from "node:http";
import { type Http2SecureServer, type Http2ServerRequest, createSecureServer } from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import { TEST_CERTIFICATE, TEST_KEY } from "./tlsServerCertificates.ts";

/** A small server on loopback: `/models` is JSON, `/events` a stream, `/stall` one byte and then nothing, `/away` a redirect. */
export interface TestServer {
  /** `http://127.0.0.1:PORT` or `https://127.0.0.1:PORT`. */
  readonly origin: string;
  readonly port: number;
  /** Oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** How many connections were accepted so far. */
  connections(): number;
  /** Closes every connection and settles when the clients have been told. */
  dropConnections(): Promise<void>;
  /** Settles once a client has left `/stall`. */
  readonly stallLeft: Promise<void>;
  close(): Promise<void>;
}

interface RecordedRequest {
  readonly path: string;
  /** `1.1` or `2.0`. */
  readonly httpVersion: string;
  readonly authorization: string | undefined;
}

/** What the responses of HTTP/1.1 and HTTP/2 have in common. */
interface Reply {
  writeHead(status: number, headers: Record<string, string>): unknown;
  write(text: string): unknown;
  end(text: string): unknown;
  on(event: "close", listener: () => void): unknown;
}

export function startPlainServer(): Promise<TestServer> {
  const visits = new Visits();
  return listen("http", createServer(visits.handle), visits);
}

/** With the private authority's certificate; offers HTTP/2 and HTTP/1.1. */
export function startTlsServer(): Promise<TestServer> {
  const visits = new Visits();
  const options = { allowHTTP1: true, key: TEST_KEY, cert: TEST_CERTIFICATE };
  return listen("https", createSecureServer(options, visits.handle), visits);
}

class Visits {
  readonly requests: RecordedRequest[] = [];
  readonly stallLeft = Promise.withResolvers<void>();

  readonly handle = (request: IncomingMessage | Http2ServerRequest, response: Reply): void => {
    const { url: path = "", httpVersion, headers } = request;
    this.requests.push({ path, httpVersion, authorization: headers.authorization });
    if (path === "/stall") response.on("close", () => this.stallLeft.resolve());
    this.#answer(path, response);
  };

  #answer(path: string, response: Reply): void {
    switch (path) {
      case "/models":
        response.writeHead(200, { "content-type": "application/json" });
        response.end('{"data":[]}');
        return;
      case "/events":
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write("data: one\n\n");
        setTimeout(() => response.end("data: two\n\n"), 5);
        return;
      case "/stall":
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(":");
        return;
      case "/away":
        response.writeHead(307, { location: "/models" });
        response.end("");
        return;
      default:
        response.writeHead(401, { "content-type": "application/json" });
        response.end('{"error":{"code":401,"message":"No auth credentials found"}}');
    }
  }
}

async function listen(
  scheme: "http" | "https",
  server: Server | Http2SecureServer,
  { requests, stallLeft }: Visits,
): Promise<TestServer> {
  const sockets: Socket[] = [];
  server.on("connection", (socket: Socket) => void sockets.push(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${scheme}://127.0.0.1:${port}`,
    port,
    requests,
    connections: () => sockets.length,
    stallLeft: stallLeft.promise,
    dropConnections: async () => {
      await Promise.all(sockets.map((socket) => once(socket.end(), "close")));
    },
    close: async () => {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

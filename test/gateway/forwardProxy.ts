import { once } from "node:events";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, type Socket, connect } from "node:net";
import { TEST_CERTIFICATE, TEST_KEY } from "./tlsServerCertificates.ts";

/** A forward proxy on loopback. It opens tunnels only, and all of them to one port, so that tests may use any name. */
export interface ForwardProxy {
  /** `http://127.0.0.1:PORT`, or `https:`. */
  readonly url: string;
  /** What `CONNECT` asked for, oldest first, refused ones included. */
  readonly tunnels: readonly string[];
  close(): Promise<void>;
}

export interface ForwardProxyOptions {
  readonly targetPort: number;
  /** `user:password`; without it everybody may pass. */
  readonly credentials?: string;
  /** Answers every `CONNECT` with this status instead, or cuts the connection. */
  readonly refuseWith?: number | "cut";
  /** The proxy itself speaks TLS, with the private authority's certificate. */
  readonly isSecure?: boolean;
}

export async function startForwardProxy({
  targetPort,
  credentials,
  refuseWith,
  isSecure = false,
}: ForwardProxyOptions): Promise<ForwardProxy> {
  const tunnels: string[] = [];
  const sockets = new Set<Socket>();
  const expected = credentials && `Basic ${Buffer.from(credentials).toString("base64")}`;
  const server = isSecure ? createTlsServer({ key: TEST_KEY, cert: TEST_CERTIFICATE }) : createServer();
  server.on("connection", (socket) => sockets.add(socket));
  server.on("connect", (request, client: Socket) => {
    tunnels.push(request.url ?? "");
    client.on("error", () => undefined);
    if (expected !== undefined && request.headers["proxy-authorization"] !== expected) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="test"\r\n\r\n');
      return;
    }
    if (refuseWith === "cut") {
      client.destroy();
      return;
    }
    if (refuseWith !== undefined) {
      client.end(`HTTP/1.1 ${refuseWith} Refused\r\n\r\n`);
      return;
    }
    const target = connect(targetPort, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      client.pipe(target).pipe(client);
    });
    sockets.add(target);
    target.on("error", () => client.destroy());
    target.on("close", () => client.destroy());
    client.on("close", () => target.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `${isSecure ? "https" : "http"}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tunnels,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

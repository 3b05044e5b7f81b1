import { createServer } from "node:http";
import { freePort } from "./freePort.ts";
import { isLoopbackHost, type OutsideAttempt } from "./outsideAttempts.ts";

/** An HTTP proxy on loopback that refuses everything and remembers who was asked for. */
export interface RecordingProxy {
  readonly address: string;
  readonly attempts: readonly OutsideAttempt[];
  close(): Promise<void>;
}

/** Starts the proxy on a free port. Plain requests get a 403; `CONNECT` gets one too, before any name is resolved. */
export async function startRecordingProxy(): Promise<RecordingProxy> {
  const attempts: OutsideAttempt[] = [];
  const record = (target: string): void => {
    if (!isLoopbackHost(target.replace(/:\d+$/, ""))) attempts.push({ target, madeBy: "proxy" });
  };
  const server = createServer((request, response) => {
    record(hostOf(request.url ?? ""));
    response.writeHead(403).end("Only loopback is allowed.");
  });
  server.on("connect", (request, socket) => {
    record(request.url ?? "");
    // Node leaves this socket to us with no listener, and one who is refused may hang up first.
    socket.on("error", () => undefined);
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${port}`,
    attempts,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}

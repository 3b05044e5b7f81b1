import { once } from "node:events";
import { type IncomingMessage, type Server, createServer } from "node:http";

/** A server that notes what reaches it. */
export interface NotingServer {
  readonly origin: string;
  /** Head and body of every request, as text. */
  readonly received: string[];
  connections(): number;
  close(): Promise<void>;
}

/** Answers everything with an empty list, which would please whoever followed a redirect to it. */
export function startNotingServer(): Promise<NotingServer> {
  return start(() => ({ status: 200, headers: { "Content-Type": "application/json" } }));
}

/** Sends every request on to the same path of another server. */
export function startRedirectingServer(status: number, location: (path: string) => string): Promise<NotingServer> {
  return start((path) => ({ status, headers: { Location: location(path) } }));
}

interface Head {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

async function start(answer: (path: string) => Head): Promise<NotingServer> {
  const received: string[] = [];
  let connections = 0;
  const server: Server = createServer((request, response) => {
    void readAll(request).then((text) => {
      received.push(text);
      const { status, headers } = answer(request.url ?? "/");
      response.writeHead(status, headers).end('{"data":[]}');
    });
  });
  server.on("connection", () => (connections += 1));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    received,
    connections: () => connections,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function readAll(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return `${request.method} ${request.url} ${JSON.stringify(request.headers)} ${body}`;
}

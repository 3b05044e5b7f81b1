import { createServer } from "node:net";

/** A TCP port that was free on loopback a moment ago; `preferredPort` if that one is. */
export async function freePort(preferredPort = 0): Promise<number> {
  try {
    return await listenOnce(preferredPort);
  } catch (error) {
    if (preferredPort === 0) throw error;
    return await listenOnce(0);
  }
}

async function listenOnce(port: number): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("Loopback gave no port.");
  return address.port;
}

// A process of its own: answers every request with a body that is made already, and sends its port to its parent.
import { once } from "node:events";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import { json } from "node:stream/consumers";
import { setImmediate, setTimeout } from "node:timers/promises";
import { z } from "zod";
import { GENERATION_ID, answerFor, streamBody } from "./benchAnswer.ts";

/** Longer than a client has to wait for its turn, so that each keeps its connection. */
const KEEP_ALIVE_MS = 120_000;

const requestSchema = z.object({ model: z.string() });
const bodies = new Map<number, Buffer>();

const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
  answer(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
});
server.listen(0, "127.0.0.1", () => process.send?.({ result: server.address() }));
process.once("disconnect", () => process.exit());

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { chunks, pieceBytes, aheadMs } = answerFor(requestSchema.parse(await json(request)).model);
  const body = bodies.get(chunks) ?? streamBody(chunks);
  bodies.set(chunks, body);
  response.writeHead(200, { "content-type": "text/event-stream", "x-generation-id": GENERATION_ID });
  for (let offset = 0; offset < body.length; offset += pieceBytes) {
    const hasRoom = response.write(body.subarray(offset, offset + pieceBytes));
    await untilNext(response, { hasRoom, pauseMs: offset === 0 ? aheadMs : 0 });
  }
  response.end();
}

/** Node gathers what is written in one go, so each piece waits until the one before is out. */
async function untilNext(response: ServerResponse, wait: { hasRoom: boolean; pauseMs: number }): Promise<void> {
  if (!wait.hasRoom) await once(response, "drain");
  else if (wait.pauseMs > 0) await setTimeout(wait.pauseMs);
  else await setImmediate();
}

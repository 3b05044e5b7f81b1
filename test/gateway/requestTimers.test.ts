import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import type { RequestTimeouts } from "../../src/gateway/requestTimers.ts";
import { openResponse, readText } from "../../src/gateway/sendRequest.ts";
import type { Transport, TransportResponse } from "../../src/gateway/transport.ts";

const encoder = new TextEncoder();
const NEVER = new Promise<never>(() => undefined);
const now = () => Date.now();
const PATIENT: RequestTimeouts = { headMs: 5_000, idleMs: 5_000, totalMs: 5_000 };

interface Answer {
  readonly text: string;
  readonly error: string | undefined;
}

/** Reads an answer to its end; a transport here heeds no signal, as a hanging one would not. */
async function read(transport: Transport, timeouts: RequestTimeouts, signal = new AbortController().signal) {
  const answer = { text: "", error: undefined as string | undefined };
  try {
    const { body } = await openResponse(
      transport,
      { url: "http://x", method: "GET", headers: {}, signal },
      { timeouts, now },
    );
    for await (const bytes of body) answer.text += new TextDecoder().decode(bytes);
  } catch (error) {
    assert.ok(error instanceof WaybillError, String(error));
    answer.error = error.code;
  }
  return answer satisfies Answer;
}

function answering(body: AsyncIterable<Uint8Array>, status = 200): Transport {
  return async () => ({ status, header: () => undefined, body }) satisfies TransportResponse;
}

async function* dripping(pieces: number, everyMs: number): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < pieces; index += 1) {
    await sleep(everyMs);
    yield encoder.encode("x");
  }
}

async function* stalling(): AsyncGenerator<Uint8Array> {
  yield encoder.encode("half");
  await NEVER;
}

describe("the timers of a request", () => {
  it("end the wait for the head, even when the transport never lets go", async () => {
    assert.deepEqual(await read(() => NEVER, { ...PATIENT, headMs: 30 }), { text: "", error: "timeout" });
  });

  it("end the wait between two reads, keeping what came", async () => {
    assert.deepEqual(await read(answering(stalling()), { ...PATIENT, idleMs: 30 }), { text: "half", error: "timeout" });
  });

  it("let a slow answer go on for as long as something comes", async () => {
    const timeouts = { headMs: 150, idleMs: 150, totalMs: 5_000 };
    assert.deepEqual(await read(answering(dripping(8, 40)), timeouts), { text: "xxxxxxxx", error: undefined });
  });

  it("end the whole of an answer that never ends", async () => {
    const { text, error } = await read(answering(dripping(1_000, 10)), { ...PATIENT, totalMs: 200 });
    assert.ok(text.length > 0 && error === "timeout");
  });

  it("do not count the reader's own time as silence", async () => {
    const request = { url: "http://x", method: "GET", headers: {}, signal: new AbortController().signal } as const;
    const { body } = await openResponse(answering(dripping(3, 1)), request, {
      timeouts: { ...PATIENT, idleMs: 100 },
      now,
    });
    let reads = 0;
    for await (const bytes of body) {
      reads += bytes.length;
      await sleep(150);
    }
    assert.equal(reads, 3);
  });

  it("tell the caller's own stop from a time-out, before and while bytes come", async () => {
    assert.equal((await read(() => NEVER, PATIENT, AbortSignal.abort())).error, "aborted");
    assert.equal((await read(() => NEVER, PATIENT, AbortSignal.timeout(20))).error, "aborted");
    assert.deepEqual(await read(answering(stalling()), PATIENT, AbortSignal.timeout(20)), {
      text: "half",
      error: "aborted",
    });
  });

  it("let the status of an error speak when its body stands still", async () => {
    assert.equal((await read(answering(stalling(), 401), { ...PATIENT, idleMs: 30 })).error, "auth");
  });

  it("let go of the connection at once when the reader leaves, also during a read", async () => {
    let signal: AbortSignal | undefined;
    const transport: Transport = async (request) => {
      ({ signal } = request);
      return { status: 200, header: () => undefined, body: stalling() };
    };
    const request = { url: "http://x", method: "GET", headers: {}, signal: new AbortController().signal } as const;
    const { body } = await openResponse(transport, request, { timeouts: PATIENT, now });
    const bytes = body[Symbol.asyncIterator]();
    await bytes.next();
    const pending = bytes.next();
    await bytes.return?.();
    assert.ok(signal?.aborted);
    assert.equal((await pending).done, true);
    assert.equal((await bytes.next()).done, true);
  });

  it("read ahead of a slow reader, so that a cut connection costs no text, but not without bound", async () => {
    let sent = 0;
    async function* cut(): AsyncGenerator<Uint8Array> {
      for (; sent < 10; sent += 1) yield encoder.encode("x");
      throw new TypeError("terminated");
    }
    const request = { url: "http://x", method: "GET", headers: {}, signal: new AbortController().signal } as const;
    const { body } = await openResponse(answering(cut()), request, { timeouts: PATIENT, now });
    const bytes = body[Symbol.asyncIterator]();
    let text = (await bytes.next()).value?.length ?? 0;
    await sleep(20);
    assert.equal(sent, 10);
    text += (await bytes.next()).value?.length ?? 0;
    assert.equal(text, 10);
    await assert.rejects(bytes.next(), (error) => error instanceof WaybillError && error.code === "network");

    let blocks = 0;
    async function* fast(): AsyncGenerator<Uint8Array> {
      for (; ; blocks += 1) yield new Uint8Array(64 * 1024);
    }
    const endless = (await openResponse(answering(fast()), request, { timeouts: PATIENT, now })).body[
      Symbol.asyncIterator
    ]();
    await endless.next();
    await sleep(20);
    assert.ok(blocks <= 8, `${blocks} blocks were read ahead`);
    await endless.return?.();
  });

  it("refuse a body that is too large for one piece", async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield new Uint8Array(1024 * 1024);
    }
    await assert.rejects(readText(endless()), (error) => error instanceof WaybillError && error.code === "protocol");
  });
});

import { toNetworkError } from "./networkError.ts";
import type { RequestTimers } from "./requestTimers.ts";

/** How far the network may be ahead of a reader that is busy. Beyond it the server has to wait. */
const READ_AHEAD_BYTES = 256 * 1024;

/**
 * A response's bytes under its timers. Ends with `timeout`, with the caller's abort as `aborted`, else with `network`.
 * Reads ahead of the reader, because streams of both transports drop what they still hold when the connection is cut,
 * and with it text that has been paid for; so whoever makes one must read it or leave it with `return`. The idle time
 * runs only while bytes are waited for, not while a slow reader holds everything up. An object and no generator, because
 * leaving must work at once, also while a read is under way.
 */
export class TimedBody implements AsyncIterableIterator<Uint8Array> {
  readonly #bytes: AsyncIterator<Uint8Array>;
  readonly #timers: RequestTimers;
  readonly #idleMs: number;
  /** Read and not yet asked for. */
  #queue: Uint8Array[] = [];
  #queuedBytes = 0;
  /** After the last byte, an error or `return` nothing more is read. */
  #hasEnded = false;
  /** Told once, after everything that was read before it. */
  #failure: Error | undefined;
  /** Settled by news for the reader, and by room in the queue; there only while somebody waits. */
  #news: PromiseWithResolvers<void> | undefined;
  #room: PromiseWithResolvers<void> | undefined;

  constructor(body: AsyncIterable<Uint8Array>, timers: RequestTimers, idleMs: number) {
    this.#bytes = body[Symbol.asyncIterator]();
    this.#timers = timers;
    this.#idleMs = idleMs;
    void this.#readAhead();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Everything that has come since the last call, in one piece. */
  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    while (this.#queue.length === 0 && !this.#hasEnded) {
      await (this.#news ??= Promise.withResolvers<void>()).promise;
    }
    const value = this.#takeQueue();
    if (value !== undefined) return { done: false, value };
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure;
    return { done: true, value: undefined };
  }

  /** Ends the connection, because what is left of the body would have to be read before it could be used again. */
  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.#queue = [];
    if (!this.#hasEnded) {
      this.#end();
      this.#timers.abort();
      this.#bytes.return?.().catch(() => undefined);
    }
    return { done: true, value: undefined };
  }

  async #readAhead(): Promise<void> {
    try {
      while (!this.#hasEnded) {
        const { done, value } = await this.#timers.guard(this.#bytes.next(), this.#idleMs);
        if (done === true || this.#hasEnded) break;
        this.#queue.push(value);
        this.#queuedBytes += value.byteLength;
        this.#tellReader();
        if (this.#queuedBytes >= READ_AHEAD_BYTES) await (this.#room = Promise.withResolvers<void>()).promise;
      }
    } catch (error) {
      if (!this.#hasEnded) this.#failure = toNetworkError(this.#timers.explain(error));
    }
    this.#end();
  }

  #takeQueue(): Uint8Array | undefined {
    const [first, ...others] = this.#queue;
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#room?.resolve();
    return first === undefined || others.length === 0 ? first : Buffer.concat([first, ...others]);
  }

  #tellReader(): void {
    this.#news?.resolve();
    this.#news = undefined;
  }

  #end(): void {
    this.#hasEnded = true;
    this.#timers.stop();
    this.#tellReader();
    this.#room?.resolve();
  }
}

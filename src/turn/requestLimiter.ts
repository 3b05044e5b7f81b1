import PQueue from "p-queue";
import { WaybillError } from "../core/errors/waybillError.ts";

/** How many requests one gateway may get from this window. */
export interface RequestLimits {
  /** At the same time. */
  readonly concurrent: number;
  /** Started within any one minute; `undefined` for no limit. */
  readonly perMinute: number | undefined;
}

interface LimiterOptions extends RequestLimits {
  /** What counts as a minute. */
  readonly periodMs?: number;
}

/**
 * Lets requests to one gateway pass in the order they came, so many at a time and so many a minute. The minute slides:
 * no minute ever has more starts than allowed. A timer runs only while somebody waits for the minute to pass.
 */
export class RequestLimiter {
  readonly #queue: PQueue;

  constructor({ concurrent, perMinute, periodMs = 60_000 }: LimiterOptions) {
    // Only a strict queue slides; it needs no timer of its own, while the other kind has one for as long as anything runs.
    const rate = perMinute === undefined ? {} : { intervalCap: perMinute, interval: periodMs, strict: true };
    this.#queue = new PQueue({ concurrency: concurrent, ...rate });
  }

  /** How many are waiting for a place. */
  get waiting(): number {
    return this.#queue.size;
  }

  /**
   * Waits for a place; resolves to a function that gives it back and may be called again. Rejects with `aborted` when the
   * signal aborts before that; the place in the queue is then gone.
   */
  async admit(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) throw stopped(signal);
    // Not the caller's own signal: the queue would give the place away with an abort, while the request is still ending.
    const wait = new AbortController();
    const onAbort = () => wait.abort();
    signal.addEventListener("abort", onAbort, { once: true });
    const admitted = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const hold = () => {
      admitted.resolve();
      return released.promise;
    };
    this.#queue.add(hold, { signal: wait.signal }).catch(() => admitted.reject(stopped(signal)));
    try {
      await admitted.promise;
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
    return released.resolve;
  }
}

function stopped({ reason }: AbortSignal): WaybillError {
  return new WaybillError("aborted", "Stopped", { cause: reason, isUncharged: true });
}

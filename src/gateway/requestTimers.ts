import { WaybillError } from "../core/errors/waybillError.ts";
import { bareCause } from "./bareCause.ts";

/** All in milliseconds. Neither comments nor slow reasoning may run into them, so they are generous. */
export interface RequestTimeouts {
  /** From sending until the response's head. */
  readonly headMs: number;
  /** Between two reads of the body; keep-alive comments count as reads. */
  readonly idleMs: number;
  /** From sending until the last byte. Without it only `headMs` and `idleMs` hold. */
  readonly totalMs?: number;
}

export const DEFAULT_TIMEOUTS: Required<RequestTimeouts> = { headMs: 120_000, idleMs: 120_000, totalMs: 3_600_000 };

/**
 * A signal that follows the caller's and aborts by itself when nothing arrives for too long, or the whole takes too
 * long. The transport's own timers cannot be relied on: VS Code's patched `fetch` drops them. Nor does `guard` rely on
 * the transport to heed the signal.
 */
export class RequestTimers {
  readonly #controller = new AbortController();
  readonly #callerSignal: AbortSignal;
  readonly #onCallerAbort = () => this.abort();
  /** Running while something is waited for. */
  #timer: NodeJS.Timeout | undefined;
  #totalTimer: NodeJS.Timeout | undefined;
  /** Tells a time-out from the caller's own abort. */
  #timeoutReason: string | undefined;
  /** Ends the wait under way; one at a time, so that a long answer does not pile up listeners. */
  #endWait: ((error: unknown) => void) | undefined;

  constructor(callerSignal: AbortSignal, totalMs?: number) {
    this.#callerSignal = callerSignal;
    if (callerSignal.aborted) this.abort();
    else callerSignal.addEventListener("abort", this.#onCallerAbort, { once: true });
    if (totalMs !== undefined) this.#totalTimer = this.#startTimer(totalMs, "The answer took too long");
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Waits for something for at most this long, and not after an abort. Rejections are for `explain`. */
  async guard<Value>(work: Promise<Value>, timeoutMs: number): Promise<Value> {
    const { promise, resolve, reject } = Promise.withResolvers<Value>();
    this.#endWait = reject;
    this.#timer = this.#startTimer(timeoutMs, "Nothing arrived in time");
    if (this.signal.aborted) reject(this.signal.reason);
    work.then(resolve, reject);
    try {
      return await promise;
    } finally {
      clearTimeout(this.#timer);
      this.#endWait = undefined;
    }
  }

  /** Lets go of the request; without effect once it has ended. */
  abort(): void {
    this.#controller.abort();
    this.#endWait?.(this.signal.reason);
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#totalTimer);
    this.#callerSignal.removeEventListener("abort", this.#onCallerAbort);
  }

  /** Names the abort's true reason; other errors pass unchanged. */
  explain(error: unknown): unknown {
    if (this.#callerSignal.aborted) return new WaybillError("aborted", "Stopped", { cause: bareCause(error) });
    if (this.#timeoutReason === undefined) return error;
    return new WaybillError("timeout", this.#timeoutReason, { cause: bareCause(error), isRetryable: true });
  }

  #startTimer(timeoutMs: number, reason: string): NodeJS.Timeout {
    return setTimeout(() => {
      this.#timeoutReason ??= reason;
      this.abort();
    }, timeoutMs);
  }
}

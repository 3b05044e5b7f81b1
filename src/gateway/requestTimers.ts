import { WaybillError, isAborted } from "../core/errors/waybillError.ts";

/** All in milliseconds. Neither comments nor slow reasoning may run into them, so they are generous. */
export interface RequestTimeouts {
  /** From sending until the response's head. */
  readonly headMs: number;
  /** Between two reads of the body. */
  readonly idleMs: number;
}

export const DEFAULT_TIMEOUTS: RequestTimeouts = { headMs: 120_000, idleMs: 120_000 };

/**
 * A signal that follows the caller's and aborts by itself when nothing arrives for too long. The transport's own timers
 * cannot be relied on: VS Code's patched `fetch` drops them.
 */
export class RequestTimers {
  readonly #controller = new AbortController();
  readonly #callerSignal: AbortSignal;
  readonly #onCallerAbort = () => this.#controller.abort();
  /** Running while something is waited for. */
  #timer: NodeJS.Timeout | undefined;
  /** Tells a time-out from the caller's own abort. */
  #timedOut = false;

  constructor(callerSignal: AbortSignal) {
    this.#callerSignal = callerSignal;
    if (callerSignal.aborted) this.#controller.abort();
    else callerSignal.addEventListener("abort", this.#onCallerAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Waits at most this long for the next `restart` or `stop`. */
  restart(timeoutMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timedOut = true;
      this.#controller.abort();
    }, timeoutMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#callerSignal.removeEventListener("abort", this.#onCallerAbort);
  }

  /** Names the abort's true reason; other errors pass unchanged. */
  explain(error: unknown): unknown {
    if (this.#callerSignal.aborted) return new WaybillError("aborted", "Stopped", { cause: error });
    if (this.#timedOut && isAborted(error))
      return new WaybillError("timeout", "Nothing arrived in time", { cause: error });
    return error;
  }
}

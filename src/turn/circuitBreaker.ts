const FAILURES_TO_OPEN = 3;
/** The failures must come this close together. */
const WINDOW_MS = 2 * 60_000;
const FIRST_OPEN_MS = 60_000;
const LONGEST_OPEN_MS = 10 * 60_000;
/** A probe that nobody reports back on, such as one that was stopped, keeps others away for this long. */
const PROBE_MS = 60_000;
/** After this long without news a name starts afresh. */
const FORGET_AFTER_MS = 30 * 60_000;
/** More model ids and providers than a day of work meets; beyond it the one without news for longest is forgotten. */
const MAX_NAMES = 256;

/** What is known of a name that failed; one that works has none. */
interface FailureRecord {
  /** The failures in a row that are not too far apart, until there are enough. */
  readonly failuresAtMs: readonly number[];
  /** Nobody is let through before; also moved ahead by whoever takes the probe. */
  readonly openUntilMs: number;
  /** How long it was last opened for; 0 if it never was. */
  readonly openForMs: number;
  readonly isProbing: boolean;
  readonly lastNewsAtMs: number;
}

const NO_FAILURES: FailureRecord = {
  failuresAtMs: [],
  openUntilMs: Number.NEGATIVE_INFINITY,
  openForMs: 0,
  isProbing: false,
  lastNewsAtMs: 0,
};

/**
 * Keeps requests away from what keeps failing, by model id or provider. Three failures in a row within two minutes open it
 * for one minute. Then it is half open: `isOpen` is false until somebody takes the one probe; while that is out, `isOpen`
 * is true for the others. If the probe fails, it opens for twice as long as the last time, up to ten minutes; a success
 * closes it and forgets everything. All times are epoch milliseconds and passed in.
 */
export class CircuitBreaker {
  /** In the order of the last news, oldest first. */
  readonly #records = new Map<string, FailureRecord>();

  /** A failure of a request that was sent before it opened changes nothing. */
  noteFailure(name: string, nowMs: number): void {
    const known = this.#find(name, nowMs);
    if (isOpenAt(known, nowMs) && !known.isProbing) return;
    const failuresAtMs = [...known.failuresAtMs.filter((atMs) => nowMs - atMs < WINDOW_MS), nowMs];
    const opens = known.openForMs > 0 || failuresAtMs.length >= FAILURES_TO_OPEN;
    const openForMs = opens ? nextOpenMs(known.openForMs) : 0;
    this.#keep(name, {
      failuresAtMs: opens ? [] : failuresAtMs,
      openUntilMs: opens ? nowMs + openForMs : known.openUntilMs,
      openForMs,
      isProbing: false,
      lastNewsAtMs: nowMs,
    });
  }

  noteSuccess(name: string): void {
    this.#records.delete(name);
  }

  /** Whether requests should go elsewhere. */
  isOpen(name: string, nowMs: number): boolean {
    return isOpenAt(this.#find(name, nowMs), nowMs);
  }

  /** When to ask again; `undefined` when it is not open. */
  openUntilMs(name: string, nowMs: number): number | undefined {
    const known = this.#find(name, nowMs);
    return isOpenAt(known, nowMs) ? known.openUntilMs : undefined;
  }

  /**
   * To be called right before sending: `false` when it is open, as `isOpen` tells. Whoever gets `true` from a half-open one
   * has its probe and reports what came of it; without a report the next probe is let through after a minute.
   */
  take(name: string, nowMs: number): boolean {
    const known = this.#find(name, nowMs);
    if (isOpenAt(known, nowMs)) return false;
    if (known.openForMs > 0) {
      this.#keep(name, { ...known, openUntilMs: nowMs + PROBE_MS, isProbing: true, lastNewsAtMs: nowMs });
    }
    return true;
  }

  /** Neither an old record counts nor one from the future, as there is after a clock was set back. */
  #find(name: string, nowMs: number): FailureRecord {
    const known = this.#records.get(name);
    if (known === undefined) return NO_FAILURES;
    return Math.abs(nowMs - known.lastNewsAtMs) < FORGET_AFTER_MS ? known : NO_FAILURES;
  }

  #keep(name: string, record: FailureRecord): void {
    this.#records.delete(name);
    this.#records.set(name, record);
    const [oldest] = this.#records.keys();
    if (oldest !== undefined && this.#records.size > MAX_NAMES) this.#records.delete(oldest);
  }
}

function isOpenAt({ openUntilMs }: FailureRecord, nowMs: number): boolean {
  return nowMs < openUntilMs;
}

function nextOpenMs(lastMs: number): number {
  return lastMs === 0 ? FIRST_OPEN_MS : Math.min(lastMs * 2, LONGEST_OPEN_MS);
}

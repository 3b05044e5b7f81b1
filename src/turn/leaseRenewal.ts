const RENEWAL_PERIOD_MS = 60_000;

/** Tells the ledger that the window is alive: with the first read, which brings the generation id, then once a minute. */
export class LeaseRenewal {
  /** The renewals under way; a failed one is no reason to end an answer, the lease is long. */
  finished: Promise<void> = Promise.resolve();
  readonly #renew: (nowMs: number) => Promise<void>;
  /** Far in the past, so that the first read renews. */
  #renewedAtMs = Number.NEGATIVE_INFINITY;

  constructor(renew: (nowMs: number) => Promise<void>) {
    this.#renew = renew;
  }

  renewIfDue(nowMs: number): void {
    if (nowMs - this.#renewedAtMs < RENEWAL_PERIOD_MS) return;
    this.#renewedAtMs = nowMs;
    this.finished = Promise.allSettled([this.finished, this.#renew(nowMs)]).then(() => undefined);
  }
}

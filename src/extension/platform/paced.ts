/** Does something after it was asked for, never twice at a time and not more often than once a period. */
export class Paced {
  readonly #work: () => Promise<void>;
  readonly #periodMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isWorking = false;
  /** Asked for again while it was at work. */
  #isWanted = false;
  #isDisposed = false;

  /** `work` must not reject. */
  constructor(work: () => Promise<void>, periodMs: number) {
    this.#work = work;
    this.#periodMs = periodMs;
  }

  ask(): void {
    this.#isWanted = true;
    if (this.#isWorking || this.#isDisposed || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => void this.#run(), this.#periodMs);
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    this.#isWanted = false;
  }

  async #run(): Promise<void> {
    this.#timer = undefined;
    this.#isWanted = false;
    this.#isWorking = true;
    await this.#work();
    this.#isWorking = false;
    if (this.#isWanted) this.ask();
  }
}

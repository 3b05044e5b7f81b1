/** Tells the host what stands in the composer: soon after the last key, and at once when asked to. */
export class DraftSender {
  readonly #send: (text: string) => void;
  readonly #delayMs: number;
  /** Text the host has not been told yet. */
  #unsent: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (text: string) => void, delayMs = 200) {
    this.#send = send;
    this.#delayMs = delayMs;
  }

  typed(text: string): void {
    this.#unsent = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), this.#delayMs);
  }

  /** The host has told what it knows: what was still to be told is of another chat, or known. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#unsent = undefined;
  }

  /** Sends what is still waiting; to be called when the view may be about to vanish. */
  flush(): void {
    clearTimeout(this.#timer);
    const text = this.#unsent;
    this.#unsent = undefined;
    if (text !== undefined) this.#send(text);
  }
}

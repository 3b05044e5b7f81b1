import type { ToChatView } from "../../protocol/chatMessages.ts";

/** What to do with a message of the host. `resync`: a delta was lost, ask for a new snapshot. */
type Verdict = "apply" | "drop" | "resync";

/** Lets each delta through once and in order. After a gap it asks once and drops everything up to the next snapshot. */
export class SequenceGate {
  /** Number of the last message let through; `undefined` while a snapshot is awaited. */
  #last: number | undefined;

  judge(message: ToChatView): Verdict {
    switch (message.type) {
      case "focus-composer":
      case "focus-back":
        return "apply";
      case "snapshot":
        this.#last = message.sequence;
        return "apply";
      case "delta":
        return this.#judgeDelta(message.sequence);
    }
  }

  /** Forgets the state, so that only a snapshot is let through next. */
  expectSnapshot(): void {
    this.#last = undefined;
  }

  #judgeDelta(sequence: number): Verdict {
    if (this.#last === undefined || sequence <= this.#last) return "drop";
    if (sequence === this.#last + 1) {
      this.#last = sequence;
      return "apply";
    }
    this.#last = undefined;
    return "resync";
  }
}

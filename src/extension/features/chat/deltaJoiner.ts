import type { ChatChange } from "../../../protocol/chatMessages.ts";

type TextChange = Extract<ChatChange, { kind: "text-appended" | "reasoning-appended" }>;

/**
 * Text that comes sixteen times a second reads as if it flowed. Each time the lines above move up and are drawn anew, which is most of
 * what a fast answer costs (docs/performance.md); once a frame it would be three times as much or more.
 */
export const JOIN_MS = 60;

/**
 * Hands changes on in their order. The first piece of a text goes at once; what follows it soon is joined, so that a
 * fast answer costs a few messages a second and not one a token.
 */
export class DeltaJoiner {
  readonly #send: (change: ChatChange) => void;
  readonly #joinMs: number;
  #waiting: TextChange | undefined;
  /** Runs while pieces come. */
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (change: ChatChange) => void, joinMs = JOIN_MS) {
    this.#send = send;
    this.#joinMs = joinMs;
  }

  take(change: ChatChange): void {
    if (change.kind !== "text-appended" && change.kind !== "reasoning-appended") {
      this.flush();
      return this.#send(change);
    }
    const waiting = this.#waiting;
    if (waiting?.kind === change.kind && waiting.messageId === change.messageId) {
      this.#waiting = { ...waiting, text: waiting.text + change.text };
      return;
    }
    this.flush();
    if (this.#timer === undefined) {
      this.#send(change);
      this.#wait();
    } else this.#waiting = change;
  }

  /** Hands on what waits; to be called before everything is told anew. */
  flush(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting !== undefined) this.#send(waiting);
  }

  #wait(): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#waiting === undefined) return;
      this.flush();
      this.#wait();
    }, this.#joinMs);
  }
}

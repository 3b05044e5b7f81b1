import type { FromAnswer } from "../../protocol/answerMessages.ts";

type TellFound = (found: readonly string[]) => void;

/** A finished piece of an answer wants to know which of these texts are files of the workspace. */
export class PathsWantedEvent extends Event {
  static readonly type = "paths-wanted";
  readonly messageId: string;
  readonly candidates: readonly string[];
  /** Called at most once. */
  readonly tell: TellFound;

  constructor({ messageId, candidates, tell }: Pick<PathsWantedEvent, "messageId" | "candidates" | "tell">) {
    super(PathsWantedEvent.type, { bubbles: true, composed: true });
    this.messageId = messageId;
    this.candidates = candidates;
    this.tell = tell;
  }
}

/** Requests that may wait for an answer; an older one is given up, and its texts stay plain. */
const MAX_WAITING = 200;

/** Sends what answers want to know of paths, and tells each what the host found. */
export class PathRequests {
  readonly #send: (message: FromAnswer) => void;
  readonly #waiting = new Map<number, TellFound>();
  #lastId = 0;

  constructor(send: (message: FromAnswer) => void) {
    this.#send = send;
  }

  readonly ask = (event: Event): void => {
    if (!(event instanceof PathsWantedEvent)) return;
    this.#lastId += 1;
    const requestId = this.#lastId;
    this.#waiting.set(requestId, event.tell);
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size > MAX_WAITING && oldest !== undefined) this.#waiting.delete(oldest);
    this.#send({
      type: "resolve-paths",
      requestId,
      messageId: event.messageId,
      candidates: [...event.candidates],
    });
  };

  settle(requestId: number, found: readonly string[]): void {
    this.#waiting.get(requestId)?.(found);
    this.#waiting.delete(requestId);
  }
}

import type { FromAnswer } from "../../protocol/answerMessages.ts";
import type { FoundNames } from "./markdown/nameLinks.ts";

type TellFound = (found: FoundNames) => void;

/** A finished piece of an answer wants to know which of these texts are files or symbols of the workspace. */
export class NamesWantedEvent extends Event {
  static readonly type = "names-wanted";
  readonly messageId: string;
  readonly candidates: readonly string[];
  /** Called at most once. */
  readonly tell: TellFound;

  constructor({ messageId, candidates, tell }: Pick<NamesWantedEvent, "messageId" | "candidates" | "tell">) {
    super(NamesWantedEvent.type, { bubbles: true, composed: true });
    this.messageId = messageId;
    this.candidates = candidates;
    this.tell = tell;
  }
}

/** Requests that may wait for an answer; an older one is given up, and its texts stay plain. */
const MAX_WAITING = 200;

/** Sends what answers want to know of names, and tells each what the host found. */
export class NameRequests {
  readonly #send: (message: FromAnswer) => void;
  readonly #waiting = new Map<number, TellFound>();
  #lastId = 0;

  constructor(send: (message: FromAnswer) => void) {
    this.#send = send;
  }

  readonly ask = (event: Event): void => {
    if (!(event instanceof NamesWantedEvent)) return;
    this.#lastId += 1;
    const requestId = this.#lastId;
    this.#waiting.set(requestId, event.tell);
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size > MAX_WAITING && oldest !== undefined) this.#waiting.delete(oldest);
    this.#send({
      type: "resolve-names",
      requestId,
      messageId: event.messageId,
      candidates: [...event.candidates],
    });
  };

  settle(requestId: number, found: FoundNames): void {
    this.#waiting.get(requestId)?.(found);
    this.#waiting.delete(requestId);
  }
}

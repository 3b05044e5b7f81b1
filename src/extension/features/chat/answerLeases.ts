import type { MessageView } from "../../../protocol/chatMessages.ts";

/** A window that says nothing for so long is taken for gone, if its process has not ended before; a busy one is quiet for seconds. */
const LEASE_MS = 60_000;
const RENEW_PERIOD_MS = 5_000;

/** Says to other windows, as long as this one writes answers, that it does: its timer runs only then. */
export class AnswerLeases {
  readonly #renew: (untilMs: number) => void;
  readonly #underWay = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(renew: (untilMs: number) => void) {
    this.#renew = renew;
  }

  /** A message is saved. Answers until when this window will go on writing it; `undefined` where it is over. */
  note(message: MessageView): { readonly writtenUntilMs: number } | undefined {
    if (isUnderWay(message)) this.#underWay.add(message.id);
    else this.#underWay.delete(message.id);
    this.#keepTime();
    return isUnderWay(message) ? { writtenUntilMs: Date.now() + LEASE_MS } : undefined;
  }

  noteRemoved(ids: readonly string[]): void {
    for (const id of ids) this.#underWay.delete(id);
    this.#keepTime();
  }

  dispose(): void {
    this.#underWay.clear();
    this.#keepTime();
  }

  #keepTime(): void {
    if (this.#underWay.size > 0) {
      this.#timer ??= setInterval(() => this.#renew(Date.now() + LEASE_MS), RENEW_PERIOD_MS);
      return;
    }
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

function isUnderWay(message: MessageView): boolean {
  return message.role === "assistant" && (message.state === "waiting" || message.state === "streaming");
}

import type { ChatEvent } from "./chatEvent.ts";

export type TextEventType = "text-delta" | "reasoning-delta" | "refusal-delta";

/** Collects the events of one read, adjacent text of a kind as one event. */
export class EventBatch {
  #events: ChatEvent[] = [];
  /** Text not yet among the events, and its kind. */
  #text = "";
  #textType: TextEventType = "text-delta";

  addText(type: TextEventType, text: string | null | undefined): void {
    if (text === undefined || text === null || text === "") return;
    if (type !== this.#textType) {
      this.#closeText();
      this.#textType = type;
    }
    this.#text += text;
  }

  add(event: ChatEvent): void {
    this.#closeText();
    this.#events.push(event);
  }

  /** Hands over what was collected and starts anew. */
  take(): readonly ChatEvent[] {
    this.#closeText();
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #closeText(): void {
    if (this.#text === "") return;
    this.#events.push({ type: this.#textType, text: this.#text });
    this.#text = "";
  }
}

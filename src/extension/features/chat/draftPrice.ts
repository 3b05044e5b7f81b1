import type { BudgetLeave } from "../../platform/passBudget.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { SendAnswer } from "../../../protocol/chatMessages.ts";
import type { RoutingOrder } from "../../platform/engine.ts";
import type { ComposerPrice, ComposerPricePorts } from "./composerPrice.ts";

/** The price beside Send, loaded with the first draft: most windows never hold one. */
export class DraftPrice {
  readonly #services: ExtensionServices;
  readonly #ports: Pick<ComposerPricePorts, "draftOrder" | "emit">;
  #price: Promise<ComposerPrice> | undefined;

  constructor(services: ExtensionServices, ports: Pick<ComposerPricePorts, "draftOrder" | "emit">) {
    this.#services = services;
    this.#ports = ports;
  }

  /** The draft has changed, or what it would cost. */
  noteDraft(draft: string): void {
    this.#note(draft, (price) => price.noteDraft());
  }

  /** The view was told everything anew, and a price is no part of that. */
  noteSnapshot(draft: string): void {
    this.#note(draft, (price) => price.noteSnapshot());
  }

  /** What is priced already costs something else, for instance since money was spent. */
  noteChange(): void {
    void this.#price?.then((price) => price.noteDraft());
  }

  /** What a question may do that is to be sent; `undefined` when the person is asked first. */
  async leaveToSend(order: () => RoutingOrder, answer: SendAnswer | undefined): Promise<BudgetLeave | undefined> {
    if (this.#services.settings().askAbove === undefined) return {};
    return (await this.#load()).leaveToSend(order(), answer);
  }

  #note(draft: string, note: (price: ComposerPrice) => void): void {
    if (this.#price !== undefined || draft.trim() !== "") void this.#load().then(note);
  }

  #load(): Promise<ComposerPrice> {
    this.#price ??= import("../../priceParts.ts").then(({ createComposerPrice }) =>
      createComposerPrice(this.#services, this.#ports),
    );
    return this.#price;
  }
}

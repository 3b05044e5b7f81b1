import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { ChatSession } from "./chatSession.ts";

/** Gives chats their titles after the first answer, where the person wants that. */
export class ChatTitles {
  readonly #services: Pick<ExtensionServices, "settings" | "log">;
  /** Chats that a title is asked for. */
  readonly #titling = new Set<string>();

  constructor(services: Pick<ExtensionServices, "settings" | "log">) {
    this.#services = services;
  }

  /** Never rejects. */
  async give(session: ChatSession | undefined, answerId: string): Promise<void> {
    const { settings, log } = this.#services;
    if (session === undefined || session.titleSource !== "none" || session.messages.length !== 2) return;
    const { chatId } = session;
    if (!settings().autoTitle || this.#titling.has(chatId)) return;
    this.#titling.add(chatId);
    try {
      const { giveTitle } = await import("../../chatActionParts.ts");
      await giveTitle(session, answerId);
    } catch (error) {
      log.error("chat-title-not-given", error);
    } finally {
      this.#titling.delete(chatId);
    }
  }
}

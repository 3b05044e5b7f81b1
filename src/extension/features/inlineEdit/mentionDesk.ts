import type { CodeContext } from "../../../core/conversation/conversationMessage.ts";
import type { MentionItemView } from "../../../protocol/composerMessages.ts";
import type { MentionSource } from "../chat/mentions/mentionSource.ts";

/** What can be mentioned in an instruction. The code that finds it is loaded with the first `@`. */
export class MentionDesk {
  #source: Promise<MentionSource> | undefined;

  async complete(query: string): Promise<readonly MentionItemView[]> {
    return (await this.#load()).complete(query);
  }

  /** `undefined` for what cannot be sent along. */
  async read(id: string): Promise<readonly CodeContext[] | undefined> {
    const item = await (await this.#load()).read(id);
    if (item === undefined || !("parts" in item)) return undefined;
    const { label, languageId, diagnostics, kind, parts } = item;
    return [{ kind, label, languageId, text: parts.join(""), diagnostics }];
  }

  #load(): Promise<MentionSource> {
    this.#source ??= import("../../contextParts.ts").then(({ MentionSource }) => new MentionSource());
    return this.#source;
  }
}

import type { CodeContext } from "../../../core/conversation/conversationMessage.ts";
import type { AttachmentView } from "../../../protocol/composerMessages.ts";
import { attachmentOf } from "./attachmentOf.ts";
import { selectedCode } from "./selectionContext.ts";

/** The code that goes along with the next question: what is selected in the editor. */
export class PendingCode {
  /** The code that was sent already or taken off the question; it stays off until something else is selected. */
  #dismissed: string | undefined;
  /** What the view was last told, to tell it only what changed. */
  #told = "";

  current(): readonly CodeContext[] {
    const code = selectedCode();
    return code === undefined || identify(code) === this.#dismissed ? [] : [code];
  }

  /** Hands the code over with a question; it is part of the conversation then. */
  take(): readonly CodeContext[] {
    const code = this.current();
    const [first] = code;
    if (first !== undefined) this.#dismissed = identify(first);
    return code;
  }

  remove(id: string): void {
    const removed = this.current().find((code) => attachmentOf(code).id === id);
    if (removed !== undefined) this.#dismissed = identify(removed);
  }

  /** For a snapshot, which tells everything. */
  tell(): readonly AttachmentView[] {
    const code = this.current();
    this.#told = code.map(identify).join("\n");
    return code.map(attachmentOf);
  }

  /** `undefined` when the view knows already. */
  tellChange(): readonly AttachmentView[] | undefined {
    const told = this.#told;
    const attachments = this.tell();
    return this.#told === told ? undefined : attachments;
  }
}

function identify({ label, text }: CodeContext): string {
  return `${label} ${text}`;
}

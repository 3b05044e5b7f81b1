import type { CodeContext } from "../../../core/conversation/conversationMessage.ts";
import type { AttachmentView } from "../../../protocol/composerMessages.ts";

/** Code that goes along with a question, as the view shows it. */
export function attachmentOf({ id, kind, label, languageId, text, note }: CodeContext): AttachmentView {
  const view = { id: id ?? label, kind: kind ?? "selection", label, languageId, text };
  return note === undefined ? view : { ...view, note };
}

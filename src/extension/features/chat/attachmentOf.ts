import type { CodeContext } from "../../../core/conversation/conversationMessage.ts";
import type { AttachmentView } from "../../../protocol/composerMessages.ts";

/** Code that goes along with a question, as the view shows it. */
export function attachmentOf({ label, languageId, text }: CodeContext): AttachmentView {
  return { id: label, kind: "selection", label, languageId, text };
}

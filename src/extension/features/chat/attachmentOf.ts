import type { CodeContext } from "../../../core/conversation/conversationMessage.ts";
import type { AttachmentView } from "../../../protocol/composerMessages.ts";

/** Code that goes along with a question, as the view shows it. */
export function attachmentOf({ id, kind, label, languageId, text, note, image }: CodeContext): AttachmentView {
  const view = { id: id ?? label, kind: kind ?? "selection", label, languageId, text };
  return { ...view, ...(note === undefined ? {} : { note }), ...(image === undefined ? {} : { image }) };
}

/** The view names pictures and does not show them, so it is not told what they hold. */
export function withoutPicture({ image: _image, ...shown }: AttachmentView): AttachmentView {
  return shown;
}

import type { FromComposer } from "../../../protocol/composerMessages.ts";
import type { ContextDesk } from "./mentions/contextDesk.ts";

/** What the composer says about what goes along with the next question. */
export type ContextMessage = Extract<
  FromComposer,
  {
    type:
      | "complete-mention"
      | "add-mention"
      | "drop-files"
      | "paste-image"
      | "remove-attachment"
      | "preview-attachment";
  }
>;

export async function answerComposer(desk: ContextDesk, message: ContextMessage): Promise<void> {
  switch (message.type) {
    case "complete-mention":
      return desk.complete(message.requestId, message.query);
    case "add-mention":
      return desk.addMention(message.id);
    case "drop-files":
      return desk.addDropped(message.uris);
    case "paste-image":
      return desk.addImage(message.name, message.base64);
    case "remove-attachment":
      return desk.remove(message.id);
    case "preview-attachment":
      return desk.show(message.id);
  }
}

import type { ContextItem } from "../../../../core/context/contextItem.ts";
import type { CodeContext } from "../../../../core/conversation/conversationMessage.ts";
import type { AttachmentKind } from "../../../../protocol/composerMessages.ts";

/** Something that will go along with the next question, whole. */
export interface PendingItem extends ContextItem, Omit<CodeContext, "kind" | "text"> {
  /** The same thing mentioned twice has the same. */
  readonly id: string;
  readonly kind: AttachmentKind;
  /** What the person has to know of it, whatever fits, for instance that files of a folder were left out. */
  readonly remark?: string;
}

/** Something that cannot be attached, and why, in a sentence. */
export interface NotAttached {
  readonly notice: string;
}

export function isAttached(item: PendingItem | NotAttached): item is PendingItem {
  return "parts" in item;
}

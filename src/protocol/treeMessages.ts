/** What the chat view and the extension host tell each other of a chat as a tree. Joined into `chatMessages.ts`. */

import type { SiblingPlace } from "../core/chat/chatTree.ts";
import type { MessageView } from "./chatMessages.ts";

/** What every message says of its place in the tree. */
export interface PlaceInTree {
  /** The message that it follows; absent for a first one. */
  readonly parentId?: string;
  /** Which of several versions it is; absent where it is the only one. */
  readonly siblings?: SiblingPlace;
}

/** The tree's part of the chat's state. */
export interface TreeFields {
  /** Absent until somebody or something gave the chat one. */
  readonly title?: string;
}

export type TreeChange =
  /** Another branch is shown: the first `keep` messages stay, and these follow. */
  | { readonly kind: "path-changed"; readonly keep: number; readonly messages: readonly MessageView[] }
  | { readonly kind: "title-changed"; readonly title?: string }
  /** A question that waited will not be asked by itself; it stands before what is in the composer. */
  | { readonly kind: "draft-returned"; readonly text: string };

export type FromTree =
  /** Asks the question anew with another text; the old one stays beside it. */
  | { readonly type: "edit-question"; readonly messageId: string; readonly text: string }
  /** Asks for another answer to the same question. */
  | { readonly type: "regenerate"; readonly messageId: string; readonly how: "same" | "choose" }
  | { readonly type: "show-sibling"; readonly messageId: string; readonly offset: -1 | 1 }
  /** With what follows it. */
  | { readonly type: "delete-message"; readonly messageId: string }
  | { readonly type: "rename-chat" }
  | { readonly type: "show-chats" };

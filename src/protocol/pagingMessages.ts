/** How a long chat comes into its view page by page. Joined into `chatMessages.ts`. */

import type { MessageView } from "./chatMessages.ts";

/** So many of the newest messages of a branch come with a snapshot, and at least so many with each wish for more. */
export const PAGE_LENGTH = 50;

/** So many messages come at once at most. */
export const MAX_PAGE_LENGTH = 500;

/** What stands before the messages that the view holds. The newest one is always among those. */
export interface PagingFields {
  /** How many messages of the branch come before them; absent for none. */
  readonly earlier?: number;
  /** The text of the first question, where that is one of the earlier messages. */
  readonly firstQuestion?: string;
}

/** `messages` come right before `beforeId`, and `earlier` before them. A view whose first message is another one drops it. */
export interface PagingChange {
  readonly kind: "earlier-added";
  readonly beforeId: string;
  readonly messages: readonly MessageView[];
  readonly earlier: number;
}

/** Asks for so many messages right before this one. */
export interface FromPaging {
  readonly type: "load-earlier";
  readonly beforeId: string;
  readonly count: number;
}

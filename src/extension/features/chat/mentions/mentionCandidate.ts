import type { MentionItemView } from "../../../../protocol/composerMessages.ts";
import type { NotAttached, PendingItem } from "./pendingItem.ts";

/** Something that can be mentioned. */
export interface MentionCandidate extends MentionItemView {
  /** Reads it when it is chosen. */
  readonly read: () => Promise<PendingItem | NotAttached>;
}

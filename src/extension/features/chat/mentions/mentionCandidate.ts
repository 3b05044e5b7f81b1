import type { Uri } from "vscode";
import type { MentionItemView } from "../../../../protocol/composerMessages.ts";
import type { NotAttached, PendingItem } from "./pendingItem.ts";

/** Something that can be mentioned. */
export interface MentionCandidate extends MentionItemView {
  /** The file or folder that it is of, where it is of one. */
  readonly uri?: Uri;
  /** Reads it when it is chosen. */
  readonly read: () => Promise<PendingItem | NotAttached>;
}

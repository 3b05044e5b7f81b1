import type { ChatViewState } from "../../../protocol/chatMessages.ts";
import { type FromPaging, PAGE_LENGTH } from "../../../protocol/pagingMessages.ts";
import type { ChatSession } from "./chatSession.ts";
import type { ShownTree } from "./shownTree.ts";

/** The end of the shown branch, which a view begins with. */
export function lastPage(tree: ShownTree): Pick<ChatViewState, "messages" | "earlier" | "firstQuestion"> {
  const earlier = Math.max(0, tree.length - PAGE_LENGTH);
  const messages = tree.viewOf(earlier);
  if (earlier === 0) return { messages };
  const first = tree.path.find(({ role }) => role === "user");
  return { messages, earlier, ...(first === undefined ? {} : { firstQuestion: first.text }) };
}

/** Tells the view what comes before a message of the shown branch; nothing where the view meant another branch. */
export function loadEarlier({ tree, ports }: ChatSession, { beforeId, count }: FromPaging): void {
  const end = tree.placeOf(beforeId);
  if (end <= 0) return;
  const earlier = Math.max(0, end - count);
  ports.emit({ kind: "earlier-added", beforeId, messages: tree.viewOf(earlier, end), earlier });
}

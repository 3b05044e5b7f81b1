import { sourcesMarkdown } from "../../../core/conversation/answerSources.ts";
import type { FromChatView } from "../../../protocol/chatMessages.ts";
import type { ShownTree } from "./shownTree.ts";

/** What goes into the clipboard: a whole answer takes its sources along. */
export function copiedText(
  { text, messageId = "" }: Extract<FromChatView, { type: "copy-text" }>,
  tree: Pick<ShownTree, "answer">,
): string {
  const answer = tree.answer(messageId);
  const sources = answer?.sources ?? [];
  return sources.length === 0 || answer?.text !== text ? text : `${text}\n\n${sourcesMarkdown(sources)}\n`;
}

import { isCertain } from "../../../core/waybill/costSource.ts";
import type { StoredChat } from "../../../store/chatStore.ts";
import { workspaceKey } from "../../platform/workspaceKey.ts";
import { treeOfStored } from "./chatRecords.ts";
import type { ChatSession } from "./chatSession.ts";
import type { ChatContent } from "./sessionPorts.ts";
import { readChoice } from "./storedChoice.ts";

/** A chat of this workspace in which nothing was said. */
export function emptyChat(): ChatContent {
  const chatId = crypto.randomUUID();
  const nothing = { messages: [], title: "", titleSource: "none", draft: "", choice: undefined } as const;
  return { chatId, workspace: workspaceKey(), ...nothing };
}

/** A chat as it goes on here, wherever it was begun. */
export function storedContent(stored: StoredChat): ChatContent {
  const { id, tipId, title, titleSource, draft, choice, messages } = stored;
  const content = { messages: treeOfStored(messages, Date.now()), tipId, title, titleSource, draft };
  return { ...content, chatId: id, workspace: workspaceKey(), choice: readChoice(choice) };
}

/** What one of its answers cost may have been found out since it was shown. */
export function isUncertain({ tree }: Pick<ChatSession, "tree">): boolean {
  return tree.answers().some(({ waybill }) => waybill !== undefined && !isCertain(waybill.costSource));
}

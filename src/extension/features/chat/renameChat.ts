import { window } from "vscode";
import { titleFrom } from "../../../core/chat/titleText.ts";
import type { ChatSession } from "./chatSession.ts";

/** Asks for the title of a chat. */
export async function renameChat(session: ChatSession): Promise<void> {
  const title = await window.showInputBox({
    title: "Waybill: Rename Chat",
    value: session.title,
    validateInput: (text) => (titleFrom(text) === "" ? "A title has at least one letter." : undefined),
  });
  if (title !== undefined) session.rename(titleFrom(title), "person");
}

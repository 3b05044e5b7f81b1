import { commands, window } from "vscode";
import type { MessageView } from "../../../protocol/chatMessages.ts";
import type { ChatCommand } from "../../../protocol/composerMessages.ts";
import { COMMANDS } from "../../platform/contributions.ts";
import { showRouteOf } from "./showRouteOf.ts";

/** What the commands need of the chat that is shown. */
export interface SlashChat {
  /** Lets a box have the keyboard until it is closed. */
  readonly lend: (work: () => PromiseLike<void>) => Promise<void>;
  readonly messages: readonly MessageView[];
  readonly newChat: () => Promise<void>;
  readonly condense: () => Promise<void>;
}

/** Does what a command of the composer says. Only condensing asks a model, after the person said yes to its price. */
export async function runSlash(
  command: Exclude<ChatCommand, "compare">,
  { lend, messages, newChat, condense }: SlashChat,
): Promise<void> {
  switch (command) {
    case "condense":
      return condense();
    case "clear":
      return newChat();
    case "budget":
      return lend(() => commands.executeCommand<void>(COMMANDS.setWorkspaceBudget));
    case "why":
      return showLastRoute(messages);
    // The view shows its own help.
    case "help":
      return;
  }
}

async function showLastRoute(messages: readonly MessageView[]): Promise<void> {
  const answer = messages.findLast((message) => message.role === "assistant" && message.route !== undefined);
  if (answer !== undefined) return showRouteOf(messages, answer.id);
  void window.showInformationMessage(
    "No answer of this chat has a route to show yet. Ask something first; nothing was sent.",
  );
}

import { commands, env, window } from "vscode";
import type { ChatChange, FromChatView } from "../../../protocol/chatMessages.ts";
import { COMMANDS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { openAddress } from "../../platform/openAddress.ts";
import { isBudgetAction, isRepeatAction, runProblemAction } from "../../platform/problemActions.ts";
import { ChatActions, type Deleted } from "./chatActions.ts";
import { chooseForChat } from "./chooseModel.ts";
import { pickModelOnce } from "./pickModelOnce.ts";
import { loadEarlier } from "./chatPages.ts";
import type { ChatSession } from "./chatSession.ts";
import { condenseChat } from "./condenseChat.ts";
import { copiedText } from "./copiedText.ts";
import type { OpenChats } from "./openChats.ts";
import type { ContextDesk } from "./mentions/contextDesk.ts";
import type { LaterRequest } from "./firstRequests.ts";
import { lendKeyboard } from "./lendKeyboard.ts";
import { renameChat } from "./renameChat.ts";
import { runSlash } from "./runSlash.ts";
import { showRouteOf } from "./showRouteOf.ts";

/** Where a request came from. */
export interface ChatHost {
  readonly services: ExtensionServices;
  readonly chats: OpenChats;
  readonly desk: () => Promise<ContextDesk>;
  /** Tells the view one change. */
  readonly emit: (change: ChatChange) => void;
  /** Asks several models the text. */
  readonly compare: (text: string) => Promise<void>;
  /** To be called before a box or a list takes the keyboard; what it answers brings the keyboard back to where it was. */
  readonly borrowKeyboard: () => () => Promise<void>;
}

/** Does what the person clicked in the chat, other than asking. */
export async function handleChatRequest(host: ChatHost, request: LaterRequest): Promise<void> {
  const { services, chats, desk, emit, compare } = host;
  const session = await chats.shown();
  const actions = new ChatActions(session);
  const lend = <T>(work: () => PromiseLike<T>) => lendKeyboard(host.borrowKeyboard(), work);
  if (CHANGING_REQUESTS.has(request.type) && "messageId" in request) {
    if (!(await chats.isAsSeen(session, request.messageId))) return undefined;
  }
  switch (request.type) {
    case "open-link":
      await openAddress(request.href, (text) => services.engine.mask(text).count > 0);
      return undefined;
    case "copy-text":
      if (request.messageId !== undefined) session.noteCopied(request.messageId);
      return env.clipboard.writeText(copiedText(request, session.tree));
    case "correct-task":
      return actions.correctTask(request.messageId, request.taskType);
    case "try-stronger":
      return actions.tryStronger(request.messageId);
    case "show-route":
      return showRouteOf(session.tree.answers(), request.messageId);
    case "run-action":
      return runAction(host, session, request);
    case "edit-question":
      return actions.editQuestion(request.messageId, request.text);
    case "regenerate":
      if (request.how === "same") return actions.regenerate(request.messageId, undefined);
      return regenerateWith(await lend(() => pickModelOnce(services)), actions, request.messageId);
    case "show-sibling":
      return actions.showSibling(request.messageId, request.offset);
    case "delete-message":
      if (session.tree.isWrittenElsewhere(request.messageId)) return tellWrittenElsewhere();
      return deleteMessage(actions, request.messageId);
    case "rename-chat":
      return lend(() => renameChat(session));
    case "load-earlier":
      return loadEarlier(session, request);
    case "choose-model":
      return lend(() => chooseForChat(services, session));
    case "code-action":
    case "resolve-names":
    case "count-files":
    case "apply-answer":
    case "open-path":
    case "open-symbol": {
      const { handleAnswerRequest } = await import("../../answerParts.ts");
      return handleAnswerRequest(request, { services, conversation: session, emit });
    }
    case "use-answer":
    case "summarise-answers":
    case "show-comparison": {
      const { handleCompareRequest } = await import("../../compareParts.ts");
      return handleCompareRequest(services, session, request);
    }
    case "show-chats":
      return lend(() => commands.executeCommand<void>(COMMANDS.showChats));
    case "complete-mention":
    case "add-mention":
    case "drop-files":
    case "paste-image":
    case "remove-attachment":
    case "preview-attachment":
      return (await import("../../contextParts.ts")).answerComposer(await desk(), request);
    case "run-slash":
      if (request.command === "compare") return compare(request.rest);
      return runSlash(request.command, {
        lend,
        messages: session.messages,
        newChat: () => chats.startNew(),
        condense: () => condenseChat(services, session),
      });
  }
}

async function runAction(
  { services, chats }: ChatHost,
  session: ChatSession,
  { action, messageId }: Extract<FromChatView, { type: "run-action" }>,
): Promise<void> {
  if (!isRepeatAction(action)) return runProblemAction(action);
  if (messageId === undefined) return chats.reload();
  const actions = new ChatActions(session);
  if (action === "continue") return actions.continueAnswer(messageId);
  if (session.tree.answer(messageId)?.compared !== undefined) {
    const { askComparedAgain } = await import("../../compareParts.ts");
    if (await askComparedAgain(services, session, { action, messageId })) return undefined;
  }
  return isBudgetAction(action) ? actions.askPastBudget(messageId, action) : actions.tryAgain(messageId);
}

async function regenerateWith(
  choice: Awaited<ReturnType<typeof pickModelOnce>>,
  actions: ChatActions,
  messageId: string,
): Promise<void> {
  if (choice !== undefined) await actions.regenerate(messageId, choice);
}

async function tellWrittenElsewhere(): Promise<void> {
  await window.showInformationMessage(
    "Another window is writing an answer below this message, so nothing was deleted. Stop it there, or delete the message when it has ended.",
  );
}

async function deleteMessage(actions: ChatActions, messageId: string): Promise<void> {
  const deleted = actions.deleteMessage(messageId);
  if (deleted === undefined) return;
  const { role, count, undo } = deleted;
  const choice = await window.showInformationMessage(describeDeleted({ role, count }), UNDO);
  if (choice === UNDO) undo();
}

function describeDeleted({ role, count }: Omit<Deleted, "undo">): string {
  if (role === "summary") {
    return "The summary was taken out of this chat: the messages above are sent whole again. What it cost stays in your books.";
  }
  const what = role === "user" ? "question" : "answer";
  const others = count === 1 ? "" : count === 2 ? " and one message after it" : ` and ${count - 1} messages after it`;
  const sentence = `The ${what}${others} were taken out of this chat. What they cost stays in your books.`;
  return count === 1 ? sentence.replace(" were ", " was ") : sentence;
}

const UNDO = "Undo";

/** They ask a model or take something away, so they are held against what other windows have done since. */
const CHANGING_REQUESTS: ReadonlySet<LaterRequest["type"]> = new Set([
  "try-stronger",
  "run-action",
  "edit-question",
  "regenerate",
  "delete-message",
  "use-answer",
] as const);

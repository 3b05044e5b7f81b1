import { type WebviewView, commands, window } from "vscode";
import type { ChatChange, FromChatView, ToChatView } from "../../../protocol/chatMessages.ts";
import { parseChatMessage } from "../../../protocol/parseChatMessage.ts";
import { CHAT_VIEW } from "../../platform/contributions.ts";
import type { RoutingOrder } from "../../platform/engine.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { FirstRequest, LaterRequest } from "./chatRequests.ts";
import type { ChatSession } from "./chatSession.ts";
import { sessionState, surroundings } from "./chatState.ts";
import { DeltaJoiner } from "./deltaJoiner.ts";
import { DraftPrice } from "./draftPrice.ts";
import { OpenChats } from "./openChats.ts";
import type { ContextDesk } from "./mentions/contextDesk.ts";
import type { Question } from "./question.ts";
import { viewKey } from "./viewKey.ts";

/** The chat view in the side bar: shows one of the open chats, in a view that may come and go. */
export class ChatPanel {
  readonly #services: ExtensionServices;
  readonly #chats: OpenChats;
  #view: WebviewView | undefined;
  /** Grows with every message to the view, so that it notices a gap. */
  #sequence = 0;
  /** What goes along with questions. Loaded with the first look at the panel. */
  #desk: Promise<ContextDesk> | undefined;
  readonly #price: DraftPrice;
  readonly #deltas = new DeltaJoiner((change) => this.#tell(change));

  constructor(services: ExtensionServices) {
    this.#services = services;
    this.#chats = new OpenChats(services, {
      emit: (change) => this.#emitOfChat(change),
      tellAll: () => this.#tellAll(),
    });
    this.#price = new DraftPrice(services, {
      draftOrder: () => this.#draftOrder(),
      emit: (change) => this.#emit(change),
    });
    const { disposables, keys, spend } = services;
    disposables.add(keys.onDidChange(() => void this.#tellKeyState()));
    disposables.add(spend.onDidChange(() => this.#tellSpend()));
    disposables.add(spend.onDidSettle((correct) => this.#chats.correctReceipts(correct)));
  }

  /** From now on this view shows the chat; it asks for everything once its page runs. */
  attach(view: WebviewView): void {
    this.#view = view;
  }

  detach(view: WebviewView): void {
    if (this.#view === view) this.#view = undefined;
  }

  /** Shows the panel with the keyboard in its composer. */
  async open(): Promise<void> {
    await commands.executeCommand(`${CHAT_VIEW}.focus`);
    this.#post({ type: "focus-composer" });
  }

  /** Shows a stored chat; `false` when there is none with this id. */
  async openChat(chatId: string): Promise<boolean> {
    const isThere = await this.#chats.open(chatId);
    if (isThere) await this.open();
    return isThere;
  }

  /** Whether a chat of this window is being answered. */
  isRunning(chatId: string): boolean {
    return this.#chats.isRunning(chatId);
  }

  /** A chat that may be shown was renamed or deleted in the store. */
  noteChanged(chatId: string): void {
    this.#chats.noteChanged(chatId).catch((error: unknown) => this.#services.log.error("chat-change-not-shown", error));
  }

  /** Asks on behalf of a command. */
  async ask(question: Question): Promise<void> {
    await this.open();
    const session = await this.#chats.shown();
    if (session.isRunning) {
      void window.showInformationMessage(
        "Waybill is still answering. Stop it or wait, then ask again; nothing was sent.",
      );
      return;
    }
    const desk = await this.#loadDesk();
    desk.pending.dismissSelection();
    desk.tell();
    await session.ask({ ...question, code: [...desk.pending.instructions(), ...question.code] });
  }

  /** Asks several models the same; the person types what where there is no text. */
  async compare(text: string): Promise<void> {
    const [session, desk] = await Promise.all([this.#chats.shown(), this.#loadDesk()]);
    const { compareModels } = await import("../../compareParts.ts");
    const questionOf = (typed: string) => questionWith(desk, typed);
    const takeDraft = () => {
      desk.pending.noteSent(desk.pending.code());
      // What was typed elsewhere leaves the text in the composer alone.
      if (text !== "") session.keepDraft("");
      desk.tell();
    };
    await compareModels({ services: this.#services, session, questionOf, takeDraft }, text);
  }

  /** The chat that the view shows. */
  session(): Promise<ChatSession> {
    return this.#chats.shown();
  }

  /** The settings have changed: another budget, gateway or mistake may be there to show. */
  async noteSettings(): Promise<void> {
    if (this.#view === undefined) return;
    const { problem } = await surroundings(this.#services, this.#chats.storeProblem);
    this.#emit({ kind: "problem-changed", ...(problem === undefined ? {} : { problem }) });
    await this.#tellKeyState();
    this.#tellSpend();
  }

  /** Stops the answer of the chat that is shown. */
  async stop(): Promise<void> {
    (await this.#chats.shownIfLoaded())?.stop();
  }

  async newChat(): Promise<void> {
    await this.#chats.startNew();
    this.#post({ type: "focus-composer" });
  }

  /** A message of the untrusted page. */
  receive(message: unknown): void {
    const parsed = parseChatMessage(message);
    if (parsed === undefined) {
      this.#services.log.warn("chat-message-dropped");
      return;
    }
    this.#handle(parsed).catch((error: unknown) => this.#services.log.error("chat-message-failed", error));
  }

  async #handle(message: FromChatView): Promise<void> {
    if (!isFirst(message)) {
      const { handleChatRequest } = await import("../../chatActionParts.ts");
      const emit = (change: ChatChange) => this.#emit(change);
      const compare = (text: string) => this.compare(text);
      const desk = () => this.#loadDesk();
      return handleChatRequest({ services: this.#services, chats: this.#chats, desk, emit, compare }, message);
    }
    switch (message.type) {
      case "ready":
        void this.#services.spend.refresh();
        return this.#tellAll();
      case "resync":
        return this.#tellAll();
      case "send":
        return this.#send(message);
      case "queue":
        return this.#queue(message.text);
      case "unqueue":
        return (await this.#chats.shown()).unqueue();
      case "stop":
        return this.stop();
      case "new-chat":
        return this.newChat();
      case "draft-changed":
        return this.#keepDraft(message.text);
      case "view-failed":
        return this.#services.log.warn("chat-view-failed");
    }
  }

  async #send({ text, answer }: Extract<FromChatView, { type: "send" }>): Promise<void> {
    const session = await this.#chats.shown();
    if (session.isRunning || text.trim() === "") return;
    const desk = await this.#loadDesk();
    const question = questionWith(desk, text);
    const leave = await this.#price.leaveToSend(() => session.orderOf(question), answer);
    if (leave === undefined || session.isRunning) return;
    takeDraft(session, desk, question);
    await session.ask({ ...question, leave });
  }

  /** Without an answer under way there is nothing to wait for. */
  async #queue(text: string): Promise<void> {
    const session = await this.#chats.shown();
    if (!session.isRunning) return this.#send({ type: "send", text });
    const desk = await this.#loadDesk();
    const question = questionWith(desk, text);
    takeDraft(session, desk, question);
    session.queue(question);
  }

  #loadDesk(): Promise<ContextDesk> {
    this.#desk ??= this.#createDesk();
    return this.#desk;
  }

  async #createDesk(): Promise<ContextDesk> {
    const { ContextDesk } = await import("../../contextParts.ts");
    const desk = new ContextDesk(this.#services, {
      emit: (change) => this.#emit(change),
      chatId: () => this.#chats.shownId,
      asked: async () => {
        const session = await this.#chats.shown();
        const { draft } = session;
        return { draft, orderWith: (code) => session.orderOf({ ...questionWith(desk, draft), code }) };
      },
      isSeen: () => this.#view?.visible === true,
      noteChange: () => this.#price.noteChange(),
    });
    await desk.readInstructions();
    return desk;
  }

  async #keepDraft(text: string): Promise<void> {
    const session = await this.#chats.shown();
    const isFirstLetter = session.draft === "" && text !== "";
    session.keepDraft(text);
    this.#price.noteDraft(text);
    void this.#loadDesk().then((desk) => desk.noteDraft(isFirstLetter));
    if (isFirstLetter) void this.#services.engine.get().then((engine) => engine.prepare());
  }

  async #draftOrder(): Promise<RoutingOrder | undefined> {
    const session = await this.#chats.shown();
    const isSeen = session.draft.trim() !== "" && this.#view?.visible === true;
    return isSeen ? session.orderOf(questionWith(await this.#loadDesk(), session.draft)) : undefined;
  }

  async #tellKeyState(): Promise<void> {
    if (this.#view === undefined) return;
    this.#emit({ kind: "key-state-changed", ...(await viewKey(this.#services)) });
  }

  #tellSpend(): void {
    const { spend } = this.#services.spend;
    if (spend !== undefined) this.#emit({ kind: "spend-changed", spend });
    this.#price.noteChange();
  }

  /** Everything: when the view begins, has missed something, or is to show another chat. */
  async #tellAll(): Promise<void> {
    const session = await this.#chats.shown();
    const around = await surroundings(this.#services, this.#chats.storeProblem);
    const desk = await this.#loadDesk();
    const pendingAttachments = desk.pending.tellAll();
    this.#deltas.flush();
    this.#sequence += 1;
    const state = { ...sessionState(session), ...around, pendingAttachments };
    this.#post({ type: "snapshot", sequence: this.#sequence, state });
    this.#price.noteSnapshot(session.draft);
    desk.noteSnapshot();
    if (state.comparison !== undefined) void this.#priceSummary(session);
  }

  async #priceSummary(session: ChatSession): Promise<void> {
    const { priceSummary } = await import("../../compareParts.ts");
    await priceSummary(this.#services, session);
  }

  #emitOfChat(change: ChatChange): void {
    this.#emit(change);
    // Another model or another branch costs another price.
    if (change.kind === "choice-changed" || change.kind === "path-changed") this.#price.noteChange();
  }

  #emit(change: ChatChange): void {
    this.#deltas.take(change);
  }

  #tell(change: ChatChange): void {
    this.#sequence += 1;
    this.#post({ type: "delta", sequence: this.#sequence, change });
  }

  /** A hidden view cannot be posted to; it asks for everything when it is shown again. */
  #post(message: ToChatView): void {
    void this.#view?.webview.postMessage(message);
  }
}

/** What the text would ask with what goes along now. */
function questionWith(desk: ContextDesk, text: string): Question {
  const hasDiagnostics = desk.hasDiagnostics();
  return { text, code: desk.pending.code(), hasDiagnostics, surface: "chat", taskType: undefined };
}

/** It is part of the conversation from now on. */
function takeDraft(session: ChatSession, desk: ContextDesk, { code }: Question): void {
  desk.pending.noteSent(code);
  session.keepDraft("");
  desk.tell();
}

function isFirst(message: FromChatView): message is Exclude<FromChatView, LaterRequest> {
  const first: readonly string[] = FIRST_REQUESTS;
  return first.includes(message.type);
}

const FIRST_REQUESTS: readonly FirstRequest[] = [
  "ready",
  "resync",
  "send",
  "queue",
  "unqueue",
  "stop",
  "new-chat",
  "draft-changed",
  "view-failed",
];

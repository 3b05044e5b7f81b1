import { type WebviewPanel, type WebviewView, commands, window } from "vscode";
import type { ChatChange, FromChatView, ToChatView } from "../../../protocol/chatMessages.ts";
import { parseChatMessage } from "../../../protocol/parseChatMessage.ts";
import { CHAT_VIEW } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { ChatAsking } from "./chatAsking.ts";
import type { ChatSession } from "./chatSession.ts";
import { sessionState, surroundings } from "./chatState.ts";
import { DeltaJoiner } from "./deltaJoiner.ts";
import { isFirst } from "./firstRequests.ts";
import { OpenChats } from "./openChats.ts";
import type { Question } from "./question.ts";
import { viewKey } from "./viewKey.ts";

/** Where the chat is shown: in the side bar, or in an editor tab. */
type ChatView = WebviewView | WebviewPanel;

/** The chat: shows one of the open chats, in a view that may come and go. */
export class ChatPanel {
  readonly #services: ExtensionServices;
  readonly #chats: OpenChats;
  #view: ChatView | undefined;
  /** Grows with every message to the view, so that it notices a gap. */
  #sequence = 0;
  /** Messages of the page that are none of the protocol. */
  #dropped = 0;
  readonly #asking: ChatAsking;
  /** How often the panel was to be shown; whoever does that takes the keyboard into it. */
  #openings = 0;
  /** The page may be loading while it is to get the keyboard. */
  #wantsFocus = false;
  readonly #deltas = new DeltaJoiner((change) => this.#tell(change));

  constructor(services: ExtensionServices) {
    this.#services = services;
    this.#chats = new OpenChats(services, {
      emit: (change) => this.#emitOfChat(change),
      tellAll: () => this.#tellAll(),
      isSeen: () => this.#isSeen(),
      returnCode: (code) => void this.#asking.returnCode(code),
      tellProblem: () => void this.noteSettings(),
    });
    this.#asking = new ChatAsking(services, {
      chats: this.#chats,
      emit: (change) => this.#emit(change),
      isSeen: () => this.#isSeen(),
      borrowKeyboard: () => this.#borrowKeyboard(),
    });
    const { disposables, keys, spend } = services;
    disposables.add(keys.onDidChange(() => void this.#tellKeyState()));
    disposables.add(spend.onDidChange(() => this.#tellSpend()));
    disposables.add(spend.onDidSettle((correct) => this.#chats.correctReceipts(correct)));
    // Another window may have gone on with the chat meanwhile.
    disposables.add(window.onDidChangeWindowState(({ focused }) => focused && this.#isSeen() && this.#lookForNews()));
  }

  /** From now on this view shows the chat; it asks for everything once its page runs. */
  attach(view: ChatView): void {
    this.#view = view;
  }

  detach(view: ChatView): void {
    if (this.#view === view) this.#view = undefined;
  }

  /** Shows the panel with the keyboard in its composer. */
  async open(): Promise<void> {
    this.#openings += 1;
    await this.#reveal();
    this.#wantsFocus = true;
    this.#post({ type: "focus-composer" });
  }

  /** Shows a stored chat; `false` when there is none with this id. */
  async openChat(chatId: string): Promise<boolean> {
    this.#openings += 1;
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
    await this.#asking.ask(question);
  }

  /** Asks several models the same; the person types what where there is no text. */
  async compare(text: string): Promise<void> {
    await this.#asking.compare(text);
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
    const session = await this.#chats.shownIfLoaded();
    session?.stop();
    if (session?.isRunning === false && session.tree.awaitsOther) {
      void window.showInformationMessage(
        "This answer is being written in another window, which pays for it. Stop it there; nothing of it is lost here.",
      );
    }
  }

  async newChat(): Promise<void> {
    await this.#chats.startNew();
    this.#post({ type: "focus-composer" });
  }

  /** A message of the untrusted page. */
  receive(message: unknown): void {
    const parsed = parseChatMessage(message);
    if (parsed === undefined) {
      this.#dropped += 1;
      this.#services.log.warn("chat-message-dropped", { count: this.#dropped });
      return;
    }
    this.#handle(parsed).catch((error: unknown) => this.#services.log.error("chat-message-failed", error));
  }

  async #handle(message: FromChatView): Promise<void> {
    if (!isFirst(message)) {
      const { handleChatRequest } = await import("../../chatActionParts.ts");
      const emit = (change: ChatChange) => this.#emit(change);
      const compare = (text: string) => this.compare(text);
      const desk = () => this.#asking.desk();
      const borrowKeyboard = () => this.#borrowKeyboard();
      const host = { services: this.#services, chats: this.#chats, desk, emit, compare, borrowKeyboard };
      return handleChatRequest(host, message);
    }
    const wantsFocus = this.#wantsFocus;
    this.#wantsFocus = false;
    switch (message.type) {
      case "ready":
        void this.#services.spend.refresh();
        await this.#tellAll();
        if (wantsFocus) this.#post({ type: "focus-composer" });
        return undefined;
      case "resync":
        return this.#tellAll();
      case "send":
        return this.#asking.send(message);
      case "queue":
        return this.#asking.queue(message.text);
      case "unqueue":
        return (await this.#chats.shown()).unqueue();
      case "stop":
        return this.stop();
      case "new-chat":
        return this.newChat();
      case "draft-changed":
        return this.#asking.keepDraft(message.text);
      case "view-failed":
        return this.#services.log.warn("chat-view-failed");
    }
  }

  async #tellKeyState(): Promise<void> {
    if (this.#view === undefined) return;
    this.#emit({ kind: "key-state-changed", ...(await viewKey(this.#services)) });
  }

  #tellSpend(): void {
    const { spend } = this.#services.spend;
    if (spend !== undefined) this.#emit({ kind: "spend-changed", spend });
    this.#asking.weighAnew();
  }

  /** Everything: when the view begins, has missed something, or is to show another chat. */
  async #tellAll(): Promise<void> {
    await this.#chats.shown();
    const around = await surroundings(this.#services, this.#chats.storeProblem);
    const desk = await this.#asking.desk();
    // Another chat may be shown by now; told after it, this one would stand in its place.
    const session = await this.#chats.shown();
    const pendingAttachments = desk.pending.tellAll();
    this.#deltas.flush();
    this.#sequence += 1;
    const state = { ...sessionState(session), ...around, pendingAttachments };
    this.#post({ type: "snapshot", sequence: this.#sequence, state });
    this.#asking.price.noteSnapshot(session.draft);
    desk.noteSnapshot();
    if (state.comparison !== undefined) void this.#priceSummary(session);
    this.#lookForNews();
  }

  async #reveal(): Promise<void> {
    if (this.#view !== undefined && "reveal" in this.#view) this.#view.reveal();
    else await commands.executeCommand(`${CHAT_VIEW}.focus`);
  }

  /** For a box or a list of the editor. Where the panel is hidden or was opened anew, nothing is brought back. */
  #borrowKeyboard(): () => Promise<void> {
    const openings = this.#openings;
    return async () => {
      if (this.#openings !== openings || !this.#isSeen()) return;
      await this.#reveal();
      this.#post({ type: "focus-back" });
    };
  }

  #isSeen(): boolean {
    return this.#view?.visible === true;
  }

  #lookForNews(): void {
    void this.#chats.lookForNews();
  }

  async #priceSummary(session: ChatSession): Promise<void> {
    const { priceSummary } = await import("../../compareParts.ts");
    await priceSummary(this.#services, session);
  }

  #emitOfChat(change: ChatChange): void {
    this.#emit(change);
    const weighsAnew: readonly ChatChange["kind"][] = ["choice-changed", "path-changed", "message-added"];
    if (weighsAnew.includes(change.kind)) this.#asking.weighAnew();
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

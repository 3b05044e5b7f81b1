import { type WebviewView, commands, env, window } from "vscode";
import { fingerprintOf } from "../../../core/tasks/fingerprint.ts";
import type { TaskType } from "../../../core/tasks/taskType.ts";
import type { OutcomeKind } from "../../../core/routing/outcomeKind.ts";
import { toWaybillError } from "../../../core/errors/waybillError.ts";
import { describeInvalidSetting } from "../../../core/problems/describeInvalidSetting.ts";
import { problem } from "../../../core/problems/problem.ts";
import type { ChatChange, ChatViewState, FromChatView, ToChatView } from "../../../protocol/chatMessages.ts";
import { parseChatMessage } from "../../../protocol/parseChatMessage.ts";
import type { ChatStore } from "../../../store/chatStore.ts";
import { CHAT_VIEW, CONTEXT_KEYS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { passBudget } from "../../platform/passBudget.ts";
import type { ComposerPrice } from "./composerPrice.ts";
import { isBudgetAction, isRepeatAction, runProblemAction } from "../../platform/problemActions.ts";
import { workspaceKey } from "../../platform/workspaceKey.ts";
import { ChatConversation, type Question } from "./chatConversation.ts";
import { fromStoredMessage, toStoredMessage } from "./chatRecords.ts";
import { openLink } from "./openLink.ts";
import { PendingCode } from "./pendingCode.ts";
import { viewKey } from "./viewKey.ts";
import { hasProblems } from "./selectionContext.ts";
import { showRouteOf } from "./showRouteOf.ts";

/** The chat view in the side bar: one conversation, shown by a view that may come and go. */
export class ChatPanel {
  readonly #services: ExtensionServices;
  #view: WebviewView | undefined;
  /** Grows with every message to the view, so that it notices a gap. */
  #sequence = 0;
  /** Loaded with the first look at the panel. */
  #conversation: Promise<ChatConversation> | undefined;
  /** What the chat is stored in; `undefined` when it cannot be stored. */
  #store: ChatStore | undefined;
  /** Chats that have their row in the store. */
  readonly #storedChats = new Set<string>();
  /** The chat that the view shows; an older one may still be finishing its last answer. */
  #shownChatId = "";
  #draft = "";
  #storeProblem: ChatViewState["problem"];
  readonly #pendingCode = new PendingCode();
  /** Loaded with the first draft. */
  #price: Promise<ComposerPrice> | undefined;
  /** Writes to the store happen in order; a failing one does not stop the next. */
  #writes: Promise<unknown> = Promise.resolve();

  constructor(services: ExtensionServices) {
    this.#services = services;
    const { disposables, keys, spend } = services;
    disposables.add(window.onDidChangeTextEditorSelection(() => this.#tellAttachments()));
    disposables.add(window.onDidChangeActiveTextEditor(() => this.#tellAttachments()));
    disposables.add(keys.onDidChange(() => void this.#tellKeyState()));
    disposables.add(spend.onDidChange(() => this.#tellSpend()));
    disposables.add(
      spend.onDidSettle((correct) => void this.#conversation?.then((shown) => shown.correctReceipts(correct))),
    );
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

  /** Asks on behalf of a command. */
  async ask(question: Question): Promise<void> {
    await this.open();
    const conversation = await this.#load();
    if (conversation.isRunning) {
      void window.showInformationMessage(
        "Waybill is still answering. Stop it or wait, then ask again; nothing was sent.",
      );
      return;
    }
    this.#pendingCode.take();
    this.#tellAttachments();
    await conversation.ask(question);
  }

  /** The chat that the view shows. */
  conversation(): Promise<ChatConversation> {
    return this.#load();
  }

  /** The settings have changed: another budget, gateway or mistake may be there to show. */
  noteSettings(): void {
    if (this.#view !== undefined) void this.#tellAll();
  }

  async stop(): Promise<void> {
    (await this.#conversation)?.stop();
  }

  async newChat(): Promise<void> {
    const current = await this.#load();
    if (current.isRunning) current.stop();
    this.#conversation = Promise.resolve(this.#createConversation(crypto.randomUUID(), []));
    void this.#services.spend.refreshKnown();
    await this.#tellAll();
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
    switch (message.type) {
      case "ready":
        void this.#services.spend.refresh();
        return this.#tellAll();
      case "resync":
        return this.#tellAll();
      case "send":
        return this.#send(message);
      case "stop":
        return this.stop();
      case "new-chat":
        return this.newChat();
      case "draft-changed":
        return this.#keepDraft(message.text);
      case "remove-attachment":
        return this.#removeAttachment(message.label);
      case "open-link":
        return openLink(message.href);
      case "copy-text":
        if (message.messageId !== undefined) (await this.#load()).noteCopied(message.messageId);
        return env.clipboard.writeText(message.text);
      case "correct-task":
        return (await this.#load()).correctTask(message.messageId, message.taskType);
      case "try-stronger":
        return (await this.#load()).tryStronger(message.messageId);
      case "show-route":
        return showRouteOf((await this.#load()).messages, message.messageId);
      case "run-action":
        return this.#runAction(message);
      case "view-failed":
        return this.#services.log.warn("chat-view-failed");
    }
  }

  async #send({ text, answer }: Extract<FromChatView, { type: "send" }>): Promise<void> {
    const conversation = await this.#load();
    if (conversation.isRunning || text.trim() === "") return;
    const question = this.#questionOf(text);
    const mayAsk = this.#services.settings().askAbove !== undefined;
    const price = mayAsk ? await this.#loadPrice() : undefined;
    const leave = price === undefined ? {} : await price.leaveToSend(conversation.orderOf(question), answer);
    if (leave === undefined || conversation.isRunning) return;
    this.#pendingCode.take();
    this.#draft = "";
    void this.#saveDraft();
    this.#tellAttachments();
    await conversation.ask({ ...question, leave });
  }

  /** What the text would ask with the code that goes along now. */
  #questionOf(text: string): Question {
    const code = this.#pendingCode.current();
    return { text, code, hasDiagnostics: code.length > 0 && hasProblems(), surface: "chat", taskType: undefined };
  }

  #loadPrice(): Promise<ComposerPrice> {
    const draftOrder = async () => {
      const isSeen = this.#draft.trim() !== "" && this.#view?.visible === true;
      return isSeen ? (await this.#load()).orderOf(this.#questionOf(this.#draft)) : undefined;
    };
    this.#price ??= import("../../priceParts.ts").then(({ createComposerPrice }) =>
      createComposerPrice(this.#services, { draftOrder, emit: (change) => this.#emit(change) }),
    );
    return this.#price;
  }

  /** Most windows never hold a draft, and nothing is loaded for an empty one. */
  #notePrice(note: (price: ComposerPrice) => void = (price) => price.noteDraft()): void {
    if (this.#price !== undefined || this.#draft.trim() !== "") void this.#loadPrice().then(note);
  }

  async #runAction({ action, messageId }: Extract<FromChatView, { type: "run-action" }>): Promise<void> {
    if (!isRepeatAction(action)) return runProblemAction(action);
    const conversation = await this.#load();
    if (messageId !== undefined && action === "continue") return conversation.continueAnswer(messageId);
    if (messageId !== undefined && isBudgetAction(action)) return conversation.askPastBudget(messageId, action);
    if (messageId !== undefined) return conversation.tryAgain(messageId);
    this.#storeProblem = undefined;
    this.#conversation = undefined;
    await this.#tellAll();
  }

  #load(): Promise<ChatConversation> {
    this.#conversation ??= this.#restore();
    return this.#conversation;
  }

  /** The chat that was last used in this workspace, or a new one. Without a store the chat lives in this window only. */
  async #restore(): Promise<ChatConversation> {
    try {
      this.#store = await (await this.#services.engine.get()).chats();
      const stored = await this.#store.latestChat(workspaceKey());
      if (stored !== undefined) this.#storedChats.add(stored.id);
      this.#draft = stored?.draft ?? "";
      return this.#createConversation(
        stored?.id ?? crypto.randomUUID(),
        (stored?.messages ?? []).map(fromStoredMessage),
      );
    } catch (error) {
      this.#services.log.error("chats-not-readable", error);
      this.#store = undefined;
      this.#storeProblem = problem(
        `Chats cannot be kept on this machine (${toWaybillError(error).detail ?? "the file is damaged"}). You can go on; this chat is gone when the window closes. Nothing was charged.`,
        "try-again",
      );
      return this.#createConversation(crypto.randomUUID(), []);
    }
  }

  #createConversation(chatId: string, messages: ConstructorParameters<typeof ChatConversation>[1]): ChatConversation {
    const { engine, spend } = this.#services;
    this.#shownChatId = chatId;
    spend.noteChat(chatId);
    const isShown = () => this.#shownChatId === chatId;
    return new ChatConversation({ chatId, workspace: workspaceKey() }, messages, {
      runTurn: async function* (order, signal) {
        yield* (await engine.get()).runTurn(order, signal);
      },
      emit: (change) => isShown() && this.#emit(change),
      emitAll: () => isShown() && void this.#tellAll(),
      save: (message) =>
        this.#write(chatId, (store) => store.saveMessage(chatId, toStoredMessage(message), Date.now())),
      passBudget: async (click) => passBudget(await engine.get(), click),
      noteWaybill: (waybill) => spend.noteWaybill(waybill),
      noteOutcome: (turnId, kind) => void this.#noteOutcome(turnId, kind),
      noteCorrection: (text, taskType) => this.#noteCorrection(text, taskType),
      noteAnswering: (isAnswering) => void commands.executeCommand("setContext", CONTEXT_KEYS.isAnswering, isAnswering),
      nowMs: () => Date.now(),
      newId: () => crypto.randomUUID(),
    });
  }

  /** A chat gets its row with the first thing worth keeping. */
  #write(chatId: string, action: (store: ChatStore) => Promise<void>): void {
    const store = this.#store;
    if (store === undefined) return;
    const mustCreate = !this.#storedChats.has(chatId);
    this.#storedChats.add(chatId);
    this.#writes = this.#writes
      .then(() => (mustCreate ? store.createChat(chatId, workspaceKey(), Date.now()) : undefined))
      .then(() => action(store))
      .catch((error: unknown) => this.#services.log.error("chat-not-stored", error));
  }

  async #keepDraft(text: string): Promise<void> {
    const isFirstLetter = this.#draft === "" && text !== "";
    this.#draft = text;
    this.#notePrice();
    if (isFirstLetter) void this.#services.engine.get().then((engine) => engine.prepare());
    await this.#saveDraft();
  }

  async #saveDraft(): Promise<void> {
    const { chatId } = await this.#load();
    const draft = this.#draft;
    if (draft === "" && !this.#storedChats.has(chatId)) return;
    this.#write(chatId, (store) => store.saveDraft(chatId, draft));
  }

  #removeAttachment(label: string): void {
    this.#pendingCode.remove(label);
    this.#tellAttachments();
  }

  #tellAttachments(): void {
    if (this.#view === undefined) return;
    const pendingAttachments = this.#pendingCode.tellChange();
    if (pendingAttachments === undefined) return;
    this.#emit({ kind: "attachments-changed", pendingAttachments });
    this.#notePrice();
  }

  async #tellKeyState(): Promise<void> {
    if (this.#view === undefined) return;
    this.#emit({ kind: "key-state-changed", ...(await viewKey(this.#services)) });
  }

  #tellSpend(): void {
    const { spend } = this.#services.spend;
    if (spend !== undefined) this.#emit({ kind: "spend-changed", spend });
    this.#notePrice();
  }

  async #tellAll(): Promise<void> {
    const conversation = await this.#load();
    const key = await viewKey(this.#services);
    const { spend } = this.#services.spend;
    const shownProblem = this.#settingsProblem() ?? this.#storeProblem;
    const pendingAttachments = this.#pendingCode.tell();
    this.#sequence += 1;
    this.#post({
      type: "snapshot",
      sequence: this.#sequence,
      state: {
        chatId: conversation.chatId,
        ...key,
        messages: [...conversation.messages],
        draft: this.#draft,
        pendingAttachments,
        ...(spend === undefined ? {} : { spend }),
        ...(shownProblem === undefined ? {} : { problem: shownProblem }),
      },
    });
    this.#notePrice((price) => price.noteSnapshot());
  }

  /** Routing learns from it; where it cannot be kept, nothing else is lost. */
  async #noteOutcome(turnId: string, kind: OutcomeKind): Promise<void> {
    const { engine, log } = this.#services;
    await (
      await engine.get()
    )
      .noteOutcome(turnId, kind)
      .catch((error: unknown) => log.error("outcome-not-kept", error));
  }

  /** Rejects where it cannot be kept, after telling so. */
  async #noteCorrection(text: string, taskType: TaskType): Promise<void> {
    try {
      const { corrections } = await (await this.#services.engine.get()).ledger();
      await corrections.note({ fingerprint: fingerprintOf(text), taskType }, Date.now());
    } catch (error) {
      void window.showWarningMessage("The ledger cannot be written, so the correction was not kept. Try it again.");
      throw error;
    }
  }

  #settingsProblem(): ChatViewState["problem"] {
    const { invalid } = this.#services.settings();
    if (invalid.length === 0) return undefined;
    const sentences = invalid.map((setting) => `${describeInvalidSetting(setting)}.`);
    return problem(`${sentences.join(" ")} Nothing was sent or lost.`, "open-settings");
  }

  #emit(change: ChatChange): void {
    this.#sequence += 1;
    this.#post({ type: "delta", sequence: this.#sequence, change });
  }

  /** A hidden view cannot be posted to; it asks for everything when it is shown again. */
  #post(message: ToChatView): void {
    void this.#view?.webview.postMessage(message);
  }
}

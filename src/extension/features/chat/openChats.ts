import { commands, workspace } from "vscode";
import type { WaybillError } from "../../../core/errors/waybillError.ts";
import type { Problem } from "../../../core/problems/problem.ts";
import type { ChatChange } from "../../../protocol/chatMessages.ts";
import type { ChatStore, StoredChat } from "../../../store/chatStore.ts";
import { CONTEXT_KEYS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { noteOutcome } from "../../platform/noteOutcome.ts";
import { passBudget } from "../../platform/passBudget.ts";
import type { CorrectReceipt } from "../../platform/spendMonitor.ts";
import { workspaceKey } from "../../platform/workspaceKey.ts";
import { noteCorrection } from "./noteCorrection.ts";
import { AnswerLeases } from "./answerLeases.ts";
import { toStoredMessage } from "./chatRecords.ts";
import { emptyChat, isUncertain, storedContent } from "./chatContent.ts";
import { ChatSession } from "./chatSession.ts";
import { ChatTitles } from "./chatTitles.ts";
import { ChatWrites } from "./chatWrites.ts";
import { HeldSessions } from "./heldSessions.ts";
import { OtherWindows } from "./otherWindows.ts";
import type { Question } from "./question.ts";
import { whyNotContinued } from "./restrictedHistory.ts";
import { correctReceipts } from "./correctReceipts.ts";
import type { ChatContent, SessionPorts } from "./sessionPorts.ts";
import { notKept, notStored } from "./storeProblem.ts";
import { writeChoice } from "./storedChoice.ts";

const SHOWN_KEY = "waybill.chat.shown";

export interface ChatsView {
  /** A change of the chat that is shown. */
  readonly emit: (change: ChatChange) => void;
  /** Another chat is shown. */
  readonly tellAll: () => Promise<void>;
  /** Somebody can see it. */
  readonly isSeen: () => boolean;
  /** What went along with a question that came back. */
  readonly returnCode: (code: Question["code"]) => void;
  /** Whether chats can be kept is otherwise now. */
  readonly tellProblem: () => void;
}

/** The chats that this window holds: the one that is shown, and those whose answers are still under way. */
export class OpenChats {
  readonly #services: ExtensionServices;
  readonly #view: ChatsView;
  readonly #sessions = new HeldSessions();
  /** Loaded with the first look at the panel. */
  #shown: Promise<ChatSession> | undefined;
  #shownId = "";
  /** `undefined` when chats cannot be stored. */
  #store: ChatStore | undefined;
  #writes: ChatWrites | undefined;
  #others: OtherWindows | undefined;
  readonly #leases = new AnswerLeases((untilMs) => {
    // Not after what is to be written before: a full queue must not let a lease run out.
    this.#store?.holdAnswers(untilMs).catch((error: unknown) => this.#services.log.error("chat-not-stored", error));
  });
  #storeProblem: Problem | undefined;
  /** The chat that was shown until it was deleted, and what stands in its place. */
  #deleted: { readonly chatId: string; readonly instead: string } | undefined;
  /** What came back to chats that are not shown. */
  readonly #returned = new Map<string, Question["code"]>();

  readonly #titles: ChatTitles;

  constructor(services: ExtensionServices, view: ChatsView) {
    this.#services = services;
    this.#titles = new ChatTitles(services);
    this.#view = view;
    services.disposables.add(this.#leases);
    services.disposables.add({ dispose: () => this.#others?.dispose() });
  }

  /** Why chats cannot be kept. */
  get storeProblem(): Problem | undefined {
    return this.#storeProblem;
  }

  /** The chat that the view shows: at first the one that was shown last in this workspace. */
  shown(): Promise<ChatSession> {
    this.#shown ??= this.#restore();
    return this.#shown;
  }

  /** Empty before the first one. */
  get shownId(): string {
    return this.#shownId;
  }

  /** The same where one was loaded already. */
  shownIfLoaded(): Promise<ChatSession> | undefined {
    return this.#shown;
  }

  /** Shows what other windows have written to the shown chat, and follows it; nothing where no chat was shown yet. */
  async lookForNews(): Promise<void> {
    const session = await this.#shown;
    if (session !== undefined) await this.#others?.look(session, true);
  }

  /** Looks at what other windows have written, before something is done that costs money or takes away text. */
  async lookBefore(session: ChatSession): Promise<void> {
    await this.#others?.look(session, false);
  }

  /** The same, and answers whether the message is still what the person saw when they clicked. */
  async isAsSeen(session: ChatSession, messageId: string | undefined): Promise<boolean> {
    const seen = session.tree.find(messageId);
    await this.lookBefore(session);
    return session.tree.find(messageId) === seen;
  }

  isRunning(chatId: string): boolean {
    return this.#sessions.get(chatId)?.isRunning === true;
  }

  /** Costs were looked up; chats that are opened later ask the ledger. */
  correctReceipts(correct: CorrectReceipt): void {
    for (const session of this.#sessions.all()) correctReceipts(session, correct);
  }

  /** Shows a fresh chat, which takes over what was typed. An answer under way in the old one goes on. */
  async startNew(): Promise<void> {
    const old = await this.shown();
    const { draft } = old;
    const fresh = this.#create(emptyChat());
    if (draft !== "") {
      fresh.keepDraft(draft);
      old.keepDraft("");
    }
    await this.#show(fresh);
  }

  /** Shows a stored chat; `false` when there is none with this id. */
  async open(chatId: string): Promise<boolean> {
    await this.shown();
    const session = this.#sessions.get(chatId) ?? (await this.#read(chatId));
    if (session === undefined) return false;
    await this.#show(session);
    return true;
  }

  /** A chat was renamed, deleted or brought back in the store. */
  async noteChanged(chatId: string): Promise<void> {
    const session = this.#sessions.get(chatId);
    if (session === undefined) return this.#showAgain(chatId);
    await this.#writes?.settled();
    const stored = await this.#store?.readChat(chatId);
    if (stored !== undefined) return session.noteTitle(stored);
    if (this.#shownId === chatId) {
      await this.#show(this.#create(emptyChat()));
      this.#deleted = { chatId, instead: this.#shownId };
    }
    this.#sessions.forget(chatId);
  }

  /** What was deleted while it was shown comes back to its place, unless the person has begun something else there. */
  async #showAgain(chatId: string): Promise<void> {
    if (this.#deleted?.chatId !== chatId || this.#deleted.instead !== this.#shownId) return;
    const { messages, draft } = await this.shown();
    if (messages.length === 0 && draft === "") await this.open(chatId);
  }

  /** Looks for the store anew, after it could not be used. */
  async reload(): Promise<void> {
    // A page that asks for it without a reason would cut a chat off from its answer under way.
    if (this.#storeProblem === undefined) return;
    if (this.#writes !== undefined) return this.#writes.again();
    const { messages, draft, isBusy } = await this.shown();
    this.#storeProblem = undefined;
    if (messages.length === 0 && draft === "" && !isBusy) this.#shown = undefined;
    else await this.#keepAll();
    await this.#view.tellAll();
  }

  /** What was said while there was no store is not lost for having one. */
  async #keepAll(): Promise<void> {
    try {
      await this.#openStore();
      for (const session of this.#sessions.all()) session.keepAll();
    } catch (error) {
      this.#noteNoStore(error);
    }
  }

  async #show(session: ChatSession): Promise<void> {
    this.#sessions.hold(session);
    this.#note(session);
    this.#shown = Promise.resolve(session);
    this.#letGo();
    void this.#services.spend.refreshKnown();
    await this.#view.tellAll();
    this.#returnCode(session.chatId, this.#returned.get(session.chatId) ?? []);
  }

  /** A chat that is not shown gets it back with the next look at it. */
  #returnCode(chatId: string, code: Question["code"]): void {
    const isShown = this.#shownId === chatId;
    if (isShown) this.#returned.delete(chatId);
    else this.#returned.set(chatId, [...(this.#returned.get(chatId) ?? []), ...code]);
    if (isShown && code.length > 0) this.#view.returnCode(code);
  }

  /** What is neither shown nor under way is read again when it is wanted. */
  #letGo(): void {
    // Without a store there is nothing to read it from.
    if (this.#store === undefined) return;
    this.#sessions.letGo((session) => session.chatId === this.#shownId || session.isBusy);
  }

  async #read(chatId: string): Promise<ChatSession | undefined> {
    await this.#writes?.settled();
    const stored = await this.#store?.readChat(chatId);
    return stored === undefined ? undefined : this.#recall(stored);
  }

  /** Without a store the chat lives in this window only. */
  async #restore(): Promise<ChatSession> {
    try {
      const stored = await this.#storedBefore(await this.#openStore());
      return this.#note(stored === undefined ? this.#create(emptyChat()) : this.#recall(stored));
    } catch (error) {
      this.#noteNoStore(error);
      return this.#note(this.#create(emptyChat()));
    }
  }

  async #openStore(): Promise<ChatStore> {
    const store = await (await this.#services.engine.get()).chats();
    this.#store = store;
    this.#writes ??= this.#createWrites(store);
    this.#others ??= this.#createOthers(store, this.#writes);
    return store;
  }

  #noteNoStore(error: unknown): void {
    this.#services.log.error("chats-not-readable", error);
    this.#store = undefined;
    this.#writes = undefined;
    this.#others = undefined;
    this.#storeProblem = notKept(error);
  }

  #createWrites(store: ChatStore): ChatWrites {
    const noteFailure = (error: WaybillError | undefined) => {
      this.#storeProblem = error === undefined ? undefined : notStored(error);
      this.#view.tellProblem();
    };
    return new ChatWrites({ store, log: this.#services.log, noteFailure });
  }

  /**
   * Not the one that was written to last: an answer may have gone on in another than the one that was looked at. A chat that was shown
   * and is not stored was a new one.
   */
  async #storedBefore(store: ChatStore): Promise<StoredChat | undefined> {
    const shownId = this.#services.context.workspaceState.get<unknown>(SHOWN_KEY);
    return typeof shownId === "string" ? store.readChat(shownId) : store.latestChat(workspaceKey());
  }

  #createOthers(store: ChatStore, writes: ChatWrites): OtherWindows {
    const { log } = this.#services;
    const isSeen = ({ chatId }: ChatSession) => this.#shownId === chatId && this.#view.isSeen();
    return new OtherWindows({ store, writes, isSeen, report: (error) => log.error("chat-not-read-again", error) });
  }

  #recall(stored: StoredChat): ChatSession {
    this.#writes?.noteStored(stored.id);
    const session = this.#create(storedContent(stored));
    if (isUncertain(session)) {
      void import("../../chatActionParts.ts")
        .then(({ refreshReceipts }) => refreshReceipts(this.#services, session))
        .catch((error: unknown) => this.#services.log.error("receipts-not-refreshed", error));
    }
    return session;
  }

  /** From now on this chat is the one that is shown. */
  #note(session: ChatSession): ChatSession {
    this.#shownId = session.chatId;
    // Where it cannot be kept, the next window shows the chat before it.
    this.#services.context.workspaceState.update(SHOWN_KEY, session.chatId).then(undefined, () => undefined);
    this.#services.spend.noteChat(session.chatId);
    this.#noteAnswering(session.isRunning);
    return session;
  }

  #create(content: ChatContent): ChatSession {
    const session = new ChatSession(content, this.#portsOf(content.chatId));
    this.#sessions.hold(session);
    return session;
  }

  #portsOf(chatId: string): SessionPorts {
    const { engine, spend, log } = this.#services;
    const isShown = () => this.#shownId === chatId;
    const mask = (text: string) => engine.mask(text).text;
    const messages = () => this.#sessions.get(chatId)?.messages ?? [];
    const write = (action: (store: ChatStore) => Promise<void>) => this.#writes?.write(chatId, action);
    return {
      runTurn: async function* (order, signal) {
        const why = workspace.isTrusted ? undefined : whyNotContinued(messages());
        if (why === undefined) yield* (await engine.get()).runTurn(order, signal);
        else yield { type: "turn-refused", problem: why };
      },
      mask,
      emit: (change) => isShown() && this.#view.emit(change),
      save: (message) => {
        const stored = { ...toStoredMessage(message, mask), ...this.#leases.note(message) };
        write((store) => store.saveMessage(chatId, stored, Date.now()));
      },
      remove: (ids) => {
        this.#leases.noteRemoved(ids);
        write((store) => store.removeMessages(chatId, ids));
      },
      returnCode: (code) => this.#returnCode(chatId, code),
      saveTip: (tipId) => write((store) => store.saveTip(chatId, tipId)),
      saveDraft: (draft) => {
        if (draft !== "" || this.#writes?.has(chatId) === true) write((store) => store.saveDraft(chatId, draft));
      },
      saveTitle: (title, source) => write((store) => store.saveTitle(chatId, mask(title), source)),
      saveChoice: (choice) => write((store) => store.saveChoice(chatId, writeChoice(choice))),
      passBudget: async (click) => passBudget(await engine.get(), click),
      noteWaybill: (waybill) => spend.noteWaybill(waybill),
      noteOutcome: (turnId, kind) => noteOutcome(this.#services, turnId, kind),
      noteCorrection: (text, taskType) => noteCorrection(this.#services, text, taskType),
      noteAnswered: (answerId) => void this.#titles.give(this.#sessions.get(chatId), answerId),
      noteAnswering: (isAnswering) => isShown() && this.#noteAnswering(isAnswering),
      report: (work) => void work.catch((error: unknown) => log.error("chat-question-failed", error)),
      nowMs: () => Date.now(),
      newId: () => crypto.randomUUID(),
    };
  }

  #noteAnswering(isAnswering: boolean): void {
    void commands.executeCommand("setContext", CONTEXT_KEYS.isAnswering, isAnswering);
  }
}

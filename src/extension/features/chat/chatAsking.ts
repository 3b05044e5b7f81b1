import { window } from "vscode";
import type { ChatChange, FromChatView } from "../../../protocol/chatMessages.ts";
import type { RoutingOrder } from "../../platform/engine.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { ChatSession } from "./chatSession.ts";
import { DraftPrice } from "./draftPrice.ts";
import type { ContextDesk } from "./mentions/contextDesk.ts";
import type { OpenChats } from "./openChats.ts";
import type { Question } from "./question.ts";

interface AskingPorts {
  readonly chats: OpenChats;
  readonly emit: (change: ChatChange) => void;
  /** Somebody can see the chat. */
  readonly isSeen: () => boolean;
  readonly borrowKeyboard: () => () => Promise<void>;
}

/** What is asked in the chat that is shown: the draft with what goes along with it and its price, until it is sent. */
export class ChatAsking {
  readonly price: DraftPrice;
  readonly #services: ExtensionServices;
  readonly #ports: AskingPorts;
  /** What goes along with questions. Loaded with the first look at the panel. */
  #desk: Promise<ContextDesk> | undefined;

  constructor(services: ExtensionServices, ports: AskingPorts) {
    this.#services = services;
    this.#ports = ports;
    this.price = new DraftPrice(services, { draftOrder: () => this.#draftOrder(), emit: ports.emit });
  }

  /** Asks what is in the composer. */
  async send({ text, answer }: Extract<FromChatView, { type: "send" }>): Promise<void> {
    const { chats } = this.#ports;
    const session = await chats.shown();
    if (session.isRunning || text.trim() === "") return;
    await chats.lookBefore(session);
    if (session.mustWait) return this.queue(text);
    const desk = await this.#settledDesk();
    const question = questionWith(desk, text);
    const leave = await this.price.leaveToSend(() => session.orderOf(question), answer);
    if (leave === undefined || session.mustWait) return;
    takeDraft(session, desk, question);
    await session.ask({ ...question, leave });
  }

  /** Without an answer under way there is nothing to wait for. */
  async queue(text: string): Promise<void> {
    const session = await this.#ports.chats.shown();
    if (!session.mustWait) return this.send({ type: "send", text });
    const desk = await this.#settledDesk();
    const question = questionWith(desk, text);
    takeDraft(session, desk, question);
    session.queue(question);
  }

  /** Asks on behalf of a command. */
  async ask(question: Question): Promise<void> {
    const { chats } = this.#ports;
    const session = await chats.shown();
    await chats.lookBefore(session);
    if (session.mustWait) {
      void window.showInformationMessage(
        "Waybill is still answering. Stop it or wait, then ask again; nothing was sent.",
      );
      return;
    }
    const desk = await this.desk();
    desk.pending.dismissSelection();
    desk.tell();
    const wanted = question.code.filter(({ id }) => id === undefined || !desk.pending.isLeftOut(id));
    await session.ask({ ...question, code: [...desk.pending.instructions(), ...wanted] });
  }

  /** Asks several models the same; the person types what where there is no text. */
  async compare(text: string): Promise<void> {
    const [session, desk] = await Promise.all([this.#ports.chats.shown(), this.#settledDesk()]);
    const { compareModels } = await import("../../compareParts.ts");
    const questionOf = (typed: string) => questionWith(desk, typed);
    const takeText = () => {
      desk.pending.noteSent(desk.pending.code());
      // What was typed elsewhere leaves the text in the composer alone.
      if (text !== "") session.keepDraft("");
      desk.tell();
    };
    const { borrowKeyboard } = this.#ports;
    await compareModels({ services: this.#services, session, questionOf, takeDraft: takeText, borrowKeyboard }, text);
  }

  async keepDraft(text: string): Promise<void> {
    const session = await this.#ports.chats.shown();
    const isFirstLetter = session.draft === "" && text !== "";
    session.keepDraft(text);
    this.price.noteDraft(text);
    void this.desk().then((desk) => desk.noteDraft(isFirstLetter));
    if (isFirstLetter) void this.#services.engine.get().then((engine) => engine.prepare());
  }

  /** Another model, another branch and another budget cost another price, and fill another part of the window. */
  weighAnew(): void {
    this.price.noteChange();
    void this.#desk?.then((desk) => desk.noteConversation());
  }

  /** What went along with a question that came back goes along with the next one. */
  async returnCode(code: Question["code"]): Promise<void> {
    const desk = await this.desk();
    desk.pending.giveBack(code);
    desk.tell();
  }

  /** Before anything is sent: what goes along is held against the rules as they are now. */
  async #settledDesk(): Promise<ContextDesk> {
    const desk = await this.desk();
    await desk.settle();
    return desk;
  }

  desk(): Promise<ContextDesk> {
    this.#desk ??= this.#createDesk();
    return this.#desk;
  }

  async #createDesk(): Promise<ContextDesk> {
    const { chats, emit, isSeen } = this.#ports;
    const { ContextDesk } = await import("../../contextParts.ts");
    const desk = new ContextDesk(this.#services, {
      emit,
      isSeen,
      chatId: () => chats.shownId,
      asked: async () => {
        const session = await chats.shown();
        const { draft } = session;
        return { draft, orderWith: (code) => session.orderOf({ ...questionWith(desk, draft), code }) };
      },
      noteChange: () => this.price.noteChange(),
    });
    await Promise.all([desk.readInstructions(), desk.settle()]);
    return desk;
  }

  async #draftOrder(): Promise<RoutingOrder | undefined> {
    const session = await this.#ports.chats.shown();
    const isPriced = session.draft.trim() !== "" && this.#ports.isSeen();
    return isPriced ? session.orderOf(questionWith(await this.desk(), session.draft)) : undefined;
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

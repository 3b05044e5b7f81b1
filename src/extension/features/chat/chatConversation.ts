import { CONTINUE_REQUEST, buildChatMessages } from "../../../core/conversation/buildMessages.ts";
import type { CodeContext, ConversationMessage } from "../../../core/conversation/conversationMessage.ts";
import type { TaskType } from "../../../core/tasks/taskType.ts";
import type { WarmCache } from "../../../core/routing/warmCache.ts";
import { presentWaybill } from "../../../core/waybill/presentWaybill.ts";
import type { Surface, Waybill } from "../../../core/waybill/waybill.ts";
import type { AnswerView, ChatChange, MessageView, StrongerView } from "../../../protocol/chatMessages.ts";
import { describeNextTry } from "../../../turn/describeNextTry.ts";
import type { TurnEvent } from "../../../turn/turnEvent.ts";
import type { TurnOrder } from "../../platform/engine.ts";
import { saidBefore } from "./chatHistory.ts";
import { strongerView } from "./strongerView.ts";

/** What a conversation needs of the world around it. */
export interface ConversationPorts {
  readonly runTurn: (order: TurnOrder, signal: AbortSignal) => AsyncIterable<TurnEvent>;
  /** Tells the view one change. */
  readonly emit: (change: ChatChange) => unknown;
  /** Tells the view everything anew, after something was taken away. */
  readonly emitAll: () => unknown;
  /** Keeps a message; failing is the port's business, the conversation goes on. */
  readonly save: (message: MessageView) => void;
  readonly noteWaybill: (waybill: Waybill) => void;
  /** The person did not accept the answer of this turn and asked a stronger model. */
  readonly noteClimbed: (turnId: string) => void;
  readonly noteAnswering: (isAnswering: boolean) => void;
  readonly nowMs: () => number;
  readonly newId: () => string;
}

export interface Question {
  readonly text: string;
  readonly code: readonly CodeContext[];
  readonly surface: Surface;
  /** Set by commands that know what they are for. */
  readonly taskType: TaskType | undefined;
  /** It continues the answer before it, which was given to this text. */
  readonly continues?: string;
  /** It is asked again because an answer of this model was not accepted. */
  readonly strongerThan?: string;
  /** The stronger model that was offered. */
  readonly beginWith?: string;
}

/** An answer being written is kept at least this often, so that a reload loses no more. */
const SAVE_PERIOD_MS = 1_000;

/** One chat: owns its messages, runs its turns, tells the view every change. The view only shows it. */
export class ChatConversation {
  readonly chatId: string;
  readonly #workspace: string;
  readonly #ports: ConversationPorts;
  readonly #messages: MessageView[];
  /** Aborts the turn under way; `undefined` when none is. */
  #running: AbortController | undefined;
  /** The questions of this session by the answer they led to, for trying again. */
  readonly #questions = new Map<string, Question>();
  /** The turns of this session by the answer they gave. */
  readonly #turns = new Map<string, string>();
  /** The last request that was answered, whose prompt may still be in a provider's cache. */
  #warm: WarmCache | undefined;
  /** What the route of an answer under way said of a stronger model. */
  #stronger: StrongerView | undefined;
  /** Two answers to one question in a row were not accepted, the first by this model; the next question begins above it. */
  #beginAbove: string | undefined;
  #savedAtMs = 0;

  constructor(
    identity: { chatId: string; workspace: string },
    messages: readonly MessageView[],
    ports: ConversationPorts,
  ) {
    this.chatId = identity.chatId;
    this.#workspace = identity.workspace;
    this.#messages = [...messages];
    this.#ports = ports;
  }

  get messages(): readonly MessageView[] {
    return this.#messages;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** Asks and reads the answer to its end. A second question while one runs is not taken. */
  async ask(question: Question): Promise<void> {
    if (this.isRunning || question.text.trim() === "") return;
    const history = this.#history();
    const strongerThan = this.#beginAbove;
    this.#beginAbove = undefined;
    this.#add({
      role: "user",
      id: this.#ports.newId(),
      text: question.text,
      attachments: question.code.map(({ label, languageId, text }) => ({ label, languageId, text })),
    });
    await this.#answer(strongerThan === undefined ? question : { ...question, strongerThan }, history);
  }

  stop(): void {
    this.#running?.abort();
  }

  /** Asks the same again. An answer with text stays, one without is replaced. */
  async tryAgain(answerId: string): Promise<void> {
    const index = this.#messages.findIndex(({ id }) => id === answerId);
    const failed = this.#messages[index];
    const question = this.#questions.get(answerId) ?? this.#storedQuestion(index);
    if (this.isRunning || failed?.role !== "assistant" || question === undefined) return;
    const history = this.#history(question.continues === undefined ? this.#askedAt(index) : index);
    if (failed.text === "") {
      this.#messages.splice(index, 1);
      this.#ports.emitAll();
    }
    await this.#answer(question, history);
  }

  /** Asks a stronger model the same, afresh: what a weaker one said could lead it astray. */
  async tryStronger(answerId: string): Promise<void> {
    const index = this.#messages.findIndex(({ id }) => id === answerId);
    const refused = this.#messages[index];
    const question = this.#questions.get(answerId) ?? this.#storedQuestion(index);
    if (this.isRunning || refused?.role !== "assistant" || refused.stronger === undefined || question === undefined)
      return;
    const turnId = this.#turns.get(answerId);
    if (turnId !== undefined) this.#ports.noteClimbed(turnId);
    if (refused.relation === "replaces") this.#beginAbove = question.strongerThan ?? refused.stronger.than;
    const { than, next } = refused.stronger;
    await this.#answer({ ...question, strongerThan: than, beginWith: next }, this.#history(this.#askedAt(index)));
  }

  /** Asks for the rest of an answer that broke off. It comes as an answer of its own, with a waybill of its own. */
  async continueAnswer(answerId: string): Promise<void> {
    const index = this.#messages.findIndex(({ id }) => id === answerId);
    const question = this.#questions.get(answerId) ?? this.#storedQuestion(index);
    if (this.isRunning || question === undefined) return;
    const { surface, taskType, continues = question.text } = question;
    const rest: Question = { text: CONTINUE_REQUEST, code: [], surface, taskType, continues };
    await this.#answer(rest, this.#history(index + 1));
  }

  async #answer(question: Question, history: readonly ConversationMessage[]): Promise<void> {
    const answerId = this.#ports.newId();
    const isAlone = this.#messages.at(-1)?.role === "user";
    const relation = isAlone ? undefined : question.continues === undefined ? "replaces" : "continues";
    this.#questions.set(answerId, question);
    this.#stronger = undefined;
    this.#add({
      role: "assistant",
      id: answerId,
      text: "",
      reasoning: "",
      state: "waiting",
      status: "Choosing a model…",
      ...(relation === undefined ? {} : { relation }),
    });
    const running = new AbortController();
    this.#running = running;
    this.#ports.noteAnswering(true);
    try {
      for await (const event of this.#ports.runTurn(this.#order(question, history), running.signal)) {
        this.#note(answerId, event);
        if (isEnd(event)) this.#endRunning(running);
      }
    } finally {
      this.#endRunning(running);
      this.#saveAnswer(answerId);
    }
  }

  #order(question: Question, history: readonly ConversationMessage[]): TurnOrder {
    return {
      surface: question.surface,
      workspace: this.#workspace,
      chatId: this.chatId,
      messages: buildChatMessages(history, question.text, question.code),
      taskType: question.taskType,
      ...(question.strongerThan === undefined ? {} : { strongerThan: question.strongerThan }),
      ...(question.beginWith === undefined ? {} : { beginWith: question.beginWith }),
      ...(this.#warm === undefined ? {} : { warm: this.#warm }),
      signals: {
        text: question.continues ?? question.text,
        hasSelection: question.code.length > 0,
        hasDiagnostics: question.code.some(({ diagnostics }) => diagnostics.length > 0),
      },
    };
  }

  /** The panel is free for the next question once the answer ended; its cost may still be looked up after that. */
  #endRunning(running: AbortController): void {
    if (this.#running !== running) return;
    this.#running = undefined;
    this.#ports.noteAnswering(false);
  }

  #note(answerId: string, event: TurnEvent): void {
    switch (event.type) {
      case "route-chosen":
        this.#stronger = strongerView(event.decision);
        return this.#change(answerId, { status: `Asking ${event.decision.choice.model.name}…` });
      case "reserved":
        return;
      case "attempt-start":
        return this.#change(answerId, { status: `Asking ${event.choice.model.name}…` });
      case "retry-wait":
      case "fallback":
        return this.#change(answerId, { status: describeNextTry(event) });
      case "text-delta":
      case "reasoning-delta":
        return this.#append(answerId, event);
      case "turn-end":
        this.#ports.noteWaybill(event.waybill);
        this.#noteWarm(event.waybill);
        this.#turns.set(answerId, event.waybill.turnId);
        return this.#finish(answerId, {
          state: endState(event.waybill),
          waybill: presentWaybill(event.waybill),
          ...(event.problem === undefined ? {} : { problem: event.problem }),
          ...(this.#stronger === undefined || endState(event.waybill) !== "done" ? {} : { stronger: this.#stronger }),
        });
      case "turn-refused":
        return this.#finish(answerId, { state: "failed", problem: event.problem });
      case "turn-failed":
        if (event.waybill !== undefined) this.#ports.noteWaybill(event.waybill);
        return this.#finish(answerId, {
          state: "failed",
          problem: event.problem,
          ...(event.waybill === undefined ? {} : { waybill: presentWaybill(event.waybill) }),
        });
      case "waybill-corrected":
        this.#ports.noteWaybill(event.waybill);
        return this.#finish(answerId, { waybill: presentWaybill(event.waybill) });
    }
  }

  #noteWarm({ askedModel, usage }: Waybill): void {
    if (usage === undefined) return;
    this.#warm = { modelId: askedModel, promptTokens: usage.promptTokens, atMs: this.#ports.nowMs() };
  }

  #append(answerId: string, event: Extract<TurnEvent, { type: "text-delta" | "reasoning-delta" }>): void {
    const answer = this.#answerOf(answerId);
    if (answer === undefined) return;
    if (answer.state === "waiting") this.#change(answerId, { state: "streaming" });
    const field = event.type === "text-delta" ? "text" : "reasoning";
    this.#replace({ ...(this.#answerOf(answerId) ?? answer), [field]: answer[field] + event.text });
    this.#ports.emit({
      kind: event.type === "text-delta" ? "text-appended" : "reasoning-appended",
      messageId: answerId,
      text: event.text,
    });
    if (this.#ports.nowMs() - this.#savedAtMs >= SAVE_PERIOD_MS) this.#saveAnswer(answerId);
  }

  #finish(answerId: string, fields: Partial<Pick<AnswerView, "state" | "waybill" | "problem" | "stronger">>): void {
    this.#change(answerId, fields);
    this.#saveAnswer(answerId);
  }

  #change(
    answerId: string,
    fields: Partial<Pick<AnswerView, "state" | "status" | "waybill" | "problem" | "stronger">>,
  ): void {
    const answer = this.#answerOf(answerId);
    if (answer === undefined) return;
    this.#replace({ ...answer, ...fields });
    this.#ports.emit({ kind: "answer-changed", messageId: answerId, ...fields });
  }

  #add(message: MessageView): void {
    this.#messages.push(message);
    this.#ports.emit({ kind: "message-added", message });
    this.#ports.save(message);
  }

  #replace(answer: AnswerView): void {
    const index = this.#messages.findLastIndex(({ id }) => id === answer.id);
    if (index >= 0) this.#messages[index] = answer;
  }

  #answerOf(answerId: string): AnswerView | undefined {
    const message = this.#messages.findLast(({ id }) => id === answerId);
    return message?.role === "assistant" ? message : undefined;
  }

  #saveAnswer(answerId: string): void {
    const answer = this.#answerOf(answerId);
    if (answer === undefined) return;
    this.#savedAtMs = this.#ports.nowMs();
    this.#ports.save(answer);
  }

  /** What was said before, up to but without the message at `end`. */
  #history(end = this.#messages.length): readonly ConversationMessage[] {
    return saidBefore(this.#messages.slice(0, Math.max(0, end)));
  }

  /** Where the question of an answer stands; other answers to it may stand between. */
  #askedAt(answerIndex: number): number {
    return this.#messages.findLastIndex(({ role }, index) => index < answerIndex && role === "user");
  }

  /** The question before a stored answer, whose surface and task are no longer known. */
  #storedQuestion(answerIndex: number): Question | undefined {
    const asked = this.#messages[this.#askedAt(answerIndex)];
    if (asked?.role !== "user") return undefined;
    const code = asked.attachments.map((attachment) => ({ ...attachment, diagnostics: [] }));
    return { text: asked.text, code, surface: "chat", taskType: undefined };
  }
}

function isEnd({ type }: TurnEvent): boolean {
  return type === "turn-end" || type === "turn-refused" || type === "turn-failed";
}

function endState({ finish }: Waybill): AnswerView["state"] {
  switch (finish) {
    case "complete":
    case "length":
    case "filtered":
      return "done";
    case "stopped":
      return "stopped";
    case "incomplete":
      return "incomplete";
    case "failed":
      return "failed";
  }
}

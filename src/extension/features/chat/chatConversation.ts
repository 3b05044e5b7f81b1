import type { UnconfirmedCost } from "../../../core/budget/askRule.ts";
import type { ExceededLimit } from "../../../core/budget/raiseLimit.ts";
import { CONTINUE_REQUEST, buildChatMessages } from "../../../core/conversation/buildMessages.ts";
import type { CodeContext, ConversationMessage } from "../../../core/conversation/conversationMessage.ts";
import type { RejectedAnswer } from "../../../core/routing/carryLesson.ts";
import type { ModelChoice } from "../../../core/routing/routeDecision.ts";
import type { TaskType } from "../../../core/tasks/taskType.ts";
import type { WarmCache } from "../../../core/routing/warmCache.ts";
import { signalsOf } from "../../../core/tasks/signalsOf.ts";
import { withoutSlashCommand } from "../../../core/tasks/slashCommand.ts";
import type { OutcomeKind } from "../../../core/routing/outcomeKind.ts";
import { presentWaybill } from "../../../core/waybill/presentWaybill.ts";
import type { Surface, Waybill } from "../../../core/waybill/waybill.ts";
import type {
  AnswerRelation,
  AnswerView,
  ChatChange,
  MessageView,
  WaybillView,
} from "../../../protocol/chatMessages.ts";
import { keepRoute } from "../../../protocol/keepRoute.ts";
import { describeNextTry } from "../../../turn/describeNextTry.ts";
import type { TurnEvent } from "../../../turn/turnEvent.ts";
import type { RoutingOrder, TurnOrder } from "../../platform/engine.ts";
import type { BudgetClick, BudgetLeave } from "../../platform/passBudget.ts";
import { endState, isEnd } from "./answerEnd.ts";
import { isSameCode, saidBefore } from "./chatHistory.ts";
import { rejectedAnswer, strongerView } from "./strongerView.ts";

/** What a conversation needs of the world around it. */
export interface ConversationPorts {
  readonly runTurn: (order: TurnOrder, signal: AbortSignal) => AsyncIterable<TurnEvent>;
  /** Tells the view one change. */
  readonly emit: (change: ChatChange) => unknown;
  /** Tells the view everything anew, after something was taken away. */
  readonly emitAll: () => unknown;
  /** Keeps a message; failing is the port's business, the conversation goes on. */
  readonly save: (message: MessageView) => void;
  /** Does what the person clicked beside a budget that was passed. */
  readonly passBudget: (click: BudgetClick) => Promise<BudgetLeave>;
  readonly noteWaybill: (waybill: Waybill) => void;
  /** What the person did with the answer of a turn; failing is the port's business. */
  readonly noteOutcome: (turnId: string, kind: OutcomeKind) => void;
  /** Keeps what the person said a question was for. */
  readonly noteCorrection: (text: string, taskType: TaskType) => Promise<void>;
  readonly noteAnswering: (isAnswering: boolean) => void;
  readonly nowMs: () => number;
  readonly newId: () => string;
}

export interface Question {
  /** As it was typed; a slash command at its beginning names the task. */
  readonly text: string;
  readonly code: readonly CodeContext[];
  /** The editor reports problems in the code. They are not sent along. */
  readonly hasDiagnostics?: boolean;
  readonly surface: Surface;
  /** Set by commands that know what they are for. */
  readonly taskType: TaskType | undefined;
  /** It continues the answer before it, which was given to this text. */
  readonly continues?: string;
  /** It is asked again because an answer of this model was not accepted. */
  readonly strongerThan?: string;
  /** The stronger model that was offered. */
  readonly beginWith?: string;
  /** That answer. */
  readonly rejected?: RejectedAnswer;
  /** What the person has just let it do. */
  readonly leave?: BudgetLeave;
}

type AnswerFields = Omit<Extract<ChatChange, { kind: "answer-changed" }>, "kind" | "messageId">;

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
  /** The waybills of this session by their answers. */
  readonly #waybills = new Map<string, Waybill>();
  /** What stopped a turn of this session, by the answer that did not come. */
  readonly #exceeded = new Map<string, ExceededLimit | UnconfirmedCost>();
  /** The last request that was answered, whose prompt may still be in a provider's cache. */
  #warm: WarmCache | undefined;
  /** The rungs above the first one of the answer under way, and the one that is asked. */
  #ladder: readonly ModelChoice[] = [];
  #rung: ModelChoice | undefined;
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

  /** What the next question would ask for, to know its price. */
  orderOf(question: Question): RoutingOrder {
    return this.#order(this.#aboveRefused(question), this.#history());
  }

  /** Asks and reads the answer to its end. A second question while one runs is not taken. */
  async ask(question: Question): Promise<void> {
    if (this.isRunning || question.text.trim() === "") return;
    this.#noteAskedAgain(question);
    const history = this.#history();
    const asked = this.#aboveRefused(question);
    this.#beginAbove = undefined;
    this.#add({
      role: "user",
      id: this.#ports.newId(),
      text: question.text,
      attachments: question.code.map(({ label, languageId, text }) => ({ label, languageId, text })),
    });
    await this.#answer(asked, history);
  }

  #aboveRefused(question: Question): Question {
    return this.#beginAbove === undefined ? question : { ...question, strongerThan: this.#beginAbove };
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
    if (failed.state === "done") this.#noteOutcome(failed, "regenerated");
    const history = this.#history(question.continues === undefined ? this.#askedAt(index) : index);
    if (failed.text === "") {
      this.#messages.splice(index, 1);
      this.#ports.emitAll();
    }
    await this.#answer(question, history);
  }

  /** Asks the same again with the leave that the person has just given. */
  async askPastBudget(answerId: string, action: BudgetClick["action"]): Promise<void> {
    const exceeded = this.#exceeded.get(answerId);
    const question = this.#questions.get(answerId);
    if (this.isRunning || question === undefined) return;
    const place = { workspace: this.#workspace, chat: this.chatId };
    const leave = exceeded === undefined ? {} : await this.#ports.passBudget({ action, exceeded, place });
    this.#questions.set(answerId, { ...question, leave });
    await this.tryAgain(answerId);
  }

  /** Asks a stronger model the same. The turn decides whether the answer goes along. */
  async tryStronger(answerId: string): Promise<void> {
    const index = this.#messages.findIndex(({ id }) => id === answerId);
    const refused = this.#messages[index];
    const question = this.#questions.get(answerId) ?? this.#storedQuestion(index);
    if (this.isRunning || refused?.role !== "assistant" || refused.stronger === undefined || question === undefined)
      return;
    this.#noteOutcome(refused, "climbed");
    const waybill = this.#waybills.get(answerId);
    if (refused.relation === "replaces") this.#beginAbove = question.strongerThan ?? refused.stronger.than;
    const { than, next } = refused.stronger;
    const rejected = question.continues === undefined ? { rejected: rejectedAnswer(refused.text, waybill) } : {};
    const again = { ...question, strongerThan: than, beginWith: next, ...rejected };
    await this.#answer(again, this.#history(this.#askedAt(index)));
  }

  /** The person took something of the answer along. */
  noteCopied(answerId: string): void {
    this.#noteOutcome(this.#answerOf(answerId), "copied");
  }

  /** Costs were looked up after their receipts were shown. */
  correctReceipts(correct: (shown: WaybillView) => WaybillView | undefined): void {
    for (const message of this.#messages.slice()) {
      const waybill =
        message.role === "assistant" && message.waybill !== undefined ? correct(message.waybill) : undefined;
      if (waybill !== undefined) this.#finish(message.id, { waybill });
    }
  }

  /** The person says what the question of an answer was for. */
  async correctTask(answerId: string, correctedTask: TaskType): Promise<void> {
    const question =
      this.#questions.get(answerId) ?? this.#storedQuestion(this.#messages.findIndex(({ id }) => id === answerId));
    if (question === undefined) return;
    await this.#ports.noteCorrection(question.continues ?? question.text, correctedTask);
    this.#finish(answerId, { correctedTask });
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
    const isAlone = this.#messages.at(-1)?.role === "user";
    const relation = isAlone ? undefined : question.continues === undefined ? "replaces" : "continues";
    this.#rung = undefined;
    let answerId = this.#begin(question, "Choosing a model…", relation);
    const running = new AbortController();
    this.#running = running;
    this.#ports.noteAnswering(true);
    try {
      for await (const event of this.#ports.runTurn(this.#order(question, history), running.signal)) {
        if (event.type === "climb") answerId = this.#climb(answerId, question, event);
        else this.#note(answerId, event);
        if (isEnd(event)) this.#endRunning(running);
      }
    } finally {
      this.#endRunning(running);
      this.#saveAnswer(answerId);
    }
  }

  #begin(question: Question, status: string, relation: AnswerRelation | undefined): string {
    const id = this.#ports.newId();
    const { leave: _leave, ...again } = question;
    // A leave is for one turn: what is asked again later asks anew.
    this.#questions.set(id, again);
    const answer = { role: "assistant", id, text: "", reasoning: "", state: "waiting", status } as const;
    this.#add(relation === undefined ? answer : { ...answer, relation });
    return id;
  }

  /** The answer so far stays readable, with its waybill; the next one takes its place in what is said later. */
  #climb(answerId: string, question: Question, event: Extract<TurnEvent, { type: "climb" }>): string {
    this.#rung = event.choice;
    const route = this.#answerOf(answerId)?.route;
    this.#ports.noteWaybill(event.waybill);
    const waybill = presentWaybill(event.waybill);
    this.#finish(answerId, {
      state: "done",
      waybill,
      note: `${event.because}, so ${event.choice.model.name} was asked.`,
    });
    const next = this.#begin(question, describeNextTry(event), "replaces");
    if (route !== undefined) this.#change(next, { route });
    return next;
  }

  #order(question: Question, history: readonly ConversationMessage[]): TurnOrder {
    return {
      surface: question.surface,
      workspace: this.#workspace,
      chatId: this.chatId,
      messages: buildChatMessages(history, withoutSlashCommand(question.text), question.code),
      taskType: question.taskType,
      ...(question.strongerThan === undefined ? {} : { strongerThan: question.strongerThan }),
      ...(question.beginWith === undefined ? {} : { beginWith: question.beginWith }),
      ...(question.rejected === undefined ? {} : { rejected: question.rejected }),
      ...question.leave,
      ...(this.#warm === undefined ? {} : { warm: this.#warm }),
      signals: signalsOf({ ...question, text: question.continues ?? question.text }),
    };
  }

  /** The same question once more says that its answer did not do. */
  #noteAskedAgain({ text, code }: Question): void {
    const last = this.#messages.at(-1);
    const asked = this.#messages[this.#askedAt(this.#messages.length)];
    if (last?.role !== "assistant" || last.state !== "done" || asked?.role !== "user") return;
    if (asked.text.trim() !== text.trim() || !isSameCode(asked.attachments, code)) return;
    this.#noteOutcome(last, "regenerated");
  }

  #noteOutcome(answer: AnswerView | undefined, kind: OutcomeKind): void {
    if (answer?.turnId !== undefined) this.#ports.noteOutcome(answer.turnId, kind);
  }

  /** The panel is free for the next question once the answer ended; its cost may still be looked up after that. */
  #endRunning(running: AbortController): void {
    if (this.#running !== running) return;
    this.#running = undefined;
    this.#ports.noteAnswering(false);
  }

  #note(answerId: string, event: Exclude<TurnEvent, { type: "climb" }>): void {
    switch (event.type) {
      case "route-chosen":
        this.#ladder = event.decision.stronger;
        this.#rung = event.decision.choice;
        return this.#change(answerId, {
          status: `Asking ${event.decision.choice.model.name}…`,
          route: keepRoute(event.decision, this.#ports.nowMs()),
        });
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
        this.#waybills.set(answerId, event.waybill);
        return this.#finish(answerId, {
          state: endState(event.waybill),
          turnId: event.waybill.turnId,
          waybill: presentWaybill(event.waybill),
          ...(event.problem === undefined ? {} : { problem: event.problem }),
          ...(endState(event.waybill) === "done" ? strongerView(this.#rung, this.#ladder) : {}),
        });
      case "turn-refused":
        if (event.exceeded !== undefined) this.#exceeded.set(answerId, event.exceeded);
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

  #finish(answerId: string, fields: AnswerFields): void {
    this.#change(answerId, fields);
    this.#saveAnswer(answerId);
  }

  #change(answerId: string, fields: AnswerFields): void {
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

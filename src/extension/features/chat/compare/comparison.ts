import { buildSummaryMessages } from "../../../../core/conversation/buildSummaryMessages.ts";
import type { ChatChoice } from "../../../../core/routing/chatChoice.ts";
import { thriftyPolicies } from "../../../../core/routing/thriftyPolicies.ts";
import { paidForTurn } from "../../../../core/waybill/paidForTurn.ts";
import { signalsOf } from "../../../../core/tasks/signalsOf.ts";
import type { AnswerView } from "../../../../protocol/chatMessages.ts";
import type { ComparedView } from "../../../../protocol/compareMessages.ts";
import type { TurnEvent } from "../../../../turn/turnEvent.ts";
import type { TurnOrder } from "../../../platform/engine.ts";
import { isEnd } from "../answerEnd.ts";
import { AnswerTurn, type AnswerTree } from "../answerTurn.ts";
import type { ChatSession } from "../chatSession.ts";
import { type Question, storedQuestion } from "../question.ts";
import { comparisonOf, completeAnswers, tellFigures } from "./comparisonOf.ts";

type ModelToCompare = Extract<ChatChoice, { kind: "model" }>;

/** A model with the leave that the person has just given it. */
export interface ModelToAsk {
  readonly model: ModelToCompare;
  readonly leave: NonNullable<Question["leave"]>;
}

/** A summary has a list or two. */
const MOST_SUMMARY_TOKENS = 900;

interface BesideTurn {
  readonly question: Question;
  readonly order: TurnOrder;
  readonly compared: ComparedView;
}

/** Several models under one question of a chat. All are asked at the same time, each in a turn of its own. */
export class Comparison {
  readonly #session: ChatSession;

  constructor(session: ChatSession) {
    this.#session = session;
  }

  /** Asks and reads all answers to their end. */
  async ask(question: Question, models: readonly ModelToAsk[]): Promise<void> {
    if (this.#session.mustWait) return;
    const questionId = this.#session.place(question, this.#session.nextParentId);
    await this.#askBelow(questionId, question, models);
  }

  /** Asks the model of a failed answer once more, with the leave that the person has just given. */
  async askAgain(answerId: string, given: ModelToAsk["leave"] = {}): Promise<boolean> {
    const { tree, isRunning } = this.#session;
    const failed = this.#find(answerId);
    const asked = tree.find(failed?.parentId);
    if (isRunning || failed?.isElsewhere === true || failed?.compared?.kind !== "answer" || asked?.role !== "user")
      return false;
    const { modelId, name } = failed.compared;
    const question = this.#session.memory.get(answerId)?.question ?? storedQuestion(asked);
    if (failed.text === "") tree.remove(answerId);
    tree.showUpTo(asked.id);
    const leave = { ...given, ...NO_DOWNGRADE };
    await this.#askBelow(asked.id, question, [{ model: { kind: "model", modelId, name }, leave }]);
    return true;
  }

  /** The chat goes on from this answer. The others stay beside it. */
  choose(answerId: string): void {
    const { tree, isRunning, memory, ports } = this.#session;
    const chosen = this.#find(answerId);
    if (isRunning || chosen === undefined || chosen.text === "") return;
    if (chosen.compared?.kind === "answer") this.#noteVerdicts(chosen);
    const waybill = memory.get(answerId)?.waybill;
    if (waybill !== undefined) this.#session.noteWarm(waybill, waybill.startedAtMs + waybill.totalMs);
    tree.showThrough(answerId);
    if (chosen.state === "done") ports.noteAnswered(answerId);
  }

  /** Shows the answers side by side again. */
  show(answerId: string): void {
    const { tree, isRunning } = this.#session;
    const answer = tree.answer(answerId);
    if (isRunning || answer?.compared === undefined || answer.parentId === undefined) return;
    tree.showUpTo(answer.parentId);
    this.tell();
  }

  /** Tells the view what stands side by side now. */
  tell(): void {
    const comparison = comparisonOf(this.#session.tree);
    if (comparison !== undefined) this.#session.ports.emit({ kind: "comparison-shown", comparison });
  }

  /** What asking for a summary sends; `undefined` where there are no two answers, or one already. */
  summaryOrder(): TurnOrder | undefined {
    const { tree, mustWait, chatId, workspace } = this.#session;
    const comparison = comparisonOf(tree);
    const whole = completeAnswers(comparison?.answers ?? []);
    const hasSummary = comparison?.summary !== undefined && comparison.summary.text !== "";
    if (mustWait || hasSummary || whole.length < 2 || tree.tip?.role !== "user") return undefined;
    const answers = whole.map(({ text, compared }) => ({ modelName: nameOf(compared), text }));
    return {
      surface: "chat",
      taskType: "question",
      workspace,
      chatId,
      messages: buildSummaryMessages(tree.tip.text, answers),
      signals: signalsOf({ text: tree.tip.text, code: [], surface: "chat" }),
      narrow: (policies) => thriftyPolicies(policies, { taskType: "question", mostTokens: MOST_SUMMARY_TOKENS }),
    };
  }

  /** Asks a cheap model where the answers agree and where they differ. */
  async summarise(): Promise<void> {
    const { tree } = this.#session;
    const order = this.summaryOrder();
    const asked = tree.tip;
    if (order === undefined || asked?.role !== "user") return;
    const before = comparisonOf(tree)?.summary;
    if (before !== undefined) {
      tree.remove(before.id);
      tree.showUpTo(asked.id);
    }
    await this.#run(asked.id, [{ question: storedQuestion(asked), order, compared: { kind: "summary" } }]);
  }

  async #askBelow(questionId: string, question: Question, models: readonly ModelToAsk[]): Promise<void> {
    const turns = models.map(({ model, leave }): BesideTurn => {
      const { modelId, name } = model;
      const asked = { ...question, choice: model, leave };
      return {
        question: asked,
        order: this.#session.orderBelow(asked, questionId),
        compared: { kind: "answer", modelId, name },
      };
    });
    await this.#run(questionId, turns);
  }

  async #run(parentId: string, turns: readonly BesideTurn[]): Promise<void> {
    const session = this.#session;
    const place = { parentId, relation: undefined };
    const stay = session.occupy();
    if (stay === undefined) return;
    const { memory, ports } = session;
    const begun = turns.map((turn) => {
      const tree = this.#besideTree(turn.compared);
      return { turn, tree, answer: new AnswerTurn({ tree, memory, ports }, turn.question, place) };
    });
    this.tell();
    let underWay = begun.length;
    const noteEnd = () => {
      underWay -= 1;
      if (underWay === 0) stay.free();
      tellFigures(this.#session);
    };
    try {
      await Promise.all(begun.map((each) => this.#read(each, stay.signal, noteEnd)));
    } finally {
      stay.leave();
    }
  }

  /** Never rejects: what one turn does must not disturb the others. */
  async #read(
    { turn, tree, answer }: { turn: BesideTurn; tree: AnswerTree; answer: AnswerTurn },
    signal: AbortSignal,
    noteEnd: () => void,
  ): Promise<void> {
    let hasEnded = false;
    const end = () => {
      if (!hasEnded) noteEnd();
      hasEnded = true;
    };
    try {
      for await (const event of this.#session.ports.runTurn(turn.order, signal)) {
        notePaid(event, { tree, answerId: answer.answerId, compared: turn.compared });
        answer.note(event);
        if (isEnd(event)) end();
        if (event.type === "waybill-corrected") tellFigures(this.#session);
      }
    } catch (error) {
      tree.settle(answer.answerId, { state: "incomplete" });
      this.#session.ports.report(Promise.reject(error));
    } finally {
      answer.close();
      end();
    }
  }

  #noteVerdicts(chosen: AnswerView): void {
    const answers = comparisonOf(this.#session.tree)?.answers ?? [];
    this.#session.noteOutcome(chosen.id, "accepted");
    for (const { id } of completeAnswers(answers)) {
      if (id !== chosen.id) this.#session.noteOutcome(id, "outranked");
    }
  }

  #find(answerId: string): AnswerView | undefined {
    const comparison = comparisonOf(this.#session.tree);
    const all = [...(comparison?.answers ?? []), ...(comparison?.summary === undefined ? [] : [comparison.summary])];
    return all.find(({ id }) => id === answerId);
  }

  /** The chat's messages, but new answers stand beside the branch that is shown. */
  #besideTree(compared: ComparedView): AnswerTree {
    const { tree } = this.#session;
    return {
      add: (message) => tree.addBeside(message.role === "user" ? message : { ...message, compared }),
      answer: (id) => tree.answer(id),
      append: (id, part, text) => tree.append(id, part, text),
      change: (id, fields) => tree.change(id, fields),
      save: (id) => tree.save(id),
      settle: (id, fields) => tree.settle(id, fields),
    };
  }
}

/** Another model would make the comparison worthless. */
const NO_DOWNGRADE = { onExceed: "block" } as const;

/** The leave for the amount that the person has been told of. */
export function leaveFor(confirmedUpTo: NonNullable<Question["leave"]>["confirmedUpTo"]): ModelToAsk["leave"] {
  return { ...NO_DOWNGRADE, ...(confirmedUpTo === undefined ? {} : { confirmedUpTo }) };
}

function notePaid(
  event: TurnEvent,
  { tree, answerId, compared }: { tree: AnswerTree; answerId: string; compared: ComparedView },
): void {
  if (!("waybill" in event) || event.waybill === undefined) return;
  tree.change(answerId, { compared: { ...compared, paid: paidForTurn(event.waybill) } });
}

function nameOf(compared: AnswerView["compared"]): string {
  return compared?.kind === "answer" ? compared.name : "a model";
}

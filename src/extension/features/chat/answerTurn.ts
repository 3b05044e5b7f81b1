import type { UnconfirmedCost } from "../../../core/budget/askRule.ts";
import type { ExceededLimit } from "../../../core/budget/raiseLimit.ts";
import type { ModelChoice } from "../../../core/routing/routeDecision.ts";
import { presentWaybill } from "../../../core/waybill/presentWaybill.ts";
import type { Waybill } from "../../../core/waybill/waybill.ts";
import type { AnswerRelation } from "../../../protocol/chatMessages.ts";
import { keepRoute } from "../../../protocol/keepRoute.ts";
import { describeNextTry } from "../../../turn/describeNextTry.ts";
import type { TurnEvent } from "../../../turn/turnEvent.ts";
import { endState } from "./answerEnd.ts";
import type { Question } from "./question.ts";
import type { ShownTree } from "./shownTree.ts";
import { strongerView } from "./strongerView.ts";

/** What is known of an answer of this session, and no longer after a reload. */
export interface AnswerMemory {
  /** What it answers, for asking again; without the leave, which is for one turn. */
  readonly question: Question;
  readonly waybill?: Waybill;
  /** What stopped its turn. */
  readonly exceeded?: ExceededLimit | UnconfirmedCost;
}

/** Where the answer is written. */
export type AnswerTree = Pick<ShownTree, "add" | "answer" | "append" | "change" | "save" | "settle">;

export interface AnswerTurnPorts {
  readonly noteWaybill: (waybill: Waybill) => void;
  readonly nowMs: () => number;
  readonly newId: () => string;
}

/** Where an answer stands in the chat. */
export interface AnswerPlace {
  readonly parentId: string | undefined;
  readonly relation: AnswerRelation | undefined;
}

/** An answer being written is kept at least this often, so that a reload loses no more. */
const SAVE_PERIOD_MS = 1_000;

/** Writes the events of one turn into the answer of a chat. A turn that climbs writes each answer beside the one before. */
export class AnswerTurn {
  readonly #tree: AnswerTree;
  readonly #memory: Map<string, AnswerMemory>;
  readonly #ports: AnswerTurnPorts;
  readonly #question: Question;
  readonly #parentId: string | undefined;
  /** The answer that is written now. */
  #answerId: string;
  /** The rungs above the first one, and the one that is asked. */
  #ladder: readonly ModelChoice[] = [];
  #rung: ModelChoice | undefined;
  #savedAtMs = 0;

  constructor(
    { tree, memory, ports }: { tree: AnswerTree; memory: Map<string, AnswerMemory>; ports: AnswerTurnPorts },
    question: Question,
    { parentId, relation }: AnswerPlace,
  ) {
    this.#tree = tree;
    this.#memory = memory;
    this.#ports = ports;
    const { leave: _leave, ...again } = question;
    this.#question = again;
    this.#parentId = parentId;
    this.#answerId = this.#begin("Choosing a model…", relation);
  }

  get answerId(): string {
    return this.#answerId;
  }

  /** Nothing more comes of the turn. */
  close(): void {
    const state = this.#tree.answer(this.#answerId)?.state;
    // A turn that broke without a word would be under way for ever.
    if (state === "waiting" || state === "streaming") this.#tree.settle(this.#answerId, { state: "incomplete" });
    else this.#tree.save(this.#answerId);
  }

  note(event: TurnEvent): void {
    const id = this.#answerId;
    switch (event.type) {
      case "climb":
        return this.#climb(event);
      case "route-chosen":
        this.#ladder = event.decision.stronger;
        this.#rung = event.decision.choice;
        return this.#tree.change(id, {
          status: `Asking ${event.decision.choice.model.name}…`,
          route: keepRoute(event.decision, this.#ports.nowMs()),
        });
      case "reserved":
        return;
      case "attempt-start":
        return this.#tree.change(id, { status: `Asking ${event.choice.model.name}…` });
      case "retry-wait":
      case "fallback":
        return this.#tree.change(id, { status: describeNextTry(event) });
      case "text-delta":
      case "reasoning-delta":
        return this.#append(event);
      case "sources-found":
        return this.#tree.change(id, { sources: event.sources });
      case "turn-end":
        return this.#end(event);
      case "turn-refused":
        if (event.exceeded !== undefined) this.#remember({ exceeded: event.exceeded });
        return this.#tree.settle(id, { state: "failed", problem: event.problem });
      case "turn-failed":
        if (event.waybill !== undefined) this.#ports.noteWaybill(event.waybill);
        return this.#tree.settle(id, {
          state: "failed",
          problem: event.problem,
          ...(event.waybill === undefined ? {} : { waybill: presentWaybill(event.waybill) }),
        });
      case "waybill-corrected":
        this.#ports.noteWaybill(event.waybill);
        return this.#tree.settle(id, { waybill: presentWaybill(event.waybill) });
    }
  }

  #begin(status: string, relation: AnswerRelation | undefined): string {
    const id = this.#ports.newId();
    this.#memory.set(id, { question: this.#question });
    this.#tree.add({
      role: "assistant",
      id,
      ...(this.#parentId === undefined ? {} : { parentId: this.#parentId }),
      text: "",
      reasoning: "",
      state: "waiting",
      status,
      ...(relation === undefined ? {} : { relation }),
    });
    return id;
  }

  /** The answer so far stays readable, with its waybill; the next one takes its place beside it. */
  #climb(event: Extract<TurnEvent, { type: "climb" }>): void {
    this.#rung = event.choice;
    const route = this.#tree.answer(this.#answerId)?.route;
    this.#ports.noteWaybill(event.waybill);
    this.#tree.settle(this.#answerId, {
      state: "done",
      waybill: presentWaybill(event.waybill),
      note: `${event.because}, so ${event.choice.model.name} was asked.`,
    });
    this.#answerId = this.#begin(describeNextTry(event), "replaces");
    if (route !== undefined) this.#tree.change(this.#answerId, { route });
  }

  #append(event: Extract<TurnEvent, { type: "text-delta" | "reasoning-delta" }>): void {
    const id = this.#answerId;
    if (this.#tree.answer(id)?.state === "waiting") this.#tree.change(id, { state: "streaming" });
    this.#tree.append(id, event.type === "text-delta" ? "text" : "reasoning", event.text);
    const nowMs = this.#ports.nowMs();
    // A clock that was set back must not stop the saving until it has caught up.
    if (Math.abs(nowMs - this.#savedAtMs) < SAVE_PERIOD_MS) return;
    this.#savedAtMs = nowMs;
    this.#tree.save(id);
  }

  #end({ waybill, problem }: Extract<TurnEvent, { type: "turn-end" }>): void {
    this.#ports.noteWaybill(waybill);
    this.#remember({ waybill });
    const state = endState(waybill);
    this.#tree.settle(this.#answerId, {
      state,
      turnId: waybill.turnId,
      waybill: presentWaybill(waybill),
      ...(problem === undefined ? {} : { problem }),
      ...(state === "done" ? strongerView(this.#rung, this.#ladder) : {}),
    });
  }

  #remember(news: Omit<AnswerMemory, "question">): void {
    this.#memory.set(this.#answerId, { question: this.#question, ...news });
  }
}

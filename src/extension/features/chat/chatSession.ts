import type { UnconfirmedCost } from "../../../core/budget/askRule.ts";
import type { ExceededLimit } from "../../../core/budget/raiseLimit.ts";
import type { ConversationMessage } from "../../../core/conversation/conversationMessage.ts";
import type { ChatChoice } from "../../../core/routing/chatChoice.ts";
import type { OutcomeKind } from "../../../core/routing/outcomeKind.ts";
import type { WarmCache } from "../../../core/routing/warmCache.ts";
import type { Waybill } from "../../../core/waybill/waybill.ts";
import type { AnswerRelation, MessageView } from "../../../protocol/chatMessages.ts";
import type { RoutingOrder, TurnOrder } from "../../platform/engine.ts";
import { isEnd } from "./answerEnd.ts";
import { type AnswerMemory, AnswerTurn } from "./answerTurn.ts";
import { attachmentOf } from "./attachmentOf.ts";
import { isSameCode, saidBefore } from "./chatHistory.ts";
import { comparisonOf, messageToGoOnFrom } from "./compare/comparisonOf.ts";
import { type Question, joinDrafts, joinQuestions, orderOf } from "./question.ts";
import type { ChatContent, SessionPorts, Stay } from "./sessionPorts.ts";
import { ShownTree } from "./shownTree.ts";

/** One chat: owns its messages, runs its turns, tells the view every change of what is shown. */
export class ChatSession {
  readonly chatId: string;
  readonly workspace: string;
  readonly tree: ShownTree;
  /** What is known of the answers of this session. */
  readonly memory = new Map<string, AnswerMemory>();
  readonly ports: SessionPorts;
  /** Two answers to one question in a row were not accepted, the first by this model; the next question begins above it. */
  beginAbove: string | undefined;
  #title: string;
  #titleSource: ChatContent["titleSource"];
  #draft: string;
  #choice: ChatChoice | undefined;
  /** Waits for the answer under way to end well. */
  #queued: Question | undefined;
  /** Aborts the turn under way; `undefined` when none is. */
  #running: AbortController | undefined;
  /** Turns whose events still come, also after their answers ended. */
  #turns = 0;
  /** The last request that was answered, whose prompt may still be in a provider's cache. */
  #warm: WarmCache | undefined;

  constructor(content: ChatContent, ports: SessionPorts) {
    this.chatId = content.chatId;
    this.workspace = content.workspace;
    this.ports = ports;
    this.tree = new ShownTree(content.messages, content.tipId, ports);
    this.#title = content.title;
    this.#titleSource = content.titleSource;
    this.#draft = content.draft;
    this.#choice = content.choice;
  }

  /** The branch that is shown. */
  get messages(): readonly MessageView[] {
    return this.tree.path;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** Costs may still be looked up after the answer has ended, and a question may wait for another window. */
  get isBusy(): boolean {
    return this.#turns > 0 || this.#queued !== undefined;
  }

  /** Nothing can be asked at the end of the branch now: an answer there is under way, here or in another window. */
  get mustWait(): boolean {
    return this.isRunning || this.tree.awaitsOther;
  }

  get title(): string {
    return this.#title;
  }

  get titleSource(): ChatContent["titleSource"] {
    return this.#titleSource;
  }

  get draft(): string {
    return this.#draft;
  }

  get choice(): ChatChoice | undefined {
    return this.#choice;
  }

  get queued(): Question | undefined {
    return this.#queued;
  }

  /** What the last request left in a provider's cache, as far as is known. */
  get warm(): WarmCache | undefined {
    return this.#warm;
  }

  /** The next prompt begins otherwise, so the cache has nothing of it. */
  forgetWarm(): void {
    this.#warm = undefined;
  }

  /** An automatic title never takes the place of a person's. */
  rename(title: string, source: "auto" | "person"): void {
    if (source === "auto" && this.#titleSource === "person") return;
    this.#title = title;
    this.#titleSource = source;
    this.ports.saveTitle(title, source);
    this.ports.emit({ kind: "title-changed", title });
  }

  /** The title was changed in the store. */
  noteTitle({ title, titleSource }: Pick<ChatContent, "title" | "titleSource">): void {
    this.#title = title;
    this.#titleSource = titleSource;
    this.ports.emit({ kind: "title-changed", ...(title === "" ? {} : { title }) });
  }

  /** What other windows wrote to this chat. `follow`: also where the shown branch goes on now. */
  takeNews(stored: Pick<ChatContent, "messages" | "title" | "titleSource">, follow: boolean): void {
    this.tree.takeNews(stored.messages, follow);
    const comparison = comparisonOf(this.tree);
    if (comparison?.answers.some(({ isElsewhere }) => isElsewhere)) {
      this.ports.emit({ kind: "comparison-shown", comparison });
    }
    if (stored.titleSource !== "none" && stored.title !== this.#title) this.noteTitle(stored);
    if (!this.mustWait) this.#askQueued(this.tree.tip);
  }

  choose(choice: ChatChoice | undefined): void {
    this.#choice = choice;
    this.ports.saveChoice(choice);
  }

  keepDraft(text: string): void {
    this.#draft = text;
    this.#saveDraft();
  }

  /** Saves everything: until now it could not be. */
  keepAll(): void {
    this.tree.saveAll();
    if (this.#titleSource !== "none") this.ports.saveTitle(this.#title, this.#titleSource);
    if (this.#choice !== undefined) this.ports.saveChoice(this.#choice);
    this.#saveDraft();
  }

  /** Asks the question once the answer under way has ended well, together with one that waits already. */
  queue(question: Question): void {
    if (question.text.trim() === "") return;
    this.#setQueued(this.#queued === undefined ? question : joinQuestions(this.#queued, question));
  }

  /** The question that waits goes back into the composer. */
  unqueue(): void {
    const queued = this.#queued;
    if (queued === undefined) return;
    this.#draft = joinDrafts(queued.text, this.#draft);
    this.#setQueued(undefined);
    this.ports.emit({ kind: "draft-returned", text: queued.text });
    this.ports.returnCode(queued.code);
  }

  /** What the next question would ask for, to know its price. */
  orderOf(question: Question): RoutingOrder {
    return this.#order(this.#aboveRefused(question), saidBefore(this.tree.pathTo(this.nextParentId)));
  }

  /** Asks and reads the answer to its end. A second question while one runs is not taken. */
  async ask(question: Question): Promise<void> {
    if (this.mustWait || question.text.trim() === "") return;
    this.#noteAskedAgain(question);
    await this.askBelow(question, this.nextParentId);
  }

  /** The same below any message, which makes a branch where something follows that message already. */
  async askBelow(question: Question, parentId: string | undefined): Promise<void> {
    const asked = this.#aboveRefused(question);
    this.beginAbove = undefined;
    await this.answer(asked, this.place(question, parentId));
  }

  /** Shows the question below a message, where it waits for answers. */
  place({ text, code }: Question, parentId: string | undefined): string {
    const id = this.ports.newId();
    const parent = parentId === undefined ? {} : { parentId };
    const { mask } = this.ports;
    const attachments = code.map(attachmentOf).map((each) => ({ ...each, text: mask(each.text) }));
    this.tree.add({ role: "user", id, ...parent, text: mask(text), attachments });
    return id;
  }

  /** The message that the next question follows. */
  get nextParentId(): string | undefined {
    return messageToGoOnFrom(this.tree)?.id;
  }

  /** What is asked below a question that is there. */
  orderBelow(question: Question, parentId: string | undefined): TurnOrder {
    return this.#order(question, this.#historyBefore(question, parentId));
  }

  /** Keeps the chat for answers that are written side by side; `undefined` while another one is under way. */
  occupy(): Stay | undefined {
    if (this.isRunning) return undefined;
    const running = this.#begin();
    const free = () => {
      // Nobody has chosen yet what a question that waits would follow.
      if (this.#free(running)) this.unqueue();
    };
    const leave = () => {
      free();
      this.#turns -= 1;
    };
    return { signal: running.signal, free, leave };
  }

  stop(): void {
    this.#running?.abort();
  }

  /** Answers below the question, or below the answer that is to go on. Other answers there stay beside it. */
  async answer(question: Question, parentId: string | undefined): Promise<void> {
    const order = this.orderBelow(question, parentId);
    const place = { parentId, relation: this.#relation(question, parentId) };
    const turn = new AnswerTurn({ tree: this.tree, memory: this.memory, ports: this.ports }, question, place);
    const running = this.#begin();
    try {
      for await (const event of this.ports.runTurn(order, running.signal)) {
        turn.note(event);
        if (event.type === "turn-end") this.noteWarm(event.waybill, this.ports.nowMs());
        if (isEnd(event)) this.#endRunning(running, turn);
      }
    } finally {
      this.#endRunning(running, turn);
      turn.close();
      this.#turns -= 1;
    }
  }

  /** The chat went on from an answer, which came at this time; what was said before may still be in a provider's cache. */
  noteWarm({ askedModel: modelId, usage }: Waybill, atMs: number): void {
    if (usage !== undefined) this.#warm = { modelId, promptTokens: usage.promptTokens, atMs };
  }

  /** The person took something of the answer along. */
  noteCopied(answerId: string): void {
    this.noteOutcome(answerId, "copied");
  }

  /** What the person did with an answer. */
  noteOutcome(answerId: string, kind: OutcomeKind): void {
    const turnId = this.tree.answer(answerId)?.turnId;
    if (turnId !== undefined) this.ports.noteOutcome(turnId, kind);
  }

  /** What stopped the turn of an answer. */
  exceededBy(answerId: string): ExceededLimit | UnconfirmedCost | undefined {
    return this.memory.get(answerId)?.exceeded;
  }

  #order(question: Question, history: readonly ConversationMessage[]): TurnOrder {
    const { chatId, workspace } = this;
    return orderOf(question, { chatId, workspace, history, choice: this.#choice, warm: this.#warm });
  }

  #historyBefore({ continues }: Question, parentId: string | undefined): readonly ConversationMessage[] {
    const before = this.tree.pathTo(parentId);
    return saidBefore(continues === undefined ? before.slice(0, -1) : before);
  }

  #relation({ continues }: Question, parentId: string | undefined): AnswerRelation | undefined {
    if (continues !== undefined) return "continues";
    const hasOther = this.tree.answers().some((other) => other.parentId === parentId && parentId !== undefined);
    return hasOther ? "replaces" : undefined;
  }

  #aboveRefused(question: Question): Question {
    return this.beginAbove === undefined ? question : { ...question, strongerThan: this.beginAbove };
  }

  /** The same question once more says that its answer did not do. */
  #noteAskedAgain({ text, code }: Question): void {
    const last = this.tree.tip;
    const asked = this.messages.findLast(({ role }) => role === "user");
    if (last?.role !== "assistant" || last.state !== "done" || asked?.role !== "user") return;
    if (asked.text.trim() === this.ports.mask(text).trim() && isSameCode(asked.attachments, code)) {
      this.noteOutcome(last.id, "regenerated");
    }
  }

  #begin(): AbortController {
    const running = new AbortController();
    this.#running = running;
    this.#turns += 1;
    this.ports.noteAnswering(true);
    return running;
  }

  /** `false` where it was free already. */
  #free(running: AbortController): boolean {
    if (this.#running !== running) return false;
    this.#running = undefined;
    this.ports.noteAnswering(false);
    return true;
  }

  /** The chat is free for the next question once the answer ended; its cost may still be looked up after that. */
  #endRunning(running: AbortController, turn: AnswerTurn): void {
    if (!this.#free(running)) return;
    const answer = this.tree.answer(turn.answerId);
    if (answer?.state === "done") this.ports.noteAnswered(turn.answerId);
    this.#askQueued(answer);
  }

  /** What waited for this to end is asked now, or goes back where it has not ended well. */
  #askQueued(ended: MessageView | undefined): void {
    const next = this.#queued;
    if (next === undefined) return;
    if (ended?.role !== "assistant" || ended.state !== "done") return this.unqueue();
    // Another window writes there by now; the question goes on waiting.
    if (this.mustWait) return;
    this.#setQueued(undefined);
    this.ports.report(this.ask(next));
  }

  #setQueued(question: Question | undefined): void {
    this.#queued = question;
    this.ports.emit({ kind: "queue-changed", ...(question === undefined ? {} : { queued: question.text }) });
    this.#saveDraft();
  }

  /** A question that waits comes back as a draft when the window closes. */
  #saveDraft(): void {
    this.ports.saveDraft(joinDrafts(this.#queued?.text ?? "", this.#draft));
  }
}

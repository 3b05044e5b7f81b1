import type { ChatChoice } from "../../../core/routing/chatChoice.ts";
import type { TaskType } from "../../../core/tasks/taskType.ts";
import type { MessageView, UserMessageView } from "../../../protocol/chatMessages.ts";
import type { BudgetClick } from "../../platform/passBudget.ts";
import { isSummary } from "./chatHistory.ts";
import type { ChatSession } from "./chatSession.ts";
import { type Question, continuationOf, storedQuestion } from "./question.ts";
import { rejectedAnswer } from "./strongerView.ts";

/** What was deleted, to bring it back. */
export interface Deleted {
  readonly role: MessageView["role"] | "summary";
  /** With the message itself. */
  readonly count: number;
  readonly undo: () => void;
}

/** What a click on a message of a chat does. Nothing is taken while an answer is under way, here or in another window. */
export class ChatActions {
  readonly #session: ChatSession;

  constructor(session: ChatSession) {
    this.#session = session;
  }

  /** Asks the same again, of one model where the person says so. An answer without text is replaced, one with text stays. */
  async tryAgain(answerId: string, how: Pick<Question, "choice" | "leave"> = {}): Promise<void> {
    const again = this.#questionOf(answerId);
    if (again === undefined) return;
    const { tree } = this.#session;
    const failed = tree.answer(answerId);
    if (failed?.state === "done") this.#session.noteOutcome(answerId, "regenerated");
    if (failed?.text === "" && !tree.isFollowed(answerId)) tree.remove(answerId);
    await this.#session.answer({ ...again.question, ...how }, again.parentId);
  }

  /** Asks one model the same. */
  regenerate(answerId: string, choice: ChatChoice | undefined): Promise<void> {
    return this.tryAgain(answerId, choice === undefined ? {} : { choice });
  }

  /** Asks the same again with the leave that the person has just given. */
  async askPastBudget(answerId: string, action: BudgetClick["action"]): Promise<void> {
    if (this.#questionOf(answerId) === undefined) return;
    const { workspace, chatId, ports } = this.#session;
    const exceeded = this.#session.exceededBy(answerId);
    const place = { workspace, chat: chatId };
    await this.tryAgain(answerId, {
      leave: exceeded === undefined ? {} : await ports.passBudget({ action, exceeded, place }),
    });
  }

  /** Asks a stronger model the same. The turn decides whether the answer goes along. */
  async tryStronger(answerId: string): Promise<void> {
    const again = this.#questionOf(answerId);
    const refused = this.#session.tree.answer(answerId);
    if (refused?.stronger === undefined || again === undefined) return;
    const { question, parentId } = again;
    const { than, next } = refused.stronger;
    this.#session.noteOutcome(answerId, "climbed");
    if (refused.relation === "replaces") this.#session.beginAbove = question.strongerThan ?? than;
    const waybill = this.#session.memory.get(answerId)?.waybill;
    const rejected = question.continues === undefined ? { rejected: rejectedAnswer(refused.text, waybill) } : {};
    await this.#session.answer({ ...question, strongerThan: than, beginWith: next, ...rejected }, parentId);
  }

  /** Asks for the rest of an answer that broke off. It comes as an answer of its own, with a waybill of its own. */
  async continueAnswer(answerId: string): Promise<void> {
    const again = this.#questionOf(answerId);
    if (again !== undefined) await this.#session.answer(continuationOf(again.question), answerId);
  }

  /** Asks another text in the place of a question, with what went along with it. The old one stays beside it. */
  async editQuestion(questionId: string, text: string): Promise<void> {
    const asked = this.#session.tree.find(questionId);
    if (this.#session.isRunning || asked?.role !== "user" || text.trim() === "") return;
    await this.#session.askBelow({ ...storedQuestion(asked), text }, asked.parentId);
  }

  /** Shows the version beside this one, with what followed it last. */
  showSibling(messageId: string, offset: -1 | 1): void {
    if (this.#session.isRunning) return;
    const siblings = this.#session.tree.siblings(messageId);
    const next = siblings[siblings.findIndex(({ id }) => id === messageId) + offset];
    if (next !== undefined) this.#session.tree.showThrough(next.id);
  }

  /** Takes a message out with all that follows it, also in branches that are not shown. */
  deleteMessage(messageId: string): Deleted | undefined {
    const { tree, isRunning } = this.#session;
    const message = tree.find(messageId);
    if (isRunning || message === undefined || tree.isWrittenElsewhere(messageId)) return undefined;
    if (isSummary(message)) return this.#deleteSummary(message);
    const removed = tree.remove(messageId);
    const undo = () => tree.restore(removed);
    return { role: message.role, count: removed.length, undo };
  }

  /** What was said is sent whole again, and what came after the summary stays. */
  #deleteSummary(summary: MessageView): Deleted {
    const { tree } = this.#session;
    this.#session.forgetWarm();
    const followers = tree.takeOut(summary.id);
    const undo = () => {
      if (
        tree.putIn(
          summary,
          followers.filter((id) => tree.find(id)?.parentId === summary.parentId),
        )
      ) {
        this.#session.forgetWarm();
      }
    };
    return { role: "summary", count: 1, undo };
  }

  /** The person says what the question of an answer was for. */
  async correctTask(answerId: string, correctedTask: TaskType): Promise<void> {
    const question = this.#remembered(answerId);
    if (question === undefined) return;
    await this.#session.ports.noteCorrection(question.continues ?? question.text, correctedTask);
    this.#session.tree.settle(answerId, { correctedTask });
  }

  #questionOf(answerId: string): { question: Question; parentId: string | undefined } | undefined {
    const question = this.#remembered(answerId);
    if (this.#session.isRunning || question === undefined) return undefined;
    if (this.#session.tree.answer(answerId)?.isElsewhere === true) return undefined;
    return { question, parentId: this.#session.tree.find(answerId)?.parentId };
  }

  /** What an answer was asked. Of a stored one the surface and the task are no longer known. */
  #remembered(answerId: string): Question | undefined {
    const { memory, tree } = this.#session;
    const answer = tree.answer(answerId);
    const known = memory.get(answerId)?.question;
    if (answer === undefined || known !== undefined) return known;
    // Nobody asked for a summary with words that could be asked again.
    if (isSummary(answer)) return undefined;
    const asked = tree.pathTo(answerId).findLast((message): message is UserMessageView => message.role === "user");
    if (asked === undefined) return undefined;
    return answer.parentId === asked.id ? storedQuestion(asked) : continuationOf(storedQuestion(asked));
  }
}

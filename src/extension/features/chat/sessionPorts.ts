import type { ChatChoice } from "../../../core/routing/chatChoice.ts";
import type { OutcomeKind } from "../../../core/routing/outcomeKind.ts";
import type { TaskType } from "../../../core/tasks/taskType.ts";
import type { MessageView } from "../../../protocol/chatMessages.ts";
import type { TurnEvent } from "../../../turn/turnEvent.ts";
import type { TurnOrder } from "../../platform/engine.ts";
import type { BudgetClick, BudgetLeave } from "../../platform/passBudget.ts";
import type { AnswerTurnPorts } from "./answerTurn.ts";
import type { Question } from "./question.ts";
import type { TreePorts } from "./shownTree.ts";

/** What a chat needs of the world around it. */
export interface SessionPorts extends TreePorts, AnswerTurnPorts {
  readonly runTurn: (order: TurnOrder, signal: AbortSignal) => AsyncIterable<TurnEvent>;
  /** A text as it leaves, with placeholders for its secrets: so it is shown and kept. */
  readonly mask: (text: string) => string;
  /** Keeps what is in the composer, with the question that waits before it. */
  readonly saveDraft: (draft: string) => void;
  /** What went along with a question that came back goes along with the next one. */
  readonly returnCode: (code: Question["code"]) => void;
  readonly saveTitle: (title: string, source: "auto" | "person") => void;
  readonly saveChoice: (choice: ChatChoice | undefined) => void;
  /** Does what the person clicked beside a budget that was passed. */
  readonly passBudget: (click: BudgetClick) => Promise<BudgetLeave>;
  /** What the person did with the answer of a turn; failing is the port's business. */
  readonly noteOutcome: (turnId: string, kind: OutcomeKind) => void;
  /** Keeps what the person said a question was for. */
  readonly noteCorrection: (text: string, taskType: TaskType) => Promise<void>;
  readonly noteAnswering: (isAnswering: boolean) => void;
  /** An answer has ended well. */
  readonly noteAnswered: (answerId: string) => void;
  /** Reports what becomes of work that nobody waits for. */
  readonly report: (work: Promise<unknown>) => void;
}

/** A chat as it comes from the store, or a new one. */
export interface ChatContent {
  readonly chatId: string;
  readonly workspace: string;
  readonly messages: readonly MessageView[];
  readonly tipId?: string | undefined;
  readonly title: string;
  readonly titleSource: "none" | "auto" | "person";
  readonly draft: string;
  readonly choice: ChatChoice | undefined;
}

/** A chat that is kept for answers side by side. */
export interface Stay {
  readonly signal: AbortSignal;
  /** All answers have ended; their costs may still be looked up. */
  readonly free: () => void;
  readonly leave: () => void;
}

/** What the chat view and the extension host tell each other of several models under one question. Joined into `chatMessages.ts`. */

import type { PaidTurn } from "../core/waybill/paidForTurn.ts";
import type { AnswerView } from "./chatMessages.ts";

export const FEWEST_COMPARED = 2;
export const MOST_COMPARED_ANSWERS = 4;

/** What an answer of a comparison is: of one model, or what a model says of the others. */
export type ComparedView = ComparedAnswer | ComparedSummary;

interface ComparedAnswer extends ComparedCost {
  readonly kind: "answer";
  readonly modelId: string;
  readonly name: string;
}

interface ComparedSummary extends ComparedCost {
  readonly kind: "summary";
}

interface ComparedCost {
  /** What its turn cost with all attempts; absent until that is known. */
  readonly paid?: PaidTurn;
}

/** What a comparison costs; every figure is already formatted. */
export interface ComparisonFigures {
  /** Absent while nothing has ended. `title` has every nano-dollar. */
  readonly total?: { readonly text: string; readonly title: string };
  /** The button that asks for a summary, with its price; absent where there is nothing to summarise. */
  readonly summarise?: string;
}

/** The answers of several models to the last question of the branch, side by side until one is chosen. */
export interface ComparisonView extends ComparisonFigures {
  readonly questionId: string;
  readonly answers: readonly AnswerView[];
  readonly summary?: AnswerView;
}

/** The comparison's part of the chat's state. */
export interface CompareFields {
  /** Shown only below the question it belongs to. */
  readonly comparison?: ComparisonView;
}

export type CompareChange =
  | { readonly kind: "comparison-shown"; readonly comparison: ComparisonView }
  | ({ readonly kind: "comparison-priced" } & ComparisonFigures);

export type FromCompare =
  /** The chat goes on from this answer. */
  | { readonly type: "use-answer"; readonly messageId: string }
  | { readonly type: "summarise-answers" }
  /** Shows the answers side by side again, of which this is one. */
  | { readonly type: "show-comparison"; readonly messageId: string };

import type { TaskType } from "./taskType.ts";

export type TaskSize = "small" | "medium" | "large";

/** What a model must be able to do for the task. */
export interface TaskNeeds {
  readonly code: boolean;
  readonly reasoning: boolean;
  readonly images: boolean;
  readonly tools: boolean;
  readonly longContext: boolean;
}

export interface TaskClassification {
  readonly taskType: TaskType;
  /** 0 (a guess) to 1 (certain). */
  readonly confidence: number;
  /** What spoke for it, in words. Quotes the lexicon and never the prompt, so that it may be stored. */
  readonly because: string;
  /** How much there is to do. */
  readonly size: TaskSize;
  readonly needs: TaskNeeds;
}

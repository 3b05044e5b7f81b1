import { type Fingerprint, fingerprintOf, similarity } from "./fingerprint.ts";
import type { TaskType } from "./taskType.ts";

/** "This was a refactor": what the person said of a prompt like this. */
export interface TaskCorrection {
  readonly fingerprint: Fingerprint;
  readonly taskType: TaskType;
}

export interface FoundCorrection {
  readonly taskType: TaskType;
  /** 0 to 1. */
  readonly similarity: number;
}

/** From here on two prompts count as similar: of five words four are the same, or of ten seven. */
const SIMILARITY_THRESHOLD = 0.7;

/** The correction of the most similar prompt; of equally similar ones the last. */
export function findCorrection(text: string, corrections: readonly TaskCorrection[]): FoundCorrection | undefined {
  if (corrections.length === 0) return undefined;
  const fingerprint = fingerprintOf(text);
  let found: FoundCorrection | undefined;
  for (const { fingerprint: known, taskType } of corrections) {
    const alike = similarity(fingerprint, known);
    if (alike >= Math.max(SIMILARITY_THRESHOLD, found?.similarity ?? 0)) found = { taskType, similarity: alike };
  }
  return found;
}

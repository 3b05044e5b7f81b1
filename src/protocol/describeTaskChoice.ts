/** A task and how sure it is, for instance `fix, certain` or `fix, 72% sure`. */
export function describeTaskChoice(taskType: string, confidence: number): string {
  return `${taskType}, ${confidence >= 1 ? "certain" : `${Math.round(confidence * 100)}% sure`}`;
}

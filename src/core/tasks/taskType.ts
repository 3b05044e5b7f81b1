/** What a turn is for. */
export const TASK_TYPES = [
  "explain",
  "fix",
  "refactor",
  "test",
  "document",
  "review",
  "generate",
  "edit",
  "commit-message",
  "plan",
  "shell",
  "question",
  "title",
] as const;

export type TaskType = (typeof TASK_TYPES)[number];

export function isTaskType(value: string): value is TaskType {
  return TASK_TYPES.some((taskType) => taskType === value);
}

/** Tasks whose answer is mostly code, so that the coding index is the better evidence. */
export function isCodeTask(taskType: TaskType): boolean {
  switch (taskType) {
    case "fix":
    case "refactor":
    case "test":
    case "document":
    case "review":
    case "generate":
    case "edit":
    case "explain":
      return true;
    case "commit-message":
    case "plan":
    case "shell":
    case "question":
    case "title":
      return false;
  }
}

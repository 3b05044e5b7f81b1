import { TASK_TYPES, type TaskType } from "../core/tasks/taskType.ts";

/** What a question can be said to have been for; titles are asked for by the extension alone. */
export const TASK_CHOICES: readonly TaskType[] = TASK_TYPES.filter((taskType) => taskType !== "title");

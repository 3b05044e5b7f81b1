import type { PolicySet } from "../../../core/routing/routePolicy.ts";
import { TASK_TYPES, type TaskType } from "../../../core/tasks/taskType.ts";

/** The tasks that a model is pinned for. */
export type PinnedTasks = (modelId: string) => readonly TaskType[];

export function pinnedTasks({ tasks }: PolicySet): PinnedTasks {
  return (modelId) => TASK_TYPES.filter((taskType) => tasks[taskType]?.pin === modelId);
}

import type { TaskClassification } from "../../../src/core/tasks/taskClassification.ts";
import { TaskClassifier } from "../../../src/core/tasks/taskClassifier.ts";
import type { TaskSignals } from "../../../src/core/tasks/taskSignals.ts";
import type { TaskType } from "../../../src/core/tasks/taskType.ts";

const classifier = new TaskClassifier();

/** A task for tests that are not about finding out what it is. */
export function certainTask(taskType: TaskType, signals: Partial<TaskSignals> = {}): TaskClassification {
  const rest = { text: "", hasSelection: true, hasDiagnostics: false };
  return classifier.certain(taskType, { ...rest, ...signals }, "of the test");
}

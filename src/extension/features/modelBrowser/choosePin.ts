import { type QuickPickItem, ThemeIcon, window } from "vscode";
import type { BrowsedModel } from "../../../core/catalog/browsedModel.ts";
import type { PolicySet } from "../../../core/routing/routePolicy.ts";
import { TASK_TYPES, type TaskType } from "../../../core/tasks/taskType.ts";
import { pinModel, unpinTask } from "../../platform/pinModel.ts";
import { pickOne } from "./pickOne.ts";

interface TaskItem extends QuickPickItem {
  readonly taskType: TaskType;
  readonly isPinnedHere: boolean;
}

const SAID_FOR_MS = 4_000;

/** Asks for which task the model is to be pinned, and does it. `back` when the person wants the list again. */
export async function choosePin({ model }: BrowsedModel, policies: PolicySet): Promise<"back" | "done"> {
  const chosen = await pickOne(
    {
      title: `Waybill: Pin ${model.name}`,
      placeholder: "For which task? A pin is never replaced, also when it is dear or fails.",
      items: TASK_TYPES.map((taskType) => taskItem(taskType, model.id, policies)),
    },
    () => true,
  );
  if (chosen === "back") return "back";
  if (chosen === undefined) return "done";
  const { taskType, isPinnedHere } = chosen;
  await (isPinnedHere ? unpinTask(taskType) : pinModel(taskType, model.id));
  const said = isPinnedHere ? `${taskType} has no pin any more` : `${model.name} is pinned for ${taskType}`;
  window.setStatusBarMessage(`$(check) Waybill: ${said}`, SAID_FOR_MS);
  return "done";
}

function taskItem(taskType: TaskType, modelId: string, { tasks }: PolicySet): TaskItem {
  const pin = tasks[taskType]?.pin;
  const isPinnedHere = pin === modelId;
  const description = isPinnedHere ? "pinned to this model; choose it to take the pin away" : `now ${pin ?? ""}`;
  return {
    label: taskType,
    iconPath: new ThemeIcon(pin === undefined ? "pin" : "pinned"),
    ...(pin === undefined ? {} : { description }),
    taskType,
    isPinnedHere,
  };
}

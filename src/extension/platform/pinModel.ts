import { ConfigurationTarget, workspace } from "vscode";
import type { TaskType } from "../../core/tasks/taskType.ts";
import { SETTINGS } from "./contributions.ts";

/** Has one model asked for a task from now on, in the person's own settings. */
export function pinModel(taskType: TaskType, modelId: string): Promise<void> {
  return writePins((pins) => ({ ...pins, [taskType]: modelId }));
}

/** Leaves the choice for a task to the routing again. */
export function unpinTask(taskType: TaskType): Promise<void> {
  return writePins((pins) => Object.fromEntries(Object.entries(pins).filter(([task]) => task !== taskType)));
}

type Pins = Readonly<Record<string, string>>;

async function writePins(change: (pins: Pins) => Pins): Promise<void> {
  const configuration = workspace.getConfiguration();
  const pins = configuration.inspect<Pins>(SETTINGS.pins)?.globalValue ?? {};
  await configuration.update(SETTINGS.pins, change(pins), ConfigurationTarget.Global);
}

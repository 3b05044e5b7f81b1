import type { SettingsFile, UnreadFile } from "../../../core/trust/folderFinding.ts";
import type { ReadRawSetting } from "../../platform/settingReader.ts";
import { isJudged, judgeSettings } from "./judgeSettings.ts";
import { type JsonProperty, readJsonc } from "./readJsonc.ts";

/** A file that VS Code takes settings and tasks from. */
interface FoundFile {
  /** Below the folder. */
  readonly name: string;
  readonly text: string;
  /** The person's own settings. */
  readonly own: ReadRawSetting;
  /** The name of the workspace file that the window was opened with. */
  readonly opened: string | undefined;
}

/** What a `settings.json`, `tasks.json` or `.code-workspace` says. */
export function readSettingsFile({ name, text, own, opened }: FoundFile): SettingsFile | UnreadFile {
  const file = readJsonc(text);
  if (file === undefined) return { name, problem: "is no JSON that can be read" };
  const isWorkspaceFile = name.endsWith(".code-workspace");
  const properties = isWorkspaceFile ? propertiesIn(file.properties, "settings") : file.properties;
  const settings = name.endsWith("tasks.json") ? [] : properties;
  const when = whenItCounts(isWorkspaceFile, name, opened);
  return {
    name,
    settings: judgeSettings(settings, own),
    others: settings.filter((property) => !isJudged(property)).length,
    isBroken: file.isBroken,
    ...(when === undefined ? {} : { when }),
    tasksOnOpen: tasksOnOpen(isWorkspaceFile ? propertiesIn(file.properties, "tasks") : file.properties),
  };
}

function whenItCounts(isWorkspaceFile: boolean, name: string, opened: string | undefined): string | undefined {
  if (isWorkspaceFile) {
    return name === opened ? undefined : "It counts only in a window that is opened with it, which this one is not.";
  }
  const isBeside = opened !== undefined && name.endsWith("settings.json");
  return isBeside
    ? "Of its budgets VS Code takes none here, because this window was opened with a workspace file."
    : undefined;
}

function propertiesIn(properties: readonly JsonProperty[], name: string): readonly JsonProperty[] {
  const found = properties.findLast((property) => property.name === name);
  return found === undefined ? [] : (readJsonc(found.written)?.properties ?? []);
}

/** By their labels; one without is named by its command. */
function tasksOnOpen(properties: readonly JsonProperty[]): readonly string[] {
  const tasks = properties.findLast(({ name }) => name === "tasks")?.value;
  return (Array.isArray(tasks) ? tasks : []).flatMap((task: unknown) => {
    const runOn = valueIn(valueIn(task, "runOptions"), "runOn");
    return runOn === "folderOpen" ? [nameOfTask(task)] : [];
  });
}

function nameOfTask(task: unknown): string {
  const name = [valueIn(task, "label"), valueIn(task, "command")].find((value) => typeof value === "string");
  return typeof name === "string" ? name : "a task without a name";
}

function valueIn(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

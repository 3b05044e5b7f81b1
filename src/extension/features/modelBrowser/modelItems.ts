import { type QuickInputButton, type QuickPickItem, QuickPickItemKind, ThemeIcon } from "vscode";
import type { BrowsedModel } from "../../../core/catalog/browsedModel.ts";
import { MOST_COMPARED } from "../../../core/catalog/compareModels.ts";
import { modelSummary } from "../../../core/catalog/presentModel.ts";
import type { PinnedTasks } from "./pinnedTasks.ts";
import type { NarrowedModels } from "./narrowModels.ts";

/** What the buttons of a row do. */
export type RowAction = "pin" | "favourite" | "compare";

interface RowButton extends QuickInputButton {
  readonly action: RowAction;
}

export interface ModelItem extends QuickPickItem {
  /** Absent on a row that only says something. */
  readonly entry?: BrowsedModel;
}

/** What the rows show beside the models themselves. */
export interface RowMarks {
  readonly favourites: ReadonlySet<string>;
  readonly compared: ReadonlySet<string>;
  readonly pinnedTasks: PinnedTasks;
}

/** The icons of what a model can do, in the list and on the buttons that filter by it. */
export const ABILITY_ICONS = { images: "eye", tools: "tools", reasoning: "lightbulb" } as const;

/** The editor would filter and mark the rows by its own search; `alwaysShow` leaves them to ours. */
const OURS = { alwaysShow: true } as const;

/** The rows of the list, with headings where there is something to tell apart. */
export function modelItems(narrowed: NarrowedModels, marks: RowMarks): ModelItem[] {
  const { favourites, others, isApproximate } = narrowed;
  if (favourites.length + others.length === 0) return [nothingFits()];
  const rows = (entries: readonly BrowsedModel[]) => entries.map((entry) => modelItem(entry, marks));
  if (isApproximate) return [heading("Close to that name"), ...rows(others)];
  if (favourites.length === 0) return rows(others);
  return [heading("Favourites"), ...rows(favourites), heading("All others"), ...rows(others)];
}

function modelItem(entry: BrowsedModel, marks: RowMarks): ModelItem {
  const { model } = entry;
  return {
    ...OURS,
    label: marks.favourites.has(model.id) ? `$(star-full) ${model.name}` : model.name,
    description: [abilities(entry), ...ownMarks(model.id, marks)].filter((part) => part !== "").join("  "),
    detail: `${modelSummary(entry)} · ${model.id}`,
    buttons: rowButtons(model.id, marks),
    entry,
  };
}

function abilities({ seesImages, callsTools, reasons }: BrowsedModel): string {
  const icons = [
    seesImages && ABILITY_ICONS.images,
    callsTools && ABILITY_ICONS.tools,
    reasons && ABILITY_ICONS.reasoning,
  ];
  return icons.flatMap((icon) => (icon === false ? [] : `$(${icon})`)).join(" ");
}

/** What the person has done with it. The star stands before the name. */
function ownMarks(modelId: string, { compared, pinnedTasks }: RowMarks): string[] {
  const tasks = pinnedTasks(modelId);
  return [compared.has(modelId) ? "$(git-compare)" : "", tasks.length === 0 ? "" : `$(pinned) ${tasks.join(", ")}`];
}

function rowButtons(modelId: string, { favourites, compared }: RowMarks): RowButton[] {
  const isFavourite = favourites.has(modelId);
  const isCompared = compared.has(modelId);
  const isFull = compared.size >= MOST_COMPARED;
  return [
    button("pin", "pin", "Pin for a Task…"),
    isFavourite
      ? button("favourite", "star-full", "Take out of Favourites")
      : button("favourite", "star-empty", "Add to Favourites"),
    isCompared
      ? button("compare", "check", "Take out of the Comparison")
      : button("compare", "git-compare", isFull ? `Only ${MOST_COMPARED} Can Be Compared` : "Add to the Comparison"),
  ];
}

function button(action: RowAction, icon: string, tooltip: string): RowButton {
  return { action, iconPath: new ThemeIcon(icon), tooltip };
}

/** While the gateway is asked for what a filter needs. */
export function askingItem(): ModelItem {
  return { ...OURS, label: "Asking who keeps no data …", iconPath: new ThemeIcon("info") };
}

function nothingFits(): ModelItem {
  return {
    ...OURS,
    label: "No model fits",
    detail: "Shorten the name, or take a filter out of the line above.",
    iconPath: new ThemeIcon("info"),
  };
}

function heading(label: string): ModelItem {
  return { label, kind: QuickPickItemKind.Separator };
}

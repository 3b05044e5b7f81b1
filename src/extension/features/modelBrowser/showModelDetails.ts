import { type QuickPickItem, QuickPickItemKind, ThemeIcon } from "vscode";
import type { BrowsedModel } from "../../../core/catalog/browsedModel.ts";
import { MOST_COMPARED } from "../../../core/catalog/compareModels.ts";
import type { EndpointList } from "../../../core/catalog/modelEndpoint.ts";
import { ZERO_RETENTION } from "../../../core/catalog/modelFilters.ts";
import { modelRows } from "../../../core/catalog/presentModel.ts";
import type { RowAction, RowMarks } from "./modelItems.ts";
import { pickOne } from "./pickOne.ts";
import { askingItems, servingItems } from "./servingItems.ts";

export type DetailAction = RowAction | "copy" | "back";

interface DetailItem extends QuickPickItem {
  readonly action?: DetailAction;
}

/** Everything that is known of a model, and what can be done with it. `undefined` when the person closes the list. */
export async function showModelDetails(
  entry: BrowsedModel,
  marks: RowMarks,
  endpoints: Promise<EndpointList | undefined>,
): Promise<DetailAction | undefined> {
  const itemsWith = (serving: readonly QuickPickItem[]): DetailItem[] => [
    ...actionItems(entry, marks),
    ...serving,
    ...factItems(entry),
  ];
  const chosen = await pickOne<DetailItem>(
    {
      title: `Waybill: ${entry.model.name}`,
      placeholder: "What would you like to do with it?",
      items: itemsWith(askingItems()),
      later: servingItems(entry, endpoints).then(itemsWith),
    },
    ({ action }) => action !== undefined,
  );
  return chosen === "back" ? "back" : chosen?.action;
}

function factItems(entry: BrowsedModel): DetailItem[] {
  return [
    { label: "What the gateway says of it", kind: QuickPickItemKind.Separator },
    ...modelRows(entry).flatMap(({ label, value }) => (value === undefined ? [] : { label, description: value })),
    { label: "Zero retention", description: describeRetention(entry) },
  ];
}

function describeRetention({ zeroRetentionTags: tags }: BrowsedModel): string {
  if (tags === undefined) return `not asked yet; type ${ZERO_RETENTION} into the list of models to ask`;
  return tags.length === 0 ? "no provider" : `with ${tags.filter((tag) => tag !== "").join(", ") || "a provider"}`;
}

function actionItems({ model }: BrowsedModel, { favourites, compared }: RowMarks): DetailItem[] {
  const isFavourite = favourites.has(model.id);
  const isCompared = compared.has(model.id);
  const canCompare = isCompared || compared.size < MOST_COMPARED;
  return [
    action("pin", "pin", "Pin…"),
    action("copy", "copy", "Copy Id"),
    isFavourite
      ? action("favourite", "star-full", "Take out of Favourites")
      : action("favourite", "star-empty", "Add to Favourites"),
    ...(canCompare
      ? [action("compare", "git-compare", isCompared ? "Take out of the Comparison" : "Add to the Comparison")]
      : []),
  ];
}

function action(id: DetailAction, icon: string, label: string): DetailItem {
  return { label, iconPath: new ThemeIcon(icon), action: id };
}

import { type QuickPickItem, QuickPickItemKind, ThemeIcon } from "vscode";
import type { BrowsedModel } from "../../../core/catalog/browsedModel.ts";
import { MOST_COMPARED } from "../../../core/catalog/compareModels.ts";
import { modelRows } from "../../../core/catalog/presentModel.ts";
import type { RowAction, RowMarks } from "./modelItems.ts";
import { pickOne } from "./pickOne.ts";

export type DetailAction = RowAction | "copy" | "back";

interface DetailItem extends QuickPickItem {
  readonly action?: DetailAction;
}

/** Everything that is known of a model, and what can be done with it. `undefined` when the person closes the list. */
export async function showModelDetails(entry: BrowsedModel, marks: RowMarks): Promise<DetailAction | undefined> {
  const chosen = await pickOne<DetailItem>(
    {
      title: `Waybill: ${entry.model.name}`,
      placeholder: "What would you like to do with it?",
      items: [
        ...actionItems(entry, marks),
        { label: "What the gateway says of it", kind: QuickPickItemKind.Separator },
        ...modelRows(entry).flatMap(({ label, value }) => (value === undefined ? [] : { label, description: value })),
        {
          label: "Zero retention",
          description: "not in the list; the setting waybill.routing.providers demands it",
        },
      ],
    },
    ({ action }) => action !== undefined,
  );
  return chosen === "back" ? "back" : chosen?.action;
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

import { QuickPickItemKind, type QuickPickItem, window } from "vscode";
import { describeComparedPrice } from "../../../../core/budget/presentComparison.ts";
import { browsedModel } from "../../../../core/catalog/browsedModel.ts";
import { modelSummary } from "../../../../core/catalog/presentModel.ts";
import { formatUsd } from "../../../../core/money/formatUsd.ts";
import type { ModelChoice, RouteDecision } from "../../../../core/routing/routeDecision.ts";
import { FEWEST_COMPARED, MOST_COMPARED_ANSWERS } from "../../../../protocol/compareMessages.ts";

interface ModelRow extends QuickPickItem {
  readonly choice?: ModelChoice;
}

export interface ComparedOffer {
  readonly route: Extract<RouteDecision, { kind: "route" }>;
  readonly favourites: ReadonlySet<string>;
  readonly nowMs: number;
}

/** Two to four of the models that can take the question, with what each would cost; `undefined` when the list is closed. */
export async function pickComparedModels(offer: ComparedOffer): Promise<readonly ModelChoice[] | undefined> {
  const { promise, resolve } = Promise.withResolvers<readonly ModelChoice[] | undefined>();
  const pick = window.createQuickPick<ModelRow>();
  const chosen = () => pick.selectedItems.flatMap(({ choice }) => choice ?? []);
  const showTotal = () => {
    pick.title = `Waybill: Compare Models (${describeComparedPrice(chosen().map(priceOf))})`;
  };
  const { items, ladder } = rowsOf(offer);
  pick.canSelectMany = true;
  pick.matchOnDetail = true;
  pick.matchOnDescription = true;
  pick.ignoreFocusOut = true;
  pick.placeholder = RULE;
  pick.items = items;
  pick.selectedItems = ladder;
  showTotal();
  pick.onDidChangeSelection(showTotal);
  pick.onDidAccept(() => {
    const { length } = chosen();
    if (length >= FEWEST_COMPARED && length <= MOST_COMPARED_ANSWERS) return resolve(chosen());
    pick.title = `Waybill: ${length} chosen. ${RULE}`;
  });
  pick.onDidHide(() => resolve(undefined));
  pick.show();
  return promise.finally(() => pick.dispose());
}

const RULE = `Choose ${FEWEST_COMPARED} to ${MOST_COMPARED_ANSWERS} models; nothing is sent yet`;

export function priceOf({ model: { name }, expectedCost, worstCase }: ModelChoice) {
  return { name, expectedCost, worstCase };
}

/** The ladder first and chosen, then favourites, then all others from the best to the least. */
function rowsOf({ route, favourites, nowMs }: ComparedOffer): { items: ModelRow[]; ladder: ModelRow[] } {
  const rungs = [route.choice, ...route.stronger];
  const others = route.explanation.candidates.filter(({ model }) => rungs.every((rung) => rung.model.id !== model.id));
  const sorted = others.toSorted((left, right) => (right.quality ?? 0) - (left.quality ?? 0));
  // One model is no comparison, so the best of the others stands beside it.
  const suggested = rungs.length < FEWEST_COMPARED ? [...rungs, ...sorted.slice(0, 1)] : rungs;
  const rest = sorted.filter((choice) => !suggested.includes(choice));
  const isFavourite = ({ model }: ModelChoice) => favourites.has(model.id);
  const row = (choice: ModelChoice): ModelRow => ({
    label: isFavourite(choice) ? `$(star-full) ${choice.model.name}` : choice.model.name,
    description: `about ${formatUsd(choice.expectedCost)}, at most ${formatUsd(choice.worstCase)}`,
    detail: `${modelSummary(browsedModel(choice.model, nowMs))} · ${choice.model.id}`,
    choice,
  });
  const ladder = suggested.map(row);
  const starred = rest.filter(isFavourite).map(row);
  const plain = rest.filter((choice) => !isFavourite(choice)).map(row);
  const items = [
    ...section("Suggested for this question", ladder),
    ...section("Favourites", starred),
    ...section("All others", plain),
  ];
  return { items, ladder };
}

function section(label: string, rows: readonly ModelRow[]): ModelRow[] {
  return rows.length === 0 ? [] : [{ label, kind: QuickPickItemKind.Separator }, ...rows];
}

import { type QuickInputButton, type QuickPick, ThemeIcon, window } from "vscode";
import type { BrowsedModel } from "../../../core/catalog/browsedModel.ts";
import { LONG_CONTEXT, ZERO_RETENTION, hasFilter, toggleFilter } from "../../../core/catalog/modelFilters.ts";
import { type ModelOrder, nextOrder, orderInWords } from "../../../core/catalog/sortModels.ts";
import { ABILITY_ICONS, type ModelItem, type RowAction, type RowMarks, askingItem, modelItems } from "./modelItems.ts";
import { narrowModels } from "./narrowModels.ts";
import { type ModelSearch, createModelSearch } from "./searchModels.ts";

/** What a person does with the list, other than narrowing it. */
export interface ListEvents {
  readonly onOpen: (entry: BrowsedModel) => void;
  readonly onRowAction: (action: RowAction, entry: BrowsedModel) => void;
  readonly onCompare: () => void;
  /** A filter wants to know who keeps no data. Answered with `setModels`. */
  readonly onAskRetention: () => void;
  /** Closed by the person or by `close`. */
  readonly onClose: () => void;
}

type TitleAction = { readonly kind: "sort" | "compare" } | { readonly kind: "filter"; readonly filter: string };

type TitleButton = QuickInputButton & { readonly act: TitleAction };

interface FilterButton {
  readonly filter: string;
  readonly icon: string;
  readonly tooltip: string;
}

const FILTER_BUTTONS: readonly FilterButton[] = [
  { filter: "free", icon: "gift", tooltip: "Only free models" },
  { filter: "images", icon: ABILITY_ICONS.images, tooltip: "Only models that see images" },
  { filter: "tools", icon: ABILITY_ICONS.tools, tooltip: "Only models that call tools" },
  { filter: "reasoning", icon: ABILITY_ICONS.reasoning, tooltip: "Only models that reason" },
  { filter: LONG_CONTEXT, icon: "book", tooltip: "Only models with a context of 200k tokens or more" },
  { filter: ZERO_RETENTION, icon: "lock", tooltip: "Only models with a provider of zero retention" },
  { filter: "favourites", icon: "star-empty", tooltip: "Only favourites" },
];

const PLACEHOLDER = "Name, or filters: tools images reasoning free zdr >200k <$1 @anthropic";

/** The list itself: what is typed is all its state, so a filter set by a button can be seen and taken out by hand. */
export class ModelList {
  readonly #pick: QuickPick<ModelItem> = window.createQuickPick<ModelItem>();
  readonly #marks: () => RowMarks;
  readonly #events: ListEvents;
  /** Empty until the model list has come. */
  #models: readonly BrowsedModel[] = [];
  #search: ModelSearch | undefined;
  #order: ModelOrder = "match";
  /** Hidden by a list that was opened from it, which may lead back. */
  #isAway = false;

  constructor(marks: () => RowMarks, events: ListEvents) {
    this.#marks = marks;
    this.#events = events;
    const pick = this.#pick;
    // The editor would sort by how labels match. No part of its published interface yet; where it is not known, nothing happens.
    Object.assign(pick, { sortByLabel: false });
    pick.title = "Waybill: Models";
    pick.placeholder = PLACEHOLDER;
    pick.busy = true;
    pick.onDidChangeValue(() => this.refresh());
    pick.onDidTriggerButton((button) => this.#act(button));
    pick.onDidTriggerItemButton(({ button, item: { entry } }) => {
      if (entry !== undefined && isRowButton(button)) events.onRowAction(button.action, entry);
    });
    pick.onDidAccept(() => {
      const entry = pick.selectedItems[0]?.entry;
      if (entry !== undefined) events.onOpen(entry);
    });
    pick.onDidHide(() => {
      if (!this.#isAway) this.close();
    });
    pick.show();
  }

  setModels(models: readonly BrowsedModel[]): void {
    this.#models = models;
    this.#search = createModelSearch(models);
    this.#pick.busy = false;
    this.refresh();
  }

  /** Shows what is typed, starred, pinned and compared now. */
  refresh(): void {
    if (this.#search === undefined) return;
    const marks = this.#marks();
    const typed = this.#pick.value;
    const narrowed = narrowModels(this.#search, { typed, order: this.#order, favourites: marks.favourites });
    const count = narrowed.favourites.length + narrowed.others.length;
    this.#pick.title = `Waybill: ${count} of ${this.#models.length} models, ${orderInWords(this.#order, narrowed.isNamed)}`;
    this.#pick.buttons = this.#titleButtons(marks.compared.size);
    const isUnknown = hasFilter(typed, ZERO_RETENTION) && this.#models[0]?.zeroRetentionTags === undefined;
    this.#pick.items = isUnknown ? [askingItem()] : modelItems(narrowed, marks);
    this.#pick.busy = isUnknown;
    if (isUnknown) this.#events.onAskRetention();
  }

  /** For what could not be asked. */
  takeOutFilter(filter: string): void {
    if (hasFilter(this.#pick.value, filter)) this.#pick.value = toggleFilter(this.#pick.value, filter);
    this.refresh();
  }

  /** Like `refresh`, for a change of one row that is looked at. */
  refreshInPlace(): void {
    const active = this.#pick.activeItems[0]?.entry;
    this.#pick.keepScrollPosition = true;
    this.refresh();
    this.#activate(active);
    this.#pick.keepScrollPosition = false;
  }

  /** Makes way for another list. */
  stepAside(): void {
    this.#isAway = true;
    this.#pick.hide();
  }

  comeBack(entry: BrowsedModel): void {
    this.#isAway = false;
    this.refresh();
    this.#pick.show();
    this.#activate(entry);
  }

  close(): void {
    this.#pick.dispose();
    this.#events.onClose();
  }

  #activate(entry: BrowsedModel | undefined): void {
    const item = this.#pick.items.find((candidate) => candidate.entry === entry && entry !== undefined);
    if (item !== undefined) this.#pick.activeItems = [item];
  }

  #act(button: QuickInputButton): void {
    if (!isTitleButton(button)) return;
    const { act } = button;
    switch (act.kind) {
      case "sort":
        this.#order = nextOrder(this.#order, this.#models);
        break;
      case "filter":
        this.#pick.value = toggleFilter(this.#pick.value, act.filter);
        break;
      case "compare":
        return this.#events.onCompare();
    }
    this.refresh();
  }

  #titleButtons(comparedCount: number): readonly TitleButton[] {
    const filters = FILTER_BUTTONS.map((button) => this.#filterButton(button));
    const next = orderInWords(nextOrder(this.#order, this.#models), false);
    const sort = titleButton({ kind: "sort" }, "sort-precedence", `Sort: ${next}`);
    const compare = titleButton({ kind: "compare" }, "git-compare", `Compare ${comparedCount} models`);
    return comparedCount < 2 ? [...filters, sort] : [compare, ...filters, sort];
  }

  #filterButton({ filter, icon, tooltip }: FilterButton): TitleButton {
    const isOn = hasFilter(this.#pick.value, filter);
    return titleButton({ kind: "filter", filter }, icon, isOn ? `${tooltip}: take this filter out` : tooltip);
  }
}

function titleButton(act: TitleAction, icon: string, tooltip: string): TitleButton {
  return { act, iconPath: new ThemeIcon(icon), tooltip };
}

function isTitleButton(button: QuickInputButton): button is TitleButton {
  return "act" in button;
}

function isRowButton(button: QuickInputButton): button is QuickInputButton & { readonly action: RowAction } {
  return "action" in button;
}

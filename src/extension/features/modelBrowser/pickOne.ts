import { QuickInputButtons, type QuickPick, type QuickPickItem, window } from "vscode";

export interface PickOneOptions<T extends QuickPickItem> {
  readonly title: string;
  readonly placeholder: string;
  readonly items: readonly T[];
  /** Takes the place of `items` once it is there; must not reject. */
  readonly later?: Promise<readonly T[]>;
}

/** One of the items that lead somewhere, a step back, or `undefined` when the list was closed. */
export async function pickOne<T extends QuickPickItem>(
  { title, placeholder, items, later }: PickOneOptions<T>,
  leadsSomewhere: (item: T) => boolean,
): Promise<T | "back" | undefined> {
  const { promise, resolve } = Promise.withResolvers<T | "back" | undefined>();
  const pick = window.createQuickPick<T>();
  pick.title = title;
  pick.placeholder = placeholder;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.buttons = [QuickInputButtons.Back];
  pick.items = items;
  pick.onDidTriggerButton(() => resolve("back"));
  pick.onDidAccept(() => {
    const [item] = pick.selectedItems;
    if (item !== undefined && leadsSomewhere(item)) resolve(item);
  });
  pick.onDidHide(() => resolve(undefined));
  pick.show();
  if (later !== undefined) void replaceItems(pick, later);
  return promise.finally(() => pick.dispose());
}

/** What is looked at stays where it is. */
async function replaceItems<T extends QuickPickItem>(pick: QuickPick<T>, later: Promise<readonly T[]>): Promise<void> {
  pick.busy = true;
  const items = await later;
  const [active] = pick.activeItems;
  pick.keepScrollPosition = true;
  pick.items = items;
  const same = items.find(({ label }) => label === active?.label);
  // Before the list is drawn nothing is active yet, and then the first item will be.
  if (same !== undefined) pick.activeItems = [same];
  pick.keepScrollPosition = false;
  pick.busy = false;
}

import { QuickInputButtons, type QuickPickItem, window } from "vscode";

export interface PickOneOptions<T extends QuickPickItem> {
  readonly title: string;
  readonly placeholder: string;
  readonly items: readonly T[];
}

/** One of the items that lead somewhere, a step back, or `undefined` when the list was closed. */
export async function pickOne<T extends QuickPickItem>(
  { title, placeholder, items }: PickOneOptions<T>,
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
  return promise.finally(() => pick.dispose());
}

import { type QuickPickItem, window } from "vscode";
import { refactorOffers } from "../../../core/actions/refactorOffers.ts";

/** Asks what is to be done: one of a few offers, or whatever is typed. `undefined`: the person left it. */
export async function askRefactoring(languageId: string, path: string): Promise<string | undefined> {
  const offers: readonly QuickPickItem[] = refactorOffers(languageId, path).map((label) => ({ label }));
  const pick = window.createQuickPick();
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  pick.title = "Refactor with Waybill";
  pick.placeholder = "What should be different? Choose, or type it";
  pick.items = offers;
  pick.onDidChangeValue((value) => {
    const typed = value.trim();
    pick.items =
      typed === "" ? offers : [...offers, { label: typed, description: "as you typed it", alwaysShow: true }];
  });
  pick.onDidAccept(() => {
    resolve(pick.activeItems[0]?.label ?? (pick.value.trim() === "" ? undefined : pick.value.trim()));
    pick.hide();
  });
  pick.onDidHide(() => resolve(undefined));
  pick.show();
  try {
    return await promise;
  } finally {
    pick.dispose();
  }
}

import { Disposable, workspace } from "vscode";
import type { KeyVault } from "./secrets.ts";
import { currentSettings } from "./settings.ts";

/** Tells the vault's listeners when settings or folders choose another key than before. */
export function watchKeyChoice(keys: KeyVault): Disposable {
  const choice = () => JSON.stringify(currentSettings().keyChoice);
  let known = choice();
  const look = () => {
    const now = choice();
    if (now === known) return;
    known = now;
    keys.noteChoice();
  };
  return Disposable.from(
    workspace.onDidChangeWorkspaceFolders(look),
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("waybill") && look()),
  );
}

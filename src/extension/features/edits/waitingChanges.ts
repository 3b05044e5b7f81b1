import { type Memento, type TextDocument, window, workspace } from "vscode";
import { OPEN_EDITS_KEY } from "../inlineEdit/openEditsKey.ts";

/** Whether an inline edit waits in the document: what it shows is not its text, and what is written there is not the person's. */
export function hasWaitingChanges(state: Pick<Memento, "get">, uri: string): boolean {
  const open: unknown = state.get(OPEN_EDITS_KEY);
  return typeof open === "object" && open !== null && uri in open;
}

/** Whether none wait there; says so where they do. */
export function isFree(state: Pick<Memento, "get">, document: TextDocument): boolean {
  const isWaiting = hasWaitingChanges(state, document.uri.toString());
  if (isWaiting) tellWaitingChanges(document);
  return !isWaiting;
}

/** Says that the changes that wait must be decided on first. */
export function tellWaitingChanges({ uri }: Pick<TextDocument, "uri">): void {
  const name = workspace.asRelativePath(uri, false);
  void window.showInformationMessage(
    `Changes of Waybill wait in ${name} already. Accept or reject them first; nothing was sent or written.`,
  );
}

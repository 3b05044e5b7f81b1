import { type TextDocument, type TextDocumentChangeEvent, TextDocumentChangeReason, commands } from "vscode";
import { tell } from "./askForEdit.ts";

/**
 * An edit that Undo took back could be brought again by Redo, as bare text with removed and added lines side by side. There is no
 * way to take it off the stack, so a Redo that leads there is undone.
 */
export class TakenBack {
  /** What each document showed last, with changes that waited. */
  readonly #shown = new WeakMap<TextDocument, string>();

  add(document: TextDocument, shown: string): void {
    this.#shown.set(document, shown);
  }

  async note({ document, reason }: TextDocumentChangeEvent): Promise<void> {
    if (reason !== TextDocumentChangeReason.Redo || document.getText() !== this.#shown.get(document)) return;
    await commands.executeCommand("undo");
    await tell(
      "Redo would bring back an inline edit that was taken back, without its buttons. Ask for it again instead.",
    );
  }
}

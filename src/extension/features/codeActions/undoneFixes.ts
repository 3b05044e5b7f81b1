import { type Disposable, type TextDocument, TextDocumentChangeReason, workspace } from "vscode";
import { AcceptedFixes } from "./acceptedFixes.ts";
import type { ReportVerdict } from "./proposalVerdict.ts";

/** Watches documents for an Undo of a fix that was accepted in them, for as long as the window is open. */
export class UndoneFixes implements Disposable {
  readonly #fixes = new AcceptedFixes();
  readonly #listening: Disposable;

  constructor(report: ReportVerdict) {
    this.#listening = workspace.onDidChangeTextDocument(({ document, reason }) => {
      const uri = document.uri.toString();
      if (reason === undefined || !this.#fixes.isWatched(uri)) return;
      const step = reason === TextDocumentChangeReason.Undo ? "undo" : "redo";
      for (const { turnId, kind } of this.#fixes.verdicts(step, uri, document.getText())) report(turnId, kind);
    });
  }

  /** To be called with the document as the fix left it. */
  watch(turnId: string, document: TextDocument, textBefore: string): void {
    this.#fixes.add({ turnId, document: document.uri.toString(), textBefore, textAfter: document.getText() });
  }

  dispose(): void {
    this.#listening.dispose();
  }
}

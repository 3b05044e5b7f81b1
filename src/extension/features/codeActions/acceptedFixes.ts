import type { OutcomeKind } from "../../../core/routing/outcomeKind.ts";

/** A fix in a document, by what the document held without it and with it. */
export interface AcceptedFix {
  readonly turnId: string;
  readonly document: string;
  readonly textBefore: string;
  readonly textAfter: string;
}

/** Fixes that are watched; each holds the text of its document twice. */
const MAX_FIXES = 20;

/** Tells which accepted fixes an Undo takes back and a Redo brings again. An edit by hand says nothing of them. */
export class AcceptedFixes {
  readonly #fixes: AcceptedFix[] = [];

  add(fix: AcceptedFix): void {
    this.#fixes.push(fix);
    if (this.#fixes.length > MAX_FIXES) this.#fixes.shift();
  }

  isWatched(document: string): boolean {
    return this.#fixes.some((fix) => fix.document === document);
  }

  /** The verdicts after an Undo or a Redo that left this text. */
  verdicts(
    step: "undo" | "redo",
    document: string,
    text: string,
  ): readonly { readonly turnId: string; readonly kind: OutcomeKind }[] {
    return this.#fixes
      .filter((fix) => fix.document === document && text === (step === "undo" ? fix.textBefore : fix.textAfter))
      .map(({ turnId }) => ({ turnId, kind: step === "undo" ? "undone" : "accepted" }));
  }
}

import type { AcceptedLines } from "../../../core/routing/acceptedLines.ts";
import type { OutcomeKind } from "../../../core/routing/outcomeKind.ts";

export type ReportVerdict = (turnId: string, kind: OutcomeKind, lines?: AcceptedLines) => void;

/** The person's verdict on one proposed change: given once, and only where there is a whole answer to judge. */
export class ProposalVerdict {
  readonly #report: ReportVerdict;
  /** The turn whose answer waits for a verdict; `undefined` before it is whole and after the verdict. */
  #turnId: string | undefined;

  constructor(report: ReportVerdict) {
    this.#report = report;
  }

  awaitFor(turnId: string): void {
    this.#turnId = turnId;
  }

  /** The turn that was judged, if one waited. */
  give(kind: OutcomeKind, lines?: AcceptedLines): string | undefined {
    const turnId = this.#turnId;
    this.#turnId = undefined;
    if (turnId !== undefined) this.#report(turnId, kind, lines);
    return turnId;
  }

  /** Whatever happens to the proposal from now on says nothing of the answer. */
  withdraw(): void {
    this.#turnId = undefined;
  }
}

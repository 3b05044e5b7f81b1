import type { AcceptedLines } from "../routing/acceptedLines.ts";
import type { CostSource } from "../waybill/waybill.ts";
import type { DayRange, SpendDimension } from "./spendSums.ts";

/** What rows have in common besides a dimension's value. */
export const ROW_KINDS = ["stopped", "accepted", "cached", "billed", "reconciled", "estimated", "unknown"] as const;

export type RowKind = (typeof ROW_KINDS)[number];

/** Which rows a figure is made of. Everything that is there must hold. */
export interface RowFilter extends DayRange {
  readonly by?: { readonly dimension: SpendDimension; readonly value: string } | undefined;
  readonly kind?: RowKind | undefined;
  /** One row by its number. */
  readonly sequence?: number | undefined;
}

/** A request as the ledger has it. Absent is what is not known. */
export interface SpendRow {
  readonly sequence: number;
  readonly day: string;
  readonly startedAtMs: number;
  readonly model: string;
  readonly askedModel: string;
  readonly provider: string | undefined;
  readonly task: string;
  readonly surface: string;
  readonly workspace: string | undefined;
  readonly key: string | undefined;
  readonly promptTokens: number | undefined;
  readonly completionTokens: number | undefined;
  readonly cachedTokens: number | undefined;
  readonly reasoningTokens: number | undefined;
  readonly costNano: number;
  readonly costSource: CostSource;
  readonly finish: string;
  readonly totalMs: number;
  readonly generationId: string | undefined;
  /** What became of the answer; `undefined` without a verdict. */
  readonly verdict: RowVerdict | undefined;
}

/** The verdict on a request's answer. */
export interface RowVerdict {
  /** As the ledger has it: a newer version may know more kinds. */
  readonly kind: string;
  /** How much of an edit was accepted; `undefined` where the lines were not counted. */
  readonly lines: AcceptedLines | undefined;
  /** Lines of what was accepted that the person changed soon after; `undefined` where none was seen. */
  readonly editedLines: number | undefined;
}

/** The place after which a page begins; rows go from the latest to the oldest. */
export interface RowPlace {
  readonly day: string;
  readonly sequence: number;
}

/** How many rows there are of each certainty, and what they cost. */
export interface CertaintySums {
  readonly source: CostSource;
  readonly count: number;
  readonly costNano: number;
}

/** What is read from the rows themselves. */
export interface RowFindings {
  readonly certainty: readonly CertaintySums[];
  /** The dearest first. */
  readonly dearest: readonly SpendRow[];
}

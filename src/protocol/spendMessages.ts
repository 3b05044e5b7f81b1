/**
 * Messages between the extension host and the view of spending.
 *
 * The host reads the ledger and words every figure; the view draws them and says what the person wants to see. Each message
 * of the host is a whole snapshot.
 */

import type { PresentedReport, PresentedRow } from "../core/spend/presentReport.ts";
import type { ReportPeriod } from "../core/spend/reportPeriod.ts";
import type { RowFilter } from "../core/spend/spendRow.ts";
import type { DayRange, SpendDimension } from "../core/spend/spendSums.ts";
import type { ProblemView } from "./chatMessages.ts";

/** A page of the rows that a figure is made of. */
export interface RowListView {
  /** For instance `Rows: model a/b, 2026-11-01 to 2026-11-20`. */
  readonly title: string;
  readonly rows: readonly PresentedRow[];
  /** Counted from 1. */
  readonly page: number;
  readonly hasMore: boolean;
  /** Grows each time the person asks for rows, so that the view goes there. */
  readonly asked: number;
}

export interface SpendViewState {
  readonly period: ReportPeriod;
  readonly range: DayRange;
  readonly dimension: SpendDimension;
  /** Nothing was ever booked. */
  readonly isEmpty: boolean;
  /** Absent when the ledger cannot be read. */
  readonly report?: PresentedReport;
  readonly list?: RowListView;
  readonly problem?: ProblemView;
  /** What became of an export or a deletion. */
  readonly note?: string;
}

export interface ToSpendView {
  readonly type: "snapshot";
  readonly state: SpendViewState;
}

export type FromSpendView =
  | { readonly type: "ready" }
  | { readonly type: "choose-period"; readonly period: ReportPeriod }
  | { readonly type: "choose-days"; readonly firstDay: string; readonly lastDay: string }
  | { readonly type: "choose-dimension"; readonly dimension: SpendDimension }
  | { readonly type: "show-rows"; readonly filter: RowFilter }
  | { readonly type: "turn-page"; readonly to: "next" | "previous" }
  | { readonly type: "export"; readonly format: ExportFormat }
  | { readonly type: "forget" }
  /** What the button beside the problem says. */
  | { readonly type: "solve-problem" }
  /** Asked by the empty view. */
  | { readonly type: "open-chat" }
  /** The view met an error of its own. */
  | { readonly type: "view-failed"; readonly message: string };

export type ExportFormat = "csv" | "json";

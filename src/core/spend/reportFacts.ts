import type { NanoUsd } from "../money/nanoUsd.ts";
import type { RoutingSaving } from "./routingSaving.ts";
import type { SpendForecast } from "./spendForecast.ts";
import type { SpendRegression } from "./spendRegression.ts";
import type { RowFindings } from "./spendRow.ts";
import type { DayRange, DaySums, SpendDimension } from "./spendSums.ts";

/** What a report is made of. `undefined` is what is not counted yet. */
export interface ReportFacts {
  readonly range: DayRange;
  readonly dimension: SpendDimension;
  readonly days: readonly DaySums[];
  readonly takenOver: NanoUsd;
  readonly findings: RowFindings | undefined;
  /** The findings are those of before, until the rows are read again. */
  readonly areFindingsOld: boolean;
  /** `none`: there was nothing to choose between. */
  readonly saving: RoutingSaving | "none" | undefined;
  readonly month: MonthFacts | undefined;
  readonly formatTime: (atMs: number) => string;
}

/** What is told of the running month and weeks, whatever period is looked at. */
export interface MonthFacts {
  readonly range: DayRange;
  readonly forecast: SpendForecast | undefined;
  readonly regressions: readonly SpendRegression[];
}

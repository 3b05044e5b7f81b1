import { REPORT_PERIODS, type ReportPeriod } from "../core/spend/reportPeriod.ts";
import { SPEND_DIMENSIONS, type SpendDimension } from "../core/spend/spendSums.ts";

const PERIOD_LABELS: Readonly<Record<ReportPeriod, string>> = {
  today: "Today",
  "7-days": "7 days",
  month: "This month",
  "last-month": "Last month",
  "12-months": "12 months",
  all: "All",
  custom: "Other days",
};

/** The periods to choose from, as they are called. */
export const PERIOD_CHOICES = REPORT_PERIODS.map((period) => ({ period, label: PERIOD_LABELS[period] }));

const DIMENSION_LABELS: Readonly<Record<SpendDimension, string>> = {
  model: "Model",
  task: "Task",
  provider: "Provider",
  surface: "Surface",
  workspace: "Workspace",
  key: "Key",
};

/** What spending can be broken down by, as it is called. */
export const DIMENSION_CHOICES = SPEND_DIMENSIONS.map((dimension) => ({
  dimension,
  label: DIMENSION_LABELS[dimension],
}));

export function periodOf(text: string): ReportPeriod | undefined {
  return REPORT_PERIODS.find((period) => period === text);
}

export function dimensionOf(text: string): SpendDimension | undefined {
  return SPEND_DIMENSIONS.find((dimension) => dimension === text);
}

import { budgetDay } from "../../../core/budget/budgetPeriod.ts";
import { firstDayOf } from "../../../core/budget/spendPeriod.ts";
import type { MonthFacts, ReportFacts } from "../../../core/spend/reportFacts.ts";
import { dayAfter } from "../../../core/spend/reportPeriod.ts";
import { type RoutingSaving, routingSaving } from "../../../core/spend/routingSaving.ts";
import { forecastMonth } from "../../../core/spend/spendForecast.ts";
import { spendRegressions } from "../../../core/spend/spendRegression.ts";
import { type DayRange, type SpendDimension, costByDay, sumByValue } from "../../../core/spend/spendSums.ts";
import type { SpendHistory } from "../../../store/spendHistory.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";

export interface ReportQuestion {
  readonly history: SpendHistory;
  readonly range: DayRange;
  readonly dimension: SpendDimension;
  readonly nowMs: number;
}

/** Days that the comparison of this week with the weeks before looks back. */
const COMPARED_DAYS = 35;

/** What can be shown at once: sums of the roll-ups. */
export async function readFacts({ history, range, dimension, nowMs }: ReportQuestion): Promise<ReportFacts> {
  const [known, days, month] = await Promise.all([
    history.known(range),
    history.sums(range, dimension),
    readMonth(history, nowMs),
  ]);
  return {
    range,
    dimension,
    days,
    takenOver: known.takenOver,
    findings: undefined,
    areFindingsOld: false,
    saving: undefined,
    month,
    formatTime,
  };
}

/** What needs the rows or the model list, a part as soon as it is there. */
export async function* completeFacts(
  services: ExtensionServices,
  { history, range }: ReportQuestion,
  { facts, signal }: { facts: ReportFacts; signal: AbortSignal },
): AsyncIterable<ReportFacts> {
  const findings = await history.findings(range, signal);
  if (findings === undefined) return;
  const counted = { ...facts, findings, areFindingsOld: false };
  yield counted;
  const saving = await readSaving(services, { history, range, signal });
  if (!signal.aborted) yield { ...counted, saving };
}

async function readMonth(history: SpendHistory, nowMs: number): Promise<MonthFacts> {
  const lastDay = budgetDay(nowMs);
  const monthStart = firstDayOf("month", nowMs);
  const weeksStart = dayAfter(lastDay, 1 - COMPARED_DAYS);
  const firstDay = monthStart < weeksStart ? monthStart : weeksStart;
  const days = await history.sums({ firstDay, lastDay }, "model");
  return {
    range: { firstDay: monthStart, lastDay },
    forecast: forecastMonth(costByDay(days), nowMs),
    regressions: spendRegressions(days, nowMs),
  };
}

/** Without a model list nothing can be compared. */
async function readSaving(
  { engine, log }: ExtensionServices,
  { history, range, signal }: { history: SpendHistory; range: DayRange; signal: AbortSignal },
): Promise<RoutingSaving | "none"> {
  try {
    const models = sumByValue(await history.sums(range, "model"));
    if (models.length < 2) return "none";
    const catalog = await (await engine.get()).catalog(signal);
    const prices = new Map(catalog.models.map((model) => [model.id, model.prices]));
    return routingSaving(models, (model) => prices.get(model)) ?? "none";
  } catch (error) {
    if (!signal.aborted) log.error("saving-not-known", error);
    return "none";
  }
}

export function formatTime(atMs: number): string {
  return new Date(atMs).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
}

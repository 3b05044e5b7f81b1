import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { presentReport } from "../../src/core/spend/presentReport.ts";
import { type ReportPeriod, daysOfPeriod } from "../../src/core/spend/reportPeriod.ts";
import { readFacts } from "../../src/extension/features/spend/spendReader.ts";
import { openLedgerJournal } from "../../src/store/ledgerJournal.ts";
import type { SpendHistory } from "../../src/store/spendHistory.ts";
import { openSqliteLedger } from "../../src/store/sqliteLedger.ts";
import { startSimulator } from "../simulator/startSimulator.ts";
import { startWorkbenchHost } from "../ui/workbench.ts";
import type { BenchReport } from "./benchReport.ts";
import type { Figure } from "./figure.ts";
import { ROWS, fillLedger } from "./fillLedger.ts";
import { median } from "./percentile.ts";

const ROUNDS = 9;
const FIRST_PAINT_MS = 200;
const FIRST_DAY = "2000-01-01";

/** How long the view of spending takes for a person who has asked a million times. Needs a build. */
export async function measureSpend(): Promise<BenchReport> {
  const nowMs = Date.now();
  const folder = mkdtempSync(join(tmpdir(), "waybill-bench-"));
  const figures: Figure[] = [];
  try {
    figures.push(...(await measureQueries(folder, nowMs)), ...(await measurePage(folder)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    figures,
    notes: [
      `Spending: a made-up ledger of ${ROWS.toLocaleString("en-US")} rows, 1000 a day. The queries and the wording of the report in plain Node, median of ${ROUNDS} after one to warm up; the page once, in the editor, for the running month.`,
    ],
  };
}

async function measureQueries(folder: string, nowMs: number): Promise<readonly Figure[]> {
  const ledger = await openFilledLedger(folder, nowMs);
  const history = await ledger.history();
  const reports = [await timeReport(history, "month", nowMs), await timeReport(history, "all", nowMs)];
  const begunAt = performance.now();
  await history.findings({ firstDay: FIRST_DAY, lastDay: "2099-12-31" }, new AbortController().signal);
  const findingsMs = performance.now() - begunAt;
  ledger.close();
  const what = "… certainty and dearest of all rows, in slices beside it";
  return [...reports, { what, value: findingsMs, unit: "ms" }];
}

async function openFilledLedger(folder: string, nowMs: number) {
  const path = join(folder, "ledger.sqlite");
  const options = { path, journal: openLedgerJournal(join(folder, "ledger.jsonl")), owner: "bench", nowMs };
  (await openSqliteLedger(options)).close();
  fillLedger(path, nowMs);
  return await openSqliteLedger(options);
}

async function timeReport(history: SpendHistory, period: ReportPeriod, nowMs: number): Promise<Figure> {
  const custom = { firstDay: FIRST_DAY, lastDay: FIRST_DAY };
  const range = daysOfPeriod(period, { nowMs, firstKnownDay: firstDayOfRows(nowMs), custom });
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const begunAt = performance.now();
    presentReport(await readFacts({ history, range, dimension: "model", nowMs }));
    await history.page(range, undefined);
    if (round > 0) times.push(performance.now() - begunAt);
  }
  return {
    what: `Report and first rows of spending, ${period === "all" ? "all 1,000 days" : "this month"}`,
    value: median(times),
    unit: "ms",
    below: FIRST_PAINT_MS,
  };
}

function firstDayOfRows(nowMs: number): string {
  return new Date(nowMs - 1000 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

async function measurePage(filled: string): Promise<readonly Figure[]> {
  const simulator = await startSimulator();
  const host = await startWorkbenchHost({ environment: { WAYBILL_DEVELOPMENT_KEY: simulator.key } });
  try {
    const workbench = await host.openWorkbench({ settings: { "waybill.gateway.url": simulator.baseUrl } });
    cpSync(filled, workbench.storageFolder, { recursive: true });
    await workbench.reloadWindow();
    await workbench.runCommand("Waybill: Show Spend");
    const frame = await workbench.webviewFrame("Waybill: Spend");
    await frame.getByRole("button", { name: "Spent: show the rows" }).waitFor();
    const paint = await frame.locator("waybill-spending").evaluate(firstPaint);
    await workbench.close();
    return [
      {
        what: "Page of spending, from its script until the figures are painted",
        value: paint.afterScriptMs,
        unit: "ms",
        below: FIRST_PAINT_MS,
      },
      { what: "… before that, until VS Code has delivered the script", value: paint.scriptMs, unit: "ms" },
    ];
  } finally {
    await host.close();
    await simulator.close();
  }
}

/** Runs in the page, which paints nothing before it has the figures. Times from the script's delivery, and to it. */
function firstPaint(): { readonly afterScriptMs: number; readonly scriptMs: number } {
  const paintMs = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN;
  const script = performance
    .getEntriesByType("resource")
    .find((entry): entry is PerformanceResourceTiming => entry.name.endsWith("spending.js"));
  const scriptMs = script?.responseEnd ?? Number.NaN;
  return { afterScriptMs: paintMs - scriptMs, scriptMs };
}

import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { inspect } from "node:util";
import { join } from "node:path";
import { presentReport } from "../../src/core/spend/presentReport.ts";
import { type ReportPeriod, daysOfPeriod } from "../../src/core/spend/reportPeriod.ts";
import { RowList } from "../../src/extension/features/spend/rowList.ts";
import { readFacts } from "../../src/extension/features/spend/spendReader.ts";
import type { ToSpendView } from "../../src/protocol/spendMessages.ts";
import type { SpendHistory } from "../../src/store/spendHistory.ts";
import { openSqliteLedger } from "../../src/store/sqliteLedger.ts";
import type { BenchReport } from "./benchReport.ts";
import type { Figure } from "./figure.ts";
import { DAYS, type FilledLedger, ROWS, makeFilledLedger } from "./fillLedger.ts";
import { measureJsonLedger } from "./jsonLedger.ts";
import { median } from "./percentile.ts";
import { paintSpendPage } from "./spendPage.ts";
import { openSpendTimed } from "./spendWindow.ts";

const ROUNDS = 9;
const FIRST_PAINT_MS = 200;
const FIRST_DAY = "2000-01-01";

/** What the host does until the first paint, and what it tells the page. */
interface HostWork {
  readonly figuresMs: number;
  readonly rowsMs: number;
  readonly messages: readonly ToSpendView[];
}

/** How long the view of spending takes for a person who has asked a million times. Needs a build. */
export async function measureSpend(): Promise<BenchReport> {
  const nowMs = Date.now();
  const folder = mkdtempSync(join(tmpdir(), "waybill-bench-"));
  try {
    const filled = await makeFilledLedger(folder, nowMs);
    const month = await measurePeriod(filled, "month");
    const all = await measurePeriod(filled, "all");
    const findingsMs = await measureFindings(filled);
    const jsonMs = measureJsonLedger(filled.options.path);
    const inWindow = await measureWindow(filled);
    return {
      figures: [
        ...figuresOf("this month", month),
        ...figuresOf(`all ${DAYS} days`, all),
        { what: "… certainty and dearest of all rows, in slices beside it", value: findingsMs, unit: "ms" },
        {
          what: "The same rows as a JSON file, read and summed",
          value: jsonMs,
          unit: "ms",
          ratio: jsonMs / all.hostMs,
        },
        ...inWindow.figures,
      ],
      notes: [
        `Spending: a made-up ledger of ${ROWS.toLocaleString("en-US")} rows of ${DAYS} days, with all sums. The host's work in plain Node on a ledger that was just opened, median of ${ROUNDS}; then the page in a browser with a new profile each time, from the message to the paint, median of ${ROUNDS}. The ratio of the JSON file is that to the host's work for all days.`,
        inWindow.note,
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A window that hangs costs its own figures only. */
async function measureWindow({ options }: FilledLedger): Promise<{ figures: readonly Figure[]; note: string }> {
  try {
    const { first, again } = await openSpendTimed((storage) => {
      const path = join(storage, "ledger.sqlite");
      // A second try finds the ledger of the first, with what was written beside it.
      if (existsSync(path)) return;
      mkdirSync(storage, { recursive: true });
      copyFileSync(options.path, path);
    });
    const what = "In VS Code, from the page's script until the figures are painted, first time in a window";
    return {
      figures: [
        { what, value: first, unit: "ms" },
        { what: "… opened again", value: median(again), unit: "ms", below: FIRST_PAINT_MS },
      ],
      note: `In VS Code this month is shown, and the ledger is opened on the way; opened again: median of ${again.length}.`,
    };
  } catch (error) {
    return { figures: [], note: `VS Code did not show the view of spending: ${inspect(error)}` };
  }
}

interface PeriodTimes {
  readonly hostMs: number;
  readonly hostRowsMs: number;
  readonly figuresMs: number;
  readonly chartMs: number;
}

async function measurePeriod(filled: FilledLedger, period: ReportPeriod): Promise<PeriodTimes> {
  const works: HostWork[] = [];
  for (let round = 0; round < ROUNDS; round += 1) works.push(await workAsHost(filled, period));
  const paints = await paintSpendPage(works[0]?.messages ?? [], ROUNDS);
  return {
    hostMs: median(works.map(({ figuresMs }) => figuresMs)),
    hostRowsMs: median(works.map(({ rowsMs }) => rowsMs)),
    figuresMs: median(paints.map(({ figuresMs }) => figuresMs)),
    chartMs: median(paints.map(({ chartMs }) => chartMs)),
  };
}

function figuresOf(period: string, { hostMs, hostRowsMs, figuresMs, chartMs }: PeriodTimes): readonly Figure[] {
  return [
    { what: `Spending, ${period}: first paint`, value: hostMs + figuresMs, unit: "ms", below: FIRST_PAINT_MS },
    {
      what: "… with its chart and first rows",
      value: hostMs + hostRowsMs + chartMs,
      unit: "ms",
      below: FIRST_PAINT_MS,
    },
    { what: "… of that reading the sums and putting them into words", value: hostMs, unit: "ms" },
    { what: "… of that the page, from the message to the painted figures", value: figuresMs, unit: "ms" },
  ];
}

async function workAsHost({ options }: FilledLedger, period: ReportPeriod): Promise<HostWork> {
  const ledger = await openSqliteLedger(options);
  const history = await ledger.history();
  const begunAt = performance.now();
  const first = await reportOf(history, period, options.nowMs);
  JSON.stringify(first);
  const figuresMs = performance.now() - begunAt;
  const list = new RowList();
  await list.follow(history, first.state.range);
  const withRows: ToSpendView = {
    ...first,
    state: { ...first.state, ...(list.view === undefined ? {} : { list: list.view }) },
  };
  JSON.stringify(withRows);
  const rowsMs = performance.now() - begunAt - figuresMs;
  ledger.close();
  return { figuresMs, rowsMs, messages: [first, withRows] };
}

/** As the panel does it. */
async function reportOf(history: SpendHistory, period: ReportPeriod, nowMs: number): Promise<ToSpendView> {
  const { firstDay } = await history.known();
  const custom = { firstDay: FIRST_DAY, lastDay: FIRST_DAY };
  const range = daysOfPeriod(period, { nowMs, firstKnownDay: firstDay, custom });
  const report = presentReport(await readFacts({ history, range, dimension: "model", nowMs }));
  return { type: "snapshot", state: { period, range, dimension: "model", isEmpty: false, report } };
}

async function measureFindings({ options }: FilledLedger): Promise<number> {
  const ledger = await openSqliteLedger(options);
  const history = await ledger.history();
  const begunAt = performance.now();
  await history.findings({ firstDay: FIRST_DAY, lastDay: "2099-12-31" }, new AbortController().signal);
  const findingsMs = performance.now() - begunAt;
  ledger.close();
  return findingsMs;
}

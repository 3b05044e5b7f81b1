import assert from "node:assert/strict";
import { describeVerdict } from "../../../src/core/spend/describeVerdict.ts";
import fc from "fast-check";
import { parseDecimal } from "../../../src/core/money/decimal.ts";
import type { ModelPrices } from "../../../src/core/catalog/modelPrices.ts";
import { ZERO_USD, toNanoUsd } from "../../../src/core/money/nanoUsd.ts";
import { presentReport } from "../../../src/core/spend/presentReport.ts";
import type { ReportFacts } from "../../../src/core/spend/reportFacts.ts";
import { dayAfter, daysOfPeriod, isDay } from "../../../src/core/spend/reportPeriod.ts";
import { routingSaving } from "../../../src/core/spend/routingSaving.ts";
import { spendChart } from "../../../src/core/spend/spendChart.ts";
import { forecastMonth } from "../../../src/core/spend/spendForecast.ts";
import { spendRegressions } from "../../../src/core/spend/spendRegression.ts";
import { type DaySums, sumByValue } from "../../../src/core/spend/spendSums.ts";

const NOON_MS = Date.UTC(2026, 10, 20, 12);
const TODAY = "2026-11-20";
const CUSTOM = { firstDay: "2026-03-09", lastDay: "2026-03-01" };

function sumsOf(day: string, fields: Partial<DaySums> = {}): DaySums {
  return {
    day,
    value: "a/b",
    requests: 1,
    turns: 1,
    costNano: 1_000_000,
    promptTokens: 100,
    completionTokens: 10,
    cachedTokens: 0,
    stoppedNano: 0,
    accepted: 0,
    ...fields,
  };
}

function factsOf(fields: Partial<ReportFacts> = {}): ReportFacts {
  return {
    range: { firstDay: "2026-11-01", lastDay: TODAY },
    dimension: "model",
    days: [sumsOf(TODAY)],
    takenOver: ZERO_USD,
    findings: undefined,
    areFindingsOld: false,
    saving: undefined,
    month: undefined,
    formatTime: (atMs) => new Date(atMs).toISOString(),
    ...fields,
  };
}

function figureOf(facts: ReportFacts, label: string) {
  return presentReport(facts).figures.find((figure) => figure.label === label);
}

describe("the periods of the report", () => {
  const check = (period: Parameters<typeof daysOfPeriod>[0], nowMs: number, expected: string) => {
    const { firstDay, lastDay } = daysOfPeriod(period, { nowMs, firstKnownDay: "2025-05-05", custom: CUSTOM });
    assert.equal(`${firstDay} ${lastDay}`, expected);
  };

  it("are whole UTC days, both ends included", () => {
    check("today", NOON_MS, "2026-11-20 2026-11-20");
    check("7-days", NOON_MS, "2026-11-14 2026-11-20");
    check("month", NOON_MS, "2026-11-01 2026-11-20");
    check("last-month", NOON_MS, "2026-10-01 2026-10-31");
    check("last-month", Date.UTC(2026, 0, 31), "2025-12-01 2025-12-31");
    check("12-months", NOON_MS, "2025-11-21 2026-11-20");
    check("12-months", Date.UTC(2028, 1, 29), "2027-03-02 2028-02-29");
    check("all", NOON_MS, "2025-05-05 2026-11-20");
    check("custom", NOON_MS, "2026-03-01 2026-03-09");
  });

  it("know a day of the calendar", () => {
    for (const day of ["2026-11-20", "2028-02-29"]) assert.ok(isDay(day), day);
    for (const day of ["2026-02-29", "2026-13-01", "20261120", "", "2026-11-20T00:00"]) assert.ok(!isDay(day), day);
  });
});

describe("the chart of spending", () => {
  it("loses no cent, whatever days, values and period", () => {
    const dayArbitrary = fc.record({
      offset: fc.nat({ max: 1200 }),
      value: fc.nat({ max: 12 }).map((index) => `model-${index}`),
      costNano: fc.nat({ max: 1_000_000_000 }),
    });
    fc.assert(
      fc.property(fc.array(dayArbitrary, { maxLength: 60 }), fc.nat({ max: 1200 }), (entries, length) => {
        const range = { firstDay: dayAfter(TODAY, -length), lastDay: TODAY };
        const days = entries
          .filter(({ offset }) => offset <= length)
          .map(({ offset, ...fields }) => sumsOf(dayAfter(TODAY, -offset), fields));
        const { bars, series } = spendChart(range, days, sumByValue(days));
        const total = days.reduce((sum, { costNano }) => sum + costNano, 0);
        assert.equal(
          bars.reduce((sum, { totalNano }) => sum + totalNano, 0),
          total,
        );
        assert.equal(
          series.flatMap(({ costsNano }) => costsNano).reduce((sum, cost) => sum + cost, 0),
          total,
        );
        assert.ok(bars.length <= 100 && series.length <= 7);
        assert.equal(bars[0]?.firstDay, range.firstDay);
        assert.equal(bars.at(-1)?.lastDay, range.lastDay);
        for (const [index, bar] of bars.slice(1).entries()) {
          assert.equal(dayAfter(bars[index]?.lastDay ?? "", 1), bar.firstDay, "no day between two bars is missing");
        }
      }),
    );
  });
});

describe("the forecast", () => {
  it("is the average of the days so far, times the days of the month", () => {
    const costs = new Map([
      ["2026-10-31", 900],
      ["2026-11-01", 1_000],
      [TODAY, 3_000],
    ]);
    assert.deepEqual(forecastMonth(costs, NOON_MS), { total: 6_000, days: 20, daysOfMonth: 30 });
    assert.equal(forecastMonth(new Map([["2026-10-31", 900]]), NOON_MS), undefined);
  });
});

describe("the notice of dearer turns", () => {
  const weeks = (now: Partial<DaySums>, before: Partial<DaySums>) => [
    sumsOf(TODAY, { turns: 10, promptTokens: 1_000, costNano: 10_000, ...now }),
    sumsOf(dayAfter(TODAY, -10), { turns: 40, promptTokens: 4_000, costNano: 40_000, ...before }),
  ];

  it("comes when a turn's prompt or cost has doubled, and not before", () => {
    const check = (days: readonly DaySums[], expected: readonly string[]) =>
      assert.deepEqual(
        spendRegressions(days, NOON_MS).map(({ what }) => what),
        expected,
      );
    check(weeks({}, {}), []);
    check(weeks({ promptTokens: 1_999 }, {}), []);
    check(weeks({ promptTokens: 2_000 }, {}), ["prompt-tokens"]);
    check(weeks({ costNano: 90_000 }, {}), ["cost"]);
    check(weeks({ costNano: 90_000, turns: 9 }, {}), []);
    check(weeks({ costNano: 90_000 }, { turns: 39, costNano: 39_000 }), []);
    check(weeks({ costNano: 90_000 }, { day: dayAfter(TODAY, -35) }), []);
  });

  it("is a sentence with both figures", () => {
    const regressions = spendRegressions(weeks({ promptTokens: 30_000 }, {}), NOON_MS);
    const month = { range: { firstDay: "2026-11-01", lastDay: TODAY }, forecast: undefined, regressions };
    assert.deepEqual(presentReport(factsOf({ month })).notices, [
      "An average turn of the last 7 days had 3,000 prompt tokens, 30.0 times the 100 prompt tokens of the four weeks before (10 turns).",
    ]);
  });
});

describe("what routing saved", () => {
  const prices = (prompt: string, completion: string): ModelPrices => {
    const price = (text: string) => parseDecimal(text) ?? { coefficient: 0n, scale: 0 };
    return {
      promptPerToken: price(prompt),
      completionPerToken: price(completion),
      perRequest: price("0"),
      overrides: [],
    };
  };
  const models = [
    sumsOf(TODAY, { value: "cheap", promptTokens: 1_000, completionTokens: 100, costNano: 50_000 }),
    sumsOf(TODAY, { value: "dear", promptTokens: 500, completionTokens: 50, costNano: 5_000_000 }),
    sumsOf(TODAY, { value: "gone", promptTokens: 10, completionTokens: 1, costNano: 7 }),
  ];
  const list = new Map([
    ["cheap", prices("0.00000005", "0.0000001")],
    ["dear", prices("0.000005", "0.00002")],
  ]);

  it("is the difference to the same tokens at the dearest list price that was used", () => {
    assert.deepEqual(
      routingSaving(models, (model) => list.get(model)),
      { model: "dear", wouldHaveCost: 1_510 * 5_000 + 151 * 20_000, cost: 5_050_007, unpriced: 1 },
    );
  });

  it("is not known of fewer than two models with a price", () => {
    assert.equal(
      routingSaving(models.slice(0, 1), (model) => list.get(model)),
      undefined,
    );
    assert.equal(
      routingSaving(models, () => undefined),
      undefined,
    );
    assert.equal(figureOf(factsOf({ saving: "none" }), "Saved by routing")?.value, "not known");
  });

  it("says how it is computed, and is never less than nothing", () => {
    const saving = { model: "dear", wouldHaveCost: toNanoUsd(4e9), cost: toNanoUsd(1e9), unpriced: 0 };
    const figure = figureOf(factsOf({ saving }), "Saved by routing");
    assert.equal(figure?.value, "$3.00 (75%)");
    assert.match(
      figure?.how ?? "",
      /dear, would have cost \$4\.00: the same tokens at its list price of now, without caches/,
    );
    const worse = figureOf(factsOf({ saving: { ...saving, cost: toNanoUsd(9e9) } }), "Saved by routing");
    assert.equal(worse?.value, "$0.00 (0%)");
  });
});

describe("the report", () => {
  it("never shows what is not known as nothing", () => {
    const none = factsOf({ days: [sumsOf(TODAY, { promptTokens: 0, completionTokens: 0 })] });
    assert.equal(figureOf(none, "Cache hit rate")?.value, "not known");
    assert.equal(figureOf(none, "Cost per accepted answer")?.value, "none accepted");
    assert.equal(figureOf(none, "Saved by routing")?.value, "…");
    assert.equal(presentReport(none).certainty, undefined);
  });

  it("has a filter behind each figure, bar and line", () => {
    const { figures, chart, lines } = presentReport(
      factsOf({ month: { range: CUSTOM, forecast: undefined, regressions: [] }, saving: "none" }),
    );
    assert.deepEqual(
      figures.filter(({ rows }) => rows === undefined),
      [],
    );
    assert.equal(chart.bars.length, 20);
    assert.deepEqual(lines[0]?.rows, {
      firstDay: "2026-11-01",
      lastDay: TODAY,
      by: { dimension: "model", value: "a/b" },
    });
  });

  it("calls workspaces by their last part, keeps the whole, and puts what is beyond 100 lines into one", () => {
    const days = Array.from({ length: 130 }, (_, index) =>
      sumsOf(TODAY, { value: index === 0 ? "" : `file:///home/me/my%20project-${index}`, costNano: 1_000 - index }),
    );
    const { lines } = presentReport(factsOf({ dimension: "workspace", days }));
    assert.equal(lines.length, 101);
    assert.equal(lines[0]?.name, "removed or not known");
    assert.equal(lines[1]?.name, "my project-1");
    assert.equal(lines[1].title, "file:///home/me/my%20project-1");
    assert.equal(lines.at(-1)?.name, "30 others");
  });

  it("says that rows were deleted, and what a lost ledger got back", () => {
    const findings = { certainty: [{ source: "billed" as const, count: 3, costNano: 5 }], dearest: [] };
    const { notices } = presentReport(
      factsOf({ findings, takenOver: toNanoUsd(2e9), days: [sumsOf(TODAY, { requests: 5 })] }),
    );
    assert.equal(notices.length, 2);
    assert.match(notices[0] ?? "", /^\$2\.00 more counts against your limits/);
    assert.match(notices[1] ?? "", /^The rows of 2 of 5 requests were deleted/);
    const recounting = factsOf({ findings, areFindingsOld: true, days: [sumsOf(TODAY, { requests: 5 })] });
    assert.deepEqual(presentReport(recounting).notices, [], "what came since is not missing");
  });
});

describe("what became of an answer", () => {
  it("is said with what is known of its lines", () => {
    const lines = { accepted: 8, proposed: 12 };
    const [kind, editedLines] = ["partly-accepted", undefined];
    assert.equal(describeVerdict({ kind, lines, editedLines }), "partly accepted (8 of 12 lines)");
    assert.equal(describeVerdict({ kind, lines: undefined, editedLines }), "partly accepted");
    assert.equal(describeVerdict({ kind: "accepted", lines, editedLines: 1 }), "accepted, 1 line edited afterwards");
    assert.equal(describeVerdict({ kind: "undone", lines, editedLines: 3 }), "undone, 3 lines edited afterwards");
  });
});

import assert from "node:assert/strict";
import type { SpendViewState } from "../../src/protocol/spendMessages.ts";
import { announcementFor } from "../../src/webview/spending/announcement.ts";

function stateOf(rangeText: string, fields: Partial<SpendViewState> = {}): SpendViewState {
  return {
    period: "month",
    range: { firstDay: "2026-11-01", lastDay: "2026-11-20" },
    dimension: "model",
    isEmpty: false,
    report: {
      rangeText,
      figures: [{ label: "Spent", value: "$1.00", how: "" }],
      notices: [],
      chart: { caption: "", bars: [], series: [] },
      lines: [],
    },
    ...fields,
  };
}

function check(before: SpendViewState | undefined, after: SpendViewState, expected: string | undefined): void {
  assert.equal(announcementFor(before, after), expected);
}

describe("announcements of the view of spending", () => {
  it("tell another period and another dimension, and not that the same was read again", () => {
    check(undefined, stateOf("May"), undefined);
    check(stateOf("May"), stateOf("May"), undefined);
    check(stateOf("May"), stateOf("June"), "$1.00 spent, June, by model.");
    check(stateOf("May"), stateOf("May", { dimension: "task" }), "$1.00 spent, May, by task.");
  });

  it("tell what became of an export once, and the rows that were asked for", () => {
    const noted = stateOf("May", { note: "3 rows were written." });
    check(stateOf("May"), noted, "3 rows were written.");
    check(noted, noted, undefined);
    const list = { title: "Rows: May", rows: [], page: 2, hasMore: false, asked: 1 };
    check(stateOf("May"), stateOf("May", { list }), "Rows: May, page 2, 0 rows.");
  });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { parseSpendMessage } from "../../src/protocol/parseSpendMessage.ts";
import type { FromSpendView } from "../../src/protocol/spendMessages.ts";

const RANGE = { firstDay: "2026-11-01", lastDay: "2026-11-20" };

const MESSAGES: readonly FromSpendView[] = [
  { type: "ready" },
  { type: "choose-period", period: "12-months" },
  { type: "choose-days", ...RANGE },
  { type: "choose-dimension", dimension: "workspace" },
  { type: "show-rows", filter: RANGE },
  { type: "show-rows", filter: { ...RANGE, by: { dimension: "provider", value: "" }, kind: "stopped", sequence: 7 } },
  { type: "turn-page", to: "previous" },
  { type: "export", format: "csv" },
  { type: "forget" },
  { type: "solve-problem" },
  { type: "open-chat" },
  { type: "view-failed", message: "TypeError in waybill-figures" },
];

describe("a message of the view of spending", () => {
  it("is taken as it is when it is one of the protocol", () => {
    for (const message of MESSAGES) assert.deepEqual(parseSpendMessage(message), message);
  });

  it("is dropped when anything is missing, added, too long or of another kind", () => {
    const bad: readonly unknown[] = [
      undefined,
      null,
      "ready",
      { type: "ready", more: 1 },
      { type: "choose-period", period: "year" },
      { type: "choose-days", firstDay: "2026-02-30", lastDay: "2026-11-20" },
      { type: "choose-days", firstDay: "2026-11-01" },
      { type: "choose-dimension", dimension: "chat" },
      { type: "show-rows", filter: { ...RANGE, kind: "all" } },
      { type: "show-rows", filter: { ...RANGE, sequence: 1.5 } },
      { type: "show-rows", filter: { ...RANGE, by: { dimension: "model", value: "a".repeat(4001) } } },
      { type: "show-rows", filter: { ...RANGE, sql: "1" } },
      { type: "export", format: "xlsx" },
      { type: "forget", firstDay: "2026-11-01" },
    ];
    for (const message of bad) assert.equal(parseSpendMessage(message), undefined, JSON.stringify(message));
    fc.assert(
      fc.property(fc.anything(), (value) => {
        assert.doesNotThrow(() => parseSpendMessage(value));
      }),
    );
  });
});

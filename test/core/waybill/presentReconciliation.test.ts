import assert from "node:assert/strict";
import { toNanoUsd } from "../../../src/core/money/nanoUsd.ts";
import { type GatewayBill, type LedgerBill, compareWithBill } from "../../../src/core/waybill/compareWithBill.ts";
import { presentReconciliation, reconciliationText } from "../../../src/core/waybill/presentReconciliation.ts";
import type { Reconciliation, SettledRow, UncertainRow } from "../../../src/core/waybill/reconciliation.ts";

/** What a quick pick of VS Code shows of one line at its usual width, measured in pictures of it. */
const LINE_WIDTH = 90;

const usd = toNanoUsd;
const ROW: UncertainRow = {
  turnId: "turn",
  keyName: "default",
  startedAtMs: 0,
  reservationId: "r1",
  generationId: "gen-1",
  day: "2026-11-20",
  model: "openai/gpt-4o-mini",
  cost: usd(5_000_000),
  costSource: "unknown",
};
const LOOKED_UP: Omit<SettledRow, "row"> = {
  cost: usd(77),
  usage: { promptTokens: 1, completionTokens: 2, cachedTokens: 0, reasoningTokens: 0 },
  model: "a/b",
  provider: "P",
};
const EVERYTHING: LedgerBill = {
  bySource: {
    billed: { count: 1200, cost: usd(123_456_789_012) },
    reconciled: { count: 1, cost: usd(1) },
    estimated: { count: 2, cost: usd(2_000_000_001) },
    unknown: { count: 1, cost: usd(5_000_000) },
  },
  open: { count: 1, cost: usd(4_000_000_000) },
  takenOver: usd(7_000_000_007),
};

function found(ledger: LedgerBill, gateway: GatewayBill, rest: Partial<Reconciliation> = {}): Reconciliation {
  const comparison = compareWithBill(ledger, gateway);
  return { period: "week", sinceDay: "2026-11-16", keyName: "default", comparison, settled: [], left: [], ...rest };
}

function oneTurn(cost: number): LedgerBill {
  const nothing = { count: 0, cost: usd(0) };
  return {
    bySource: { billed: { count: 1, cost: usd(cost) }, reconciled: nothing, estimated: nothing, unknown: nothing },
    open: nothing,
    takenOver: usd(0),
  };
}

describe("a reconciliation as a list", () => {
  it("starts with the result, and shows both sides exactly", () => {
    const sections = presentReconciliation(found(oneTurn(1_234_567), { charged: usd(1_234_567), ownKeys: usd(0) }));
    assert.deepEqual(sections, [
      {
        title: "",
        lines: [
          {
            mark: "agrees",
            label: "Agrees to the nano-dollar",
            figure: "$0.001234567",
            detail: "Ledger and gateway say the same for this week, since Monday 2026-11-16 (UTC).",
          },
        ],
      },
      {
        title: "This ledger",
        lines: [
          { mark: "figure", label: "All of it", figure: "$0.001234567 · 1 request" },
          { mark: "figure", label: "Billed with the answer", figure: "$0.001234567 · 1 request" },
        ],
      },
      { title: "The gateway", lines: [{ mark: "figure", label: "Charged to this key", figure: "$0.001234567" }] },
    ]);
  });

  it("names who says more, by how much, and why that may be", () => {
    const [result, , , remarks] = presentReconciliation(found(oneTurn(100), { charged: usd(350), ownKeys: usd(0) }));
    assert.equal(result?.lines[0]?.label, "The gateway says more");
    assert.equal(result?.lines[0]?.figure, "by $0.00000025");
    assert.match(remarks?.lines[0]?.label ?? "", /used elsewhere/);
    const [less] = presentReconciliation(found(oneTurn(100), { charged: usd(0), ownKeys: usd(0) }));
    assert.deepEqual([less?.lines[0]?.label, less?.lines[0]?.figure], ["The ledger says more", "by $0.0000001"]);
  });

  it("lists what was settled and what stays", () => {
    const settled = [{ ...LOOKED_UP, row: { ...ROW, costSource: "estimated" as const } }];
    const left = [{ row: ROW, why: "not-found" as const }];
    const sections = presentReconciliation(
      found(oneTurn(100), { charged: usd(100), ownKeys: usd(0) }, { settled, left }),
    );
    const details = sections.flatMap(({ lines }) => lines.map(({ detail }) => detail));
    assert.ok(details.includes("2026-11-20: was estimated, about $0.005."));
    assert.ok(details.includes("2026-11-20: stays unknown; the gateway does not know it, or not yet."));
  });

  it("has no line that is wider than the list", () => {
    const left = (["no-id", "not-found", "no-answer", "no-key"] as const).map((why) => ({ row: ROW, why }));
    const settled = [{ ...LOOKED_UP, row: ROW }];
    for (const charged of [0, 123_456_789_020, 123_999_000_000, 999_999_000_000]) {
      for (const ownKeys of [0, 5]) {
        const bill = { charged: usd(charged), ownKeys: usd(ownKeys) };
        for (const { lines } of presentReconciliation(found(EVERYTHING, bill, { left, settled }))) {
          for (const { label, figure = "", detail = "" } of lines) {
            assert.ok(`${label} ${figure}`.length <= LINE_WIDTH, `${label} ${figure}`);
            assert.ok(detail.length <= LINE_WIDTH, detail);
          }
        }
      }
    }
  });

  it("is copied as text that names the gateway and holds no ids", () => {
    const left = [{ row: ROW, why: "no-id" as const }];
    const text = reconciliationText(found(EVERYTHING, { charged: usd(0), ownKeys: usd(9) }, { left }), "openrouter.ai");
    assert.match(text, /^Waybill and openrouter\.ai, this week, since Monday 2026-11-16 \(UTC\)\n/);
    assert.match(text, /\nThis ledger\nAll of it: \$125\.461789014 · 1204 requests\n/);
    assert.match(text, /Billed by providers to your own keys: \$0\.000000009/);
    assert.ok(!text.includes("gen-1") && !text.includes("r1:"));
  });
});

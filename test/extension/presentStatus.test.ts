import assert from "node:assert/strict";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { type StatusParts, presentStatus, shareBar } from "../../src/extension/features/statusBar/presentStatus.ts";

const NOTHING: StatusParts = {
  last: undefined,
  spend: undefined,
  live: undefined,
  level: undefined,
  alertAt: [50, 80, 100],
};
const last = { model: "Small", cost: "$0.0012" };
const spend = { text: "$0.03 of $5.00 today", share: 0.006, lines: ["…"], shares: [0.006] };

describe("the item of the status bar", () => {
  it("has the last answer and the tightest limit, and only its name before the first", () => {
    assert.equal(presentStatus(NOTHING).text, "$(tag) Waybill");
    assert.equal(presentStatus({ ...NOTHING, last, spend }).text, "$(tag) Small · $0.0012 · $0.03 of $5.00 today");
  });

  it("says what runs now, marked as an estimate, and sums several answers", () => {
    const live = { cost: toNanoUsd(12_300_000), turns: 1, modelName: "Large" };
    assert.equal(
      presentStatus({ ...NOTHING, last, spend, live }).text,
      "$(loading~spin) Large · ~$0.012 · $0.03 of $5.00 today",
    );
    const several = presentStatus({ ...NOTHING, live: { ...live, turns: 3 } });
    assert.equal(several.text, "$(loading~spin) 3 answers · ~$0.012");
    const asked = presentStatus({ ...NOTHING, live: { ...live, cost: toNanoUsd(0) } });
    assert.equal(asked.text, "$(loading~spin) Large", "nothing is paid before the first token");
    assert.equal(several.label, "Waybill: 3 answers at work, about $0.012 so far");
  });

  const check = (alertAt: readonly number[], level: number | undefined, tone: string | undefined) =>
    it(`is ${tone ?? "plain"} at ${level ?? 0} % where ${alertAt.join(", ") || "nothing"} is told`, () => {
      const status = presentStatus({ ...NOTHING, spend, alertAt, level });
      assert.equal(status.tone, tone);
      assert.ok(status.text.startsWith(`$(${tone ?? "tag"}) `), "themes without these colours have the icon");
      assert.equal(status.label.includes("used up"), tone !== undefined, "colours are said, too");
    });
  check([50, 80, 100], undefined, undefined);
  check([50, 80, 100], 50, undefined);
  check([50, 80, 100], 80, "warning");
  check([50, 80, 100], 100, "error");
  check([25, 50], 50, "warning");
  check([], undefined, undefined);

  it("draws a share that is never empty when something is used, and full only when all is", () => {
    assert.equal(shareBar(0), "░░░░░░░░░░ 0 %");
    assert.equal(shareBar(0.001), "█░░░░░░░░░ <1 %");
    assert.equal(shareBar(0.5), "█████░░░░░ 50 %");
    assert.equal(shareBar(0.999), "█████████░ 99 %");
    assert.equal(shareBar(1), "██████████ 100 %");
  });
});

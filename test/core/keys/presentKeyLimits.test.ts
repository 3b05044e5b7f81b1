import assert from "node:assert/strict";
import type { KeyStanding } from "../../../src/core/budget/keyStanding.ts";
import { limitPeriodOf } from "../../../src/core/budget/keyStanding.ts";
import { limitPageOf } from "../../../src/core/keys/limitPage.ts";
import { type ToldLimits, presentKeyLimits } from "../../../src/core/keys/presentKeyLimits.ts";
import { toNanoUsd } from "../../../src/core/money/nanoUsd.ts";

const cents = (value: number) => toNanoUsd(value * 10_000_000);
const STANDING: KeyStanding = {
  takenAtMs: 0,
  limit: cents(1_000),
  remaining: cents(12),
  limitPeriod: "month",
  used: { day: cents(30), week: cents(40), month: undefined },
  booked: { day: cents(30), week: cents(25), month: cents(25) },
};

describe("what a gateway says of a key, in lines", () => {
  const linesOf = (told: Partial<ToldLimits> = {}) =>
    presentKeyLimits({ standing: STANDING, freeRequestsLeft: undefined, credits: undefined, ...told });

  it("begins with the key's own limit, and sets the gateway's figures beside the ledger's", () => {
    const lines = linesOf({ freeRequestsLeft: 1, credits: cents(500) });
    assert.deepEqual(
      lines.map(({ kind, label, figure }) => [kind, label, figure]),
      [
        ["limit", "Limit of the key", "$10.00 a month"],
        ["agrees", "Today", "$0.30 at the gateway, $0.30 here"],
        ["differs", "This week", "$0.40 at the gateway, $0.25 here"],
        ["remark", "Free models", "1 request left today"],
        ["remark", "Credits of the account", "$5.00 left"],
      ],
    );
    assert.match(lines[0]?.detail ?? "", /^\$0\.12 left of it/);
    assert.match(lines[2]?.detail ?? "", /^\$0\.15 more there: from other machines or tools/);
  });

  it("says kindly what the key may not see, and that there is no limit", () => {
    const standing = {
      ...STANDING,
      limit: undefined,
      remaining: undefined,
      booked: { ...STANDING.booked, day: cents(31) },
    };
    const lines = linesOf({ standing });
    assert.deepEqual([lines[0]?.figure, lines.at(-1)?.figure], ["none", "not told"]);
    assert.match(lines.at(-1)?.detail ?? "", /management keys only. Nothing is wrong with yours/);
    assert.match(lines[1]?.detail ?? "", /^\$0\.0100? more here|^\$0\.010 more here/);
  });

  it("knows the resets of OpenRouter, and takes others for none", () => {
    const resets = ["daily", "weekly", "monthly", "hourly", undefined];
    assert.deepEqual(resets.map(limitPeriodOf), ["day", "week", "month", "whole", "whole"]);
  });

  it("leads to a page where a limit is set, of OpenRouter only", () => {
    const page = "https://openrouter.ai/settings/keys";
    const origins = [
      "https://openrouter.ai",
      "https://eu.openrouter.ai",
      "http://127.0.0.1:1",
      "https://openrouter.ai.evil.example",
    ];
    assert.deepEqual(origins.map(limitPageOf), [page, page, undefined, undefined]);
  });
});

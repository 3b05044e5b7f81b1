import assert from "node:assert/strict";
import type { LimitStanding } from "../../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../../src/core/money/nanoUsd.ts";
import { describePassedTogether } from "../../../src/core/problems/describeTogether.ts";

const demand = { amount: toNanoUsd(30_000_000), tokens: 9_000 };
const sums = { limit: toNanoUsd(1e9), raisedFrom: toNanoUsd(1e9), spent: toNanoUsd(98e7), reserved: toNanoUsd(0) };

describe("a limit that does not hold several requests", () => {
  const sentenceOf = (blocking: LimitStanding) => describePassedTogether({ blocking, demand, requests: 3 }).sentence;

  it("is told with what they need and what is left", () => {
    const day = { measure: "money", scope: "workspace", period: "day", ...sums } as const;
    assert.match(
      sentenceOf(day),
      /^These models could cost up to \$0.030 together, with \$0.020 left of \$1.00 a day \(this workspace\)\. Nothing was sent or charged/,
    );
    const one = { measure: "money", scope: "request", period: "whole", ...sums } as const;
    assert.match(
      sentenceOf(one),
      /^One of these models could cost up to \$0.030, and the limit of one request is \$1.00\./,
    );
    const tokens = {
      measure: "tokens",
      scope: "user",
      period: "day",
      limit: 9_500,
      spent: 1_000,
      reserved: 0,
    } as const;
    assert.match(sentenceOf(tokens), /^These models could take up to 9,000 tokens together, with 8,500 tokens left/);
    const rate = { measure: "requests", scope: "user", period: "minute", limit: 5, spent: 3, reserved: 0 } as const;
    assert.match(
      sentenceOf(rate),
      /^These models could take up to 3 requests together, with 2 requests left of 5 requests a minute/,
    );
  });

  it("leads to where it can be changed", () => {
    const gateway = { measure: "money", scope: "gateway", period: "month", ...sums } as const;
    assert.equal(describePassedTogether({ blocking: gateway, demand, requests: 2 }).action.id, "show-key-limits");
  });
});

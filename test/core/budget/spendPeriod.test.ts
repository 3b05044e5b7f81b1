import assert from "node:assert/strict";
import fc from "fast-check";
import { budgetDay } from "../../../src/core/budget/budgetPeriod.ts";
import { SPEND_PERIODS, type SpendPeriod, firstDayOf } from "../../../src/core/budget/spendPeriod.ts";
import { periodStartMs } from "../../simulator/accounts/periods.ts";

function check(name: string, period: SpendPeriod, [now, expected]: readonly [string, string]): void {
  it(`starts the ${period} on ${expected} ${name}`, () => assert.equal(firstDayOf(period, Date.parse(now)), expected));
}

describe("the running period", () => {
  check("at noon", "day", ["2026-11-21T12:00:00Z", "2026-11-21"]);
  check("until the last millisecond", "day", ["2026-11-21T23:59:59.999Z", "2026-11-21"]);
  check("on a Saturday", "week", ["2026-11-21T12:00:00Z", "2026-11-16"]);
  check("on a Monday", "week", ["2026-11-16T00:00:00Z", "2026-11-16"]);
  check("on a Sunday", "week", ["2026-11-22T23:59:59Z", "2026-11-16"]);
  check("across a year's end", "week", ["2027-01-01T00:00:00Z", "2026-12-28"]);
  check("in the middle", "month", ["2026-11-21T12:00:00Z", "2026-11-01"]);
  check("of a leap year", "month", ["2028-02-29T23:00:00Z", "2028-02-01"]);

  it("is the one the gateway counts by, at any time", () => {
    const names = { day: "daily", week: "weekly", month: "monthly" } as const;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.constantFrom(...SPEND_PERIODS), (nowMs, period) => {
        assert.equal(firstDayOf(period, nowMs), budgetDay(periodStartMs(names[period], nowMs)));
      }),
    );
  });
});

import assert from "node:assert/strict";
import { alertLevel, crossedAlerts, describeAlert } from "../../../src/core/budget/alertLevel.ts";
import { bookingDay, endOfPeriod } from "../../../src/core/budget/limitPeriod.ts";
import { canBeRaised, raiseFor } from "../../../src/core/budget/raiseLimit.ts";
import { type MoneyStanding, blockingLimit, dailyLimit } from "../../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../../src/core/money/nanoUsd.ts";

const PERCENTS = [50, 80, 100];

function standingOf(spent: number, limit: number, fields: Partial<MoneyStanding> = {}): MoneyStanding {
  const daily = dailyLimit("workspace", toNanoUsd(limit));
  return { ...daily, raisedFrom: daily.limit, spent: toNanoUsd(spent), reserved: toNanoUsd(0), ...fields };
}

describe("the alert level", () => {
  it("is the highest percentage that any limit has reached, open requests included", () => {
    const check = (spent: number, expected: number | undefined) =>
      assert.equal(alertLevel([standingOf(spent, 100), standingOf(0, 100)], PERCENTS), expected);
    check(49, undefined);
    check(50, 50);
    check(79, 50);
    check(80, 80);
    check(100, 100);
    check(170, 100);
    assert.equal(alertLevel([standingOf(40, 100, { reserved: toNanoUsd(40) })], PERCENTS), 80);
    assert.equal(alertLevel([standingOf(40, 100)], []), undefined);
  });

  it("says nothing of a limit of nothing, nor of one for a single request", () => {
    assert.equal(
      alertLevel([standingOf(0, 0), standingOf(9, 9, { scope: "request", period: "whole" })], PERCENTS),
      undefined,
    );
  });

  it("is told with the highest first, in words", () => {
    const [first] = crossedAlerts([standingOf(4e9, 5e9)], PERCENTS);
    assert.equal(first === undefined ? "" : describeAlert(first), "This workspace has used 80 % of its $5.00 today.");
  });
});

describe("a limit that is in the way", () => {
  it("can be raised by what is missing, unless that more than doubles it", () => {
    const blocking = standingOf(90, 100);
    assert.equal(raiseFor({ blocking, needed: toNanoUsd(30) }), 20);
    const can = (standing: MoneyStanding, amount: number) =>
      canBeRaised(standing, { amount: toNanoUsd(amount), tokens: 0 });
    assert.deepEqual([can(blocking, 110), can(blocking, 111)], [true, false]);
    assert.equal(can(standingOf(90, 150, { raisedFrom: toNanoUsd(100) }), 111), false);
    assert.equal(can(standingOf(0, 0), 1), false);
    assert.equal(can(standingOf(0, 5, { scope: "chat", period: "whole" }), 6), false);
  });

  it("is the first that is passed, and none for what costs nothing", () => {
    const standings = [standingOf(0, 100), standingOf(100, 100, { scope: "user" })];
    assert.equal(blockingLimit(standings, { amount: toNanoUsd(1), tokens: 0 })?.scope, "user");
    assert.equal(blockingLimit(standings, { amount: toNanoUsd(0), tokens: 5 }), undefined);
  });
});

describe("the periods of a limit", () => {
  it("end at midnight UTC, on Sunday and with the month", () => {
    const friday = Date.UTC(2026, 10, 20, 12);
    assert.equal(endOfPeriod("day", friday), Date.UTC(2026, 10, 21));
    assert.equal(endOfPeriod("week", friday), Date.UTC(2026, 10, 23));
    assert.equal(endOfPeriod("month", friday), Date.UTC(2026, 11, 1));
    assert.equal(endOfPeriod("month", Date.UTC(2026, 11, 31, 23)), Date.UTC(2027, 0, 1));
  });

  it("never go back to an earlier day", () => {
    assert.equal(bookingDay(Date.UTC(2026, 10, 20), "2026-11-22"), "2026-11-22");
    assert.equal(bookingDay(Date.UTC(2026, 10, 23), "2026-11-22"), "2026-11-23");
    assert.equal(bookingDay(Date.UTC(2026, 10, 23), ""), "2026-11-23");
  });
});

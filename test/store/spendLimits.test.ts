import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { type LimitPeriod, type LimitScope, type MoneyLimit, dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import type { Ledger, ReservationRequest } from "../../src/store/ledger.ts";
import { NOON_MS, PLACE, type StoreFolder, createStoreFolder, reservation, waybillOf } from "./storeFolder.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** A Friday, so that the week and the month are older than the day. */
const TODAY = NOON_MS;

function limitOf(scope: LimitScope, period: LimitPeriod, limit: number): MoneyLimit {
  return { measure: "money", scope, period, limit: toNanoUsd(limit) };
}

describe("limits over a scope and a period", () => {
  let folder: StoreFolder;
  let ledger: Ledger;
  beforeEach(async () => {
    folder = createStoreFolder();
    ledger = await folder.openLedger();
  });
  afterEach(() => {
    ledger.close();
    folder.remove();
  });

  async function spend(cost: number, fields: Partial<ReservationRequest> = {}): Promise<void> {
    const held = reservation(toNanoUsd(cost), { limits: [], ...fields });
    assert.equal((await ledger.reserve(held)).kind, "reserved");
    await ledger.settle(held.reservationId, waybillOf(toNanoUsd(cost)));
  }

  async function admits(amount: number, fields: Partial<ReservationRequest>): Promise<boolean> {
    const held = reservation(toNanoUsd(amount), fields);
    const { kind } = await ledger.reserve(held);
    if (kind === "reserved") await ledger.release(held.reservationId);
    return kind === "reserved";
  }

  it("count the day, the week from Monday and the calendar month", async () => {
    await spend(100, { nowMs: Date.UTC(2026, 9, 31) });
    await spend(10, { nowMs: Date.UTC(2026, 10, 2) });
    await spend(5, { nowMs: TODAY - 2 * DAY_MS });
    await spend(1);
    const periods = ["day", "week", "month"] as const;
    const limits = periods.map((period) => limitOf("user", period, 1_000));
    const standings = await ledger.standings(PLACE, limits, TODAY);
    assert.deepEqual(
      standings.map(({ spent }) => spent),
      [1, 6, 16],
    );
    assert.equal(await admits(14, { limits: [limitOf("user", "week", 20)] }), true);
    assert.equal(await admits(15, { limits: [limitOf("user", "week", 20)] }), false);
    assert.equal(await admits(15, { limits: [limitOf("user", "month", 30)] }), false);
  });

  it("count a chat, a key, a workspace and a single request by themselves", async () => {
    const chat = randomUUID();
    await spend(10, { chat, keyLabel: "work", workspace: "file:///two" });
    const inChat = { chat, limits: [limitOf("chat", "whole", 15)] };
    assert.deepEqual([await admits(5, inChat), await admits(6, inChat)], [true, false]);
    assert.equal(await admits(6, { ...inChat, chat: randomUUID() }), true);
    assert.equal(await admits(6, { ...inChat, chat: undefined }), true);
    const withKey = { keyLabel: "work", limits: [limitOf("key", "month", 15)] };
    assert.deepEqual([await admits(6, withKey), await admits(6, { ...withKey, keyLabel: "home" })], [false, true]);
    const inWorkspace = { limits: [limitOf("workspace", "month", 15)] };
    assert.deepEqual(
      [await admits(6, { ...inWorkspace, workspace: "file:///two" }), await admits(6, inWorkspace)],
      [false, true],
    );
    const perRequest = { limits: [limitOf("request", "whole", 3)] };
    assert.deepEqual([await admits(3, perRequest), await admits(4, perRequest)], [true, false]);
  });

  it("hold what is open against every one of them", async () => {
    const chat = randomUUID();
    const limits = [limitOf("chat", "whole", 10), limitOf("user", "month", 15)];
    assert.equal((await ledger.reserve(reservation(toNanoUsd(8), { chat, limits }))).kind, "reserved");
    assert.equal(await admits(3, { chat, limits }), false);
    assert.equal(await admits(7, { limits }), true);
    assert.equal(await admits(8, { limits }), false);
  });

  it("of tokens count free models, too, by what was used and not by what was held", async () => {
    const limits = [{ measure: "tokens", scope: "user", period: "day", limit: 100 } as const];
    const held = reservation(toNanoUsd(0), { limits, tokens: 90 });
    await ledger.reserve(held);
    assert.equal(await admits(0, { limits, tokens: 11 }), false);
    await ledger.settle(held.reservationId, waybillOf(toNanoUsd(0)));
    assert.equal(await admits(0, { limits, tokens: 97 }), true);
    assert.equal(await admits(0, { limits, tokens: 98 }), false);
  });

  it("of requests a minute open again a minute later, and with a clock that was set back", async () => {
    const limits = [{ measure: "requests", scope: "user", period: "minute", limit: 2 } as const];
    const at = (nowMs: number) => admits(0, { limits, nowMs });
    assert.deepEqual([await at(TODAY), await at(TODAY + 1_000), await at(TODAY + 2_000)], [true, true, false]);
    assert.equal(await at(TODAY + 60_000), true);
    assert.equal(await at(TODAY - DAY_MS / 24), true);
  });

  it("of nothing let through what costs nothing", async () => {
    const limits = [dailyLimit("user", toNanoUsd(0))];
    assert.deepEqual([await admits(0, { limits }), await admits(1, { limits })], [true, false]);
  });

  it("do not open an earlier day again when the clock is set back", async () => {
    const limits = [dailyLimit("user", toNanoUsd(10))];
    await spend(8);
    assert.equal(await admits(3, { limits, nowMs: TODAY - DAY_MS }), false);
    assert.equal(await admits(2, { limits, nowMs: TODAY - 400 * DAY_MS }), true);
    const [standing] = await ledger.standings(PLACE, limits, TODAY - DAY_MS);
    assert.equal(standing?.spent, 8);
    assert.equal(await admits(10, { limits, nowMs: TODAY + DAY_MS }), true);
  });

  it("can be passed with the person's leave, by one turn and once", async () => {
    const allowance = { id: randomUUID(), amount: toNanoUsd(10) };
    const limits = [dailyLimit("user", toNanoUsd(1))];
    const [first, second] = [
      reservation(toNanoUsd(10), { limits, allowance }),
      reservation(toNanoUsd(10), { limits, allowance }),
    ];
    assert.equal((await ledger.reserve({ ...first, turnId: "one" })).kind, "reserved");
    assert.equal((await ledger.reserve({ ...second, turnId: "one" })).kind, "over-limit");
    await ledger.release(first.reservationId);
    assert.equal((await ledger.reserve({ ...second, turnId: "two" })).kind, "over-limit", "it was for another turn");
    assert.equal((await ledger.reserve({ ...second, turnId: "one" })).kind, "reserved", "the first one cost nothing");
    await ledger.settle(second.reservationId, waybillOf(toNanoUsd(10)));
    assert.equal(
      (await ledger.reserve(reservation(toNanoUsd(1), { limits, allowance, turnId: "one" }))).kind,
      "over-limit",
    );
    const rates = [{ measure: "tokens", scope: "user", period: "day", limit: 1 } as const];
    const other = { id: randomUUID(), amount: toNanoUsd(10) };
    assert.equal(await admits(1, { limits: rates, allowance: other }), false, "it is about money alone");
  });

  it("can be raised for the day, at most to twice of what they are", async () => {
    const limit = dailyLimit("workspace", toNanoUsd(10));
    const raise = (amount: number) => ledger.raiseForToday(PLACE, { limit, amount: toNanoUsd(amount), nowMs: TODAY });
    assert.equal(await raise(4), 4);
    assert.deepEqual([await admits(14, { limits: [limit] }), await admits(15, { limits: [limit] })], [true, false]);
    assert.equal(await raise(40), 10);
    assert.deepEqual([await admits(20, { limits: [limit] }), await admits(21, { limits: [limit] })], [true, false]);
    assert.equal(await admits(11, { limits: [limit], workspace: "file:///two" }), false);
    assert.equal(await admits(11, { limits: [limit], nowMs: TODAY + DAY_MS }), false);
  });

  it("are told of once in a period, whichever window is first", async () => {
    const other = await folder.openLedger();
    const [standing] = await ledger.standings(PLACE, [dailyLimit("user", toNanoUsd(10))], TODAY);
    assert.ok(standing !== undefined);
    const alerts = [50, 80].map((percent) => ({ standing, percent }));
    assert.equal((await ledger.claimAlerts(PLACE, alerts.slice(0, 1), TODAY)).length, 1);
    assert.deepEqual(await other.claimAlerts(PLACE, alerts, TODAY), alerts.slice(1));
    assert.deepEqual(await ledger.claimAlerts(PLACE, alerts, TODAY), []);
    assert.deepEqual(await ledger.claimAlerts(PLACE, alerts, TODAY + DAY_MS), alerts);
    other.close();
  });
});

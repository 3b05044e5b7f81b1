import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { type MoneyLimit, dailyLimit } from "../../src/core/budget/spendLimit.ts";
import type { LimitPeriod } from "../../src/core/budget/spendLimit.ts";
import { SPEND_PERIODS } from "../../src/core/budget/spendPeriod.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import type { CostSource } from "../../src/core/waybill/waybill.ts";
import type { Ledger, ReservationRequest } from "../../src/store/ledger.ts";
import { NOON_MS, PLACE, type StoreFolder, createStoreFolder, reservation, waybillOf } from "./storeFolder.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const MIDNIGHT_MS = NOON_MS + DAY_MS / 2;
const ORIGIN = "https://openrouter.ai";
const HERE = { ...PLACE, gatewayOrigin: ORIGIN };

interface Wish {
  readonly used?: number;
  readonly limit?: number;
  readonly remaining?: number;
  readonly limitPeriod?: LimitPeriod;
  readonly keyLabel?: string;
  readonly gatewayOrigin?: string;
  readonly atMs?: number;
}

describe("what a gateway says of a key", () => {
  let folder: StoreFolder;
  let ledger: Ledger;
  beforeEach(async () => {
    folder = createStoreFolder();
    ledger = await folder.openLedger();
  });
  afterEach(() => folder.remove());

  async function spend(cost: number, fields: Partial<ReservationRequest> & { source?: CostSource } = {}) {
    const { source: costSource = "billed", ...rest } = fields;
    const held = reservation(toNanoUsd(cost), { limits: [], ...rest });
    await ledger.reserve(held);
    await ledger.settle(
      held.reservationId,
      waybillOf(toNanoUsd(cost), { costSource, gatewayOrigin: held.gatewayOrigin }),
    );
    return held.reservationId;
  }

  async function tell({ used, limit, remaining, limitPeriod = "month", atMs = NOON_MS, ...rest }: Wish): Promise<void> {
    const place = { gatewayOrigin: ORIGIN, keyLabel: "default", ...rest };
    const standings = await ledger.keyStandings();
    const amount = (value: number | undefined) => (value === undefined ? undefined : toNanoUsd(value));
    const told = { limit: amount(limit), remaining: amount(remaining), limitPeriod };
    const all = { day: amount(used), week: amount(used), month: amount(used) };
    await standings.note(place, { ...told, used: all }, await standings.books(place, atMs));
  }

  /** Spent today, this week and this month, as the person's limits count it. */
  async function spent(nowMs = NOON_MS, scope: "user" | "key" | "workspace" = "user", keyLabel = "default") {
    const limits = SPEND_PERIODS.map((period): MoneyLimit => ({ ...dailyLimit(scope, toNanoUsd(1e12)), period }));
    return (await ledger.standings({ ...PLACE, keyLabel }, limits, nowMs)).map((standing) => standing.spent);
  }

  async function wall(nowMs = NOON_MS): Promise<readonly number[] | undefined> {
    const [standing] = await ledger.standings(HERE, [], nowMs);
    return standing && [standing.spent, standing.reserved, standing.limit];
  }

  it("counts where it is more than the ledger, for the person and the key and no workspace", async () => {
    await spend(10);
    await tell({ used: 25 });
    assert.deepEqual(await spent(), [25, 25, 25]);
    assert.deepEqual(await spent(NOON_MS, "key"), [25, 25, 25]);
    assert.deepEqual(await spent(NOON_MS, "key", "work"), [0, 0, 0]);
    assert.deepEqual(await spent(NOON_MS, "workspace"), [10, 10, 10]);
    await spend(5);
    assert.deepEqual(await spent(), [30, 30, 30]);
    await tell({ used: 3 });
    assert.deepEqual(await spent(), [15, 15, 15]);
  });

  it("says nothing of a period after the one it was told in", async () => {
    await tell({ used: 25, remaining: 5, limitPeriod: "day" });
    assert.deepEqual(await spent(NOON_MS + DAY_MS), [0, 25, 25]);
    assert.deepEqual(await spent(NOON_MS + 4 * DAY_MS), [0, 0, 25]);
    assert.deepEqual(await spent(NOON_MS + 30 * DAY_MS), [0, 0, 0]);
    assert.deepEqual([await wall(), await wall(NOON_MS + DAY_MS)], [[0, 0, 5], undefined]);
  });

  it("may be of the day before just after midnight, when clocks differ", async () => {
    await tell({ used: 25, atMs: MIDNIGHT_MS + 60_000 });
    assert.deepEqual(await spent(MIDNIGHT_MS + 60_000), [0, 25, 25]);
    await tell({ used: 25, atMs: MIDNIGHT_MS + 600_000 });
    assert.deepEqual(await spent(MIDNIGHT_MS + 600_000), [25, 25, 25]);
  });

  it("is of its own day with a clock that was ahead, not of the later one", async () => {
    await spend(1, { nowMs: NOON_MS + DAY_MS });
    await tell({ used: 25 });
    assert.deepEqual(await spent(), [1, 25, 25]);
  });

  it("keeps what was elsewhere when a cost of before is corrected, and when another window wakes up", async () => {
    const estimated = await spend(8, { source: "estimated" });
    await tell({ used: 20, limit: 100, remaining: 80 });
    const usage = { promptTokens: 1, completionTokens: 1, cachedTokens: 0, reasoningTokens: 0 };
    await ledger.correctCost(estimated, { cost: toNanoUsd(3), usage, model: undefined, provider: undefined });
    assert.deepEqual(await spent(), [20, 20, 20]);
    assert.deepEqual(await wall(), [20, 0, 100]);
    const later = await spend(8, { source: "estimated" });
    await ledger.correctCost(later, { cost: toNanoUsd(6), usage, model: undefined, provider: undefined });
    assert.deepEqual(await spent(), [26, 26, 26]);
    assert.deepEqual(await wall(), [26, 0, 100]);
  });

  it("leaves of the key's own limit what is not booked and held since, also past a month", async () => {
    await spend(10);
    await tell({ limit: 100, remaining: 60, limitPeriod: "whole" });
    assert.deepEqual(await wall(), [40, 0, 100]);
    await spend(7);
    await spend(9, { gatewayOrigin: "https://other.example" });
    await spend(9, { keyLabel: "work" });
    await ledger.reserve(reservation(toNanoUsd(11), { limits: [] }));
    assert.deepEqual(await wall(), [47, 11, 100]);
    await spend(4, { nowMs: NOON_MS + 40 * DAY_MS });
    assert.deepEqual(await wall(NOON_MS + 40 * DAY_MS), [51, 11, 100]);
    const over = await ledger.reserve(reservation(toNanoUsd(39), { limits: [] }));
    assert.ok(over.kind === "over-limit" && over.blocking.scope === "gateway");
    assert.equal((await ledger.reserve(reservation(toNanoUsd(38), { limits: [] }))).kind, "reserved");
    assert.equal((await ledger.reserve(reservation(toNanoUsd(0), { limits: [] }))).kind, "reserved");
  });

  it("is told apart by gateway and key", async () => {
    await spend(10);
    await spend(20, { gatewayOrigin: "https://other.example" });
    await spend(30, { keyLabel: "work" });
    await tell({ used: 12 });
    await tell({ used: 23, gatewayOrigin: "https://other.example" });
    await tell({ used: 34, keyLabel: "work" });
    assert.deepEqual(await spent(), [69, 69, 69]);
    assert.deepEqual(await spent(NOON_MS, "key"), [35, 35, 35]);
  });

  it("makes up for a ledger that was lost with its journal, and doubles nothing where the journal is there", async () => {
    await spend(50);
    ledger.close();
    for (const suffix of ["", "-wal", "-shm"]) rmSync(folder.ledgerPath + suffix, { force: true });
    ledger = await folder.openLedger();
    assert.notEqual(ledger.repair, undefined);
    await tell({ used: 50, limit: 100, remaining: 50 });
    assert.deepEqual(
      [await spent(), await wall()],
      [
        [50, 50, 50],
        [50, 0, 100],
      ],
    );
    ledger.close();
    folder.remove();
    folder = createStoreFolder();
    ledger = await folder.openLedger();
    await tell({ used: 50 });
    assert.deepEqual(await spent(), [50, 50, 50]);
  });

  it("that it has no limit is told once a key", async () => {
    const standings = await ledger.keyStandings();
    const place = { gatewayOrigin: ORIGIN, keyLabel: "default" };
    assert.equal(await standings.claimNotice(place), false);
    await tell({ limit: 5, remaining: 5 });
    assert.equal(await standings.claimNotice(place), false);
    await tell({ used: 1 });
    assert.deepEqual([await standings.claimNotice(place), await standings.claimNotice(place)], [true, false]);
    await tell({ used: 2 });
    assert.equal(await standings.claimNotice(place), false);
    assert.equal((await standings.latest(place))?.used.day, 2);
  });
});

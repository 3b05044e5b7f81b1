import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { type NanoUsd, toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import type { CostSource } from "../../src/core/waybill/waybill.ts";
import type { CostCorrection, Ledger } from "../../src/store/ledger.ts";
import { setLedgerAside } from "../../src/store/setLedgerAside.ts";
import { NOON_MS, ONE_CENT, PLACE, type StoreFolder, reservation, waybillOf, withNewLedger } from "./storeFolder.ts";

const ORIGIN = "https://openrouter.ai";
const KEY = { gatewayOrigin: ORIGIN, keyLabel: "default" };
const TODAY = "2026-11-20";
const DAY_MS = 24 * 60 * 60 * 1000;
const LIMITS = [dailyLimit("user", toNanoUsd(1e12))];

function correction(cost: number): CostCorrection {
  return {
    cost: toNanoUsd(cost),
    usage: { promptTokens: 11, completionTokens: 22, cachedTokens: 3, reasoningTokens: 4 },
    model: "a/b-served",
    provider: "Looked Up",
  };
}

describe("the ledger's bill", () => {
  let folder: StoreFolder;
  let ledger: Ledger;
  withNewLedger((newFolder, newLedger) => {
    folder = newFolder;
    ledger = newLedger;
  });

  interface Turn {
    readonly cost: NanoUsd;
    readonly costSource?: CostSource;
    readonly daysAgo?: number;
    readonly gatewayOrigin?: string;
    readonly generationId?: string | undefined;
  }

  async function book({ cost, costSource = "billed", daysAgo = 0, gatewayOrigin = ORIGIN, ...rest }: Turn) {
    const held = reservation(ONE_CENT, { limits: LIMITS, nowMs: NOON_MS - daysAgo * DAY_MS, gatewayOrigin });
    assert.equal((await ledger.reserve(held)).kind, "reserved");
    await ledger.settle(held.reservationId, waybillOf(cost, { costSource, gatewayOrigin, ...rest }));
    return held.reservationId;
  }

  async function spentToday(): Promise<number | undefined> {
    return (await ledger.standings(PLACE, LIMITS, NOON_MS))[0]?.spent;
  }

  it("counts a gateway's turns since a day by how sure their cost is", async () => {
    await book({ cost: toNanoUsd(100), daysAgo: 2 });
    await book({ cost: toNanoUsd(7), daysAgo: 1 });
    await book({ cost: toNanoUsd(5) });
    await book({ cost: toNanoUsd(1000), gatewayOrigin: "http://127.0.0.1:11434" });
    await book({ cost: toNanoUsd(11), costSource: "estimated" });
    await ledger.reserve(reservation(ONE_CENT, { limits: LIMITS }));
    assert.deepEqual(await ledger.bill("2026-11-19", KEY), {
      bySource: {
        billed: { count: 2, cost: 12 },
        reconciled: { count: 0, cost: 0 },
        estimated: { count: 1, cost: 11 },
        unknown: { count: 0, cost: 0 },
      },
      open: { count: 1, cost: ONE_CENT },
      takenOver: 0,
    });
  });

  it("lists the turns whose cost is not certain, also those that cannot be looked up", async () => {
    await book({ cost: toNanoUsd(8), costSource: "unknown", daysAgo: 1 });
    await book({ cost: toNanoUsd(5) });
    const estimated = await book({ cost: toNanoUsd(6), costSource: "estimated", generationId: "gen-6" });
    const unknown = await book({ cost: toNanoUsd(7), costSource: "unknown", generationId: undefined });
    await book({ cost: toNanoUsd(9), costSource: "unknown", gatewayOrigin: "http://127.0.0.1:11434" });
    const rows = await ledger.uncertainRows(TODAY, ORIGIN);
    assert.deepEqual(
      rows.map(({ reservationId, generationId, cost, costSource }) => [reservationId, generationId, cost, costSource]),
      [
        [estimated, "gen-6", 6, "estimated"],
        [unknown, undefined, 7, "unknown"],
      ],
    );
    assert.deepEqual([rows[0]?.day, rows[0]?.model], [TODAY, "a/b"]);
  });

  it("corrects a cost that is not certain once, with its tokens, in the day's sum and in the journal", async () => {
    const id = await book({ cost: toNanoUsd(900), costSource: "estimated" });
    assert.equal(await ledger.correctCost(id, correction(700)), true);
    assert.equal(await ledger.correctCost(id, correction(1)), false);
    assert.equal(await spentToday(), 700);
    assert.deepEqual((await ledger.bill(TODAY, KEY)).bySource.reconciled, { count: 1, cost: 700 });
    const database = new DatabaseSync(folder.ledgerPath, { readOnly: true });
    const row = database.prepare("SELECT * FROM waybill").get();
    database.close();
    assert.deepEqual(
      ["prompt_tokens", "completion_tokens", "cached_tokens", "reasoning_tokens", "served_model", "provider"].map(
        (name) => row?.[name],
      ),
      [11, 22, 3, 4, "a/b", "Looked Up"],
    );
    ledger.close();
    rmSync(folder.ledgerPath);
    ledger = await folder.openLedger();
    assert.equal(await spentToday(), 700, "the journal knows the corrected cost");
  });

  it("leaves a certain cost and a turn that it does not know alone", async () => {
    const id = await book({ cost: toNanoUsd(900) });
    assert.equal(await ledger.correctCost(id, correction(1)), false);
    assert.equal(await ledger.correctCost("never-reserved", correction(1)), false);
    assert.equal(await spentToday(), 900);
  });

  it("corrects what a window that died left behind", async () => {
    const held = reservation(ONE_CENT, { limits: LIMITS });
    await ledger.reserve(held);
    await ledger.renew(held.reservationId, "gen-7", NOON_MS);
    await ledger.recoverOrphans(NOON_MS + 11 * 60_000);
    const [row] = await ledger.uncertainRows(TODAY, ORIGIN);
    assert.deepEqual([row?.generationId, row?.cost, row?.costSource], ["gen-7", ONE_CENT, "unknown"]);
    assert.equal(await ledger.correctCost(held.reservationId, correction(42)), true);
    assert.equal(await spentToday(), 42);
  });

  it("tells what a ledger before this one had spent", async () => {
    await book({ cost: toNanoUsd(900) });
    ledger.close();
    setLedgerAside(folder.ledgerPath, NOON_MS);
    ledger = await folder.openLedger();
    await book({ cost: toNanoUsd(5) });
    const bill = await ledger.bill(TODAY, KEY);
    assert.equal(bill.takenOver, 900);
    assert.deepEqual(bill.bySource.billed, { count: 1, cost: 5 });
  });

  it("adds up with the day's sum, whatever is booked and corrected", async function () {
    this.timeout(60_000);
    const turn = fc.record({
      cost: fc.integer({ min: 0, max: 1e9 }).map(toNanoUsd),
      costSource: fc.constantFrom("billed", "reconciled", "estimated", "unknown"),
      corrected: fc.option(fc.integer({ min: 0, max: 1e9 }), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { maxLength: 6 }), async (turns) => {
        for (const { cost, costSource, corrected } of turns) {
          const id = await book({ cost, costSource });
          if (corrected !== undefined) await ledger.correctCost(id, correction(corrected));
        }
        const { bySource, takenOver } = await ledger.bill(TODAY, KEY);
        const sum = Object.values(bySource).reduce((total, { cost }) => total + cost, 0);
        assert.equal(sum, await spentToday());
        assert.equal(takenOver, 0);
      }),
      { numRuns: 20 },
    );
  });
});

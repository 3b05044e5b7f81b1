import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { type MoneyLimit, dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import type { Ledger } from "../../src/store/ledger.ts";
import { NOON_MS, PLACE, type StoreFolder, reservation, waybillOf, withNewLedger } from "./storeFolder.ts";

const LIMIT = dailyLimit("user", toNanoUsd(100));
const HUGE = 1e15;

describe("a file that was edited or damaged opens no budget", () => {
  let folder: StoreFolder;
  let ledger: Ledger;
  withNewLedger((newFolder, newLedger) => {
    folder = newFolder;
    ledger = newLedger;
  });

  function edit(statement: string): void {
    const database = new DatabaseSync(folder.ledgerPath);
    database.exec(`PRAGMA ignore_check_constraints = ON; ${statement}`);
    assert.ok(Number(database.prepare("SELECT changes() AS changed").get()?.["changed"]) > 0);
    database.close();
  }

  const HOLDS = [
    "amount_nano = 1",
    "amount_nano = -40",
    "day = '2026-11-19'",
    "workspace = 'file:///two'",
    "key_label = 'other'",
    "chat = NULL",
    "tokens = 0",
    "gateway_origin = 'https://else.where'",
  ];
  for (const change of HOLDS) {
    it(`by a hold: ${change}`, async () => {
      await ledger.reserve(reservation(toNanoUsd(90), { limits: [LIMIT], chat: randomUUID() }));
      edit(`UPDATE reservation SET ${change}`);
      await assert.rejects(
        folder.openLedger(),
        (error) => error instanceof WaybillError && error.code === "ledger-damaged",
      );
    });
  }

  it("by a hold, and one that is as it was written is none of these", async () => {
    const held = reservation(toNanoUsd(90), { limits: [LIMIT], chat: randomUUID(), policyHash: 7 });
    await ledger.reserve(held);
    await ledger.renew(held.reservationId, "gen-1", NOON_MS + 1);
    const [standing] = await (await folder.openLedger()).standings(PLACE, [LIMIT], NOON_MS);
    assert.equal(standing?.reserved, 90);
  });

  for (const [raised, counted] of [
    [HUGE, 200],
    [-50, 100],
    [30, 130],
  ] as const) {
    it(`by a raise of ${raised}`, async () => {
      await ledger.raiseForToday(PLACE, { limit: LIMIT, amount: toNanoUsd(10), nowMs: NOON_MS });
      edit(`UPDATE raise SET amount_nano = ${raised}`);
      const [standing] = await ledger.standings(PLACE, [LIMIT], NOON_MS);
      assert.equal(standing?.limit, counted);
      const again = await ledger.raiseForToday(PLACE, { limit: LIMIT, amount: toNanoUsd(1), nowMs: NOON_MS });
      assert.ok(again <= 100 && again > 0);
    });
  }

  for (const change of ["amount_nano = 1000000", "used_nano = 0", "used_nano = -1000000"]) {
    it(`by a leave: ${change}`, async () => {
      const allowance = { id: randomUUID(), amount: toNanoUsd(300) };
      const ask = (amount: number, turnId = "turn") => {
        const held = reservation(toNanoUsd(amount), { limits: [LIMIT], allowance, turnId });
        return ledger.reserve(held).then(({ kind }) => ({ kind, id: held.reservationId }));
      };
      const settled = await ask(150);
      await ledger.settle(settled.id, waybillOf(toNanoUsd(20)));
      assert.equal((await ask(120)).kind, "reserved");
      edit(`UPDATE allowance SET ${change}`);
      assert.equal((await ask(101)).kind, "over-limit", "of 300 are 270 taken");
      assert.equal((await ask(31)).kind, "over-limit");
      assert.equal((await ask(20, "another turn")).kind, "over-limit");
      assert.equal((await ask(30)).kind, "reserved");
    });
  }

  it("by a leave that counts less than is given back", async () => {
    const allowance = { id: randomUUID(), amount: toNanoUsd(300) };
    const held = reservation(toNanoUsd(150), { limits: [LIMIT], allowance });
    assert.equal((await ledger.reserve(held)).kind, "reserved");
    edit("UPDATE allowance SET used_nano = 10");
    await ledger.release(held.reservationId);
    const limits: readonly MoneyLimit[] = [LIMIT];
    assert.equal((await ledger.reserve(reservation(toNanoUsd(301), { limits, allowance }))).kind, "over-limit");
    assert.equal((await ledger.reserve(reservation(toNanoUsd(300), { limits, allowance }))).kind, "reserved");
  });
});

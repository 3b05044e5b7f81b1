import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { correctShown } from "../../src/core/waybill/correctShown.ts";
import type { CostSource } from "../../src/core/waybill/costSource.ts";
import { presentWaybill } from "../../src/core/waybill/presentWaybill.ts";
import type { Ledger } from "../../src/store/ledger.ts";
import { NOON_MS, reservation, waybillOf, withNewLedger } from "./storeFolder.ts";

describe("the costs of a chat that became certain", () => {
  let ledger: Ledger;
  withNewLedger((_, newLedger) => {
    ledger = newLedger;
  });

  async function turn(chat: string | undefined, generationId: string, costSource: CostSource) {
    const turnId = randomUUID();
    const held = reservation(toNanoUsd(5_000_000), { limits: [], chat, turnId });
    const waybill = waybillOf(toNanoUsd(3_000_000), { turnId, generationId, costSource });
    await ledger.reserve(held);
    await ledger.settle(held.reservationId, waybill);
    return { reservationId: held.reservationId, waybill };
  }

  async function lookUp(reservationId: string, cost: number): Promise<void> {
    const usage = { promptTokens: 11, completionTokens: 22, cachedTokens: 3, reasoningTokens: 4 };
    const found = { cost: toNanoUsd(cost), usage, model: "a/b-served", provider: "Looked Up" };
    assert.equal(await ledger.correctCost(reservationId, found), true);
  }

  for (const chat of [randomUUID(), "a chat of no UUID"]) {
    it(`are those that were looked up (${chat.length} characters)`, async () => {
      const first = await turn(chat, "gen-1", "estimated");
      const second = await turn(chat, "gen-2", "unknown");
      await turn(chat, "gen-3", "billed");
      await turn(chat, "gen-4", "estimated");
      const elsewhere = await turn(randomUUID(), "gen-5", "estimated");
      const nowhere = await turn(undefined, "gen-6", "estimated");
      await lookUp(first.reservationId, 1_000_000);
      await lookUp(elsewhere.reservationId, 7);
      await lookUp(nowhere.reservationId, 7);
      await lookUp(second.reservationId, 2_000_000);
      const found = await (await ledger.history()).certainCosts(chat);
      assert.deepEqual(
        found.map(({ row, cost, usage }) => [
          row.generationId,
          row.reservationId,
          row.turnId,
          cost,
          usage.cachedTokens,
        ]),
        [
          ["gen-1", first.reservationId, first.waybill.turnId, 1_000_000, 3],
          ["gen-2", second.reservationId, second.waybill.turnId, 2_000_000, 3],
        ],
      );
      assert.equal(found[0]?.row.startedAtMs, NOON_MS);
      const corrected = correctShown(presentWaybill(first.waybill), found)?.shown;
      assert.deepEqual([corrected?.cost, corrected?.costSource], ["$0.0010", "reconciled"]);
      assert.equal(corrected?.rows.find(({ label }) => label === "Cost")?.value.startsWith("$0.001"), true);
    });
  }

  it("are none where nothing was looked up", async () => {
    const chat = randomUUID();
    await turn(chat, "gen-1", "estimated");
    assert.deepEqual(await (await ledger.history()).certainCosts(chat), []);
  });
});

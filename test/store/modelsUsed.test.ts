import assert from "node:assert/strict";
import { NOON_MS, ONE_CENT, createStoreFolder, reservation, waybillOf } from "./storeFolder.ts";

const ORIGIN = "https://openrouter.ai";
const DAY_MS = 24 * 60 * 60 * 1000;

describe("the models used lately", () => {
  it("are those asked and those that served, of this gateway and since that day", async () => {
    const folder = createStoreFolder();
    const ledger = await folder.openLedger();
    try {
      const turns = [
        { askedModel: "a/long-ago", servedModel: "a/long-ago", daysAgo: 3 },
        { askedModel: "a/asked", servedModel: undefined, daysAgo: 1 },
        { askedModel: "a/asked", servedModel: "a/stood-in", daysAgo: 0 },
        { askedModel: "llama3", servedModel: "llama3", daysAgo: 0, gatewayOrigin: "http://127.0.0.1:11434" },
      ];
      for (const { askedModel, servedModel, daysAgo, gatewayOrigin = ORIGIN } of turns) {
        const held = reservation(ONE_CENT, {
          askedModel,
          gatewayOrigin,
          nowMs: NOON_MS - daysAgo * DAY_MS,
          limits: [],
        });
        await ledger.reserve(held);
        await ledger.settle(held.reservationId, waybillOf(ONE_CENT, { askedModel, servedModel, gatewayOrigin }));
      }
      const used = await ledger.modelsUsed("2026-11-18", ORIGIN);
      assert.deepEqual(used.toSorted(), ["a/asked", "a/stood-in"]);
      assert.deepEqual(await ledger.modelsUsed("2026-11-21", ORIGIN), []);
    } finally {
      ledger.close();
      folder.remove();
    }
  });
});

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { openLedgerJournal } from "../../src/store/ledgerJournal.ts";
import { openSqliteLedger } from "../../src/store/sqliteLedger.ts";
import { KeyWatch } from "../../src/turn/keyWatch.ts";
import { runTurn } from "../../src/turn/runTurn.ts";
import { NOON_MS, PLACE, createStoreFolder, reservation, waybillOf } from "../store/storeFolder.ts";
import { type TurnBench, collect, eventOf, openTurnBench, turnRequest } from "../turn/turnBench.ts";

const KEY = { gatewayOrigin: "https://openrouter.ai", keyLabel: "default" };
const LIMITS = [dailyLimit("user", toNanoUsd(1e9))];
const amount = fc.nat({ max: 1_000 });

describe("promise 34: what the gateway says of the key is a second wall", function () {
  this.timeout(30_000);

  it("the larger of its figure and the ledger's counts, and what is spent after it on top", async () => {
    await fc.assert(
      fc.asyncProperty(amount, amount, amount, async (booked, told, later) => {
        const folder = createStoreFolder();
        const ledger = await folder.openLedger();
        const spend = async (cost: number) => {
          const held = reservation(toNanoUsd(cost), { limits: [] });
          await ledger.reserve(held);
          await ledger.settle(held.reservationId, waybillOf(toNanoUsd(cost)));
        };
        await spend(booked);
        const standings = await ledger.keyStandings();
        const used = { day: toNanoUsd(told), week: toNanoUsd(told), month: toNanoUsd(told) };
        const figures = { limit: toNanoUsd(1e12), remaining: toNanoUsd(1e12), limitPeriod: "day" as const, used };
        await standings.note(KEY, figures, await standings.books(KEY, NOON_MS));
        await spend(later);
        const [standing] = await ledger.standings(PLACE, LIMITS, NOON_MS);
        folder.remove();
        assert.equal(standing?.spent, Math.max(booked, told) + later);
      }),
      { numRuns: 15 },
    );
  });

  it("the loss of the ledger and its journal does not open the budget", async () => {
    // The middle of the day, so that it does not end meanwhile.
    const nowMs = new Date().setUTCHours(12, 0, 0, 0);
    const bench: TurnBench = await openTurnBench({ simulator: { now: () => nowMs }, now: () => nowMs });
    const { held, spent } = await spendOnce(bench);
    const limits = [dailyLimit("user", toNanoUsd(spent + held - 1))];
    assert.ok(
      (await bench.run({ limits, onExceed: "block" })).some(({ type }) => type === "turn-refused"),
      "the budget is used up",
    );
    bench.ledger.close();
    const folder = dirname(bench.ledgerPath);
    const path = join(folder, "new", "ledger.sqlite");
    rmSync(bench.ledgerPath);
    const fresh = await openSqliteLedger({
      path,
      journal: openLedgerJournal(join(folder, "new", "ledger.jsonl")),
      owner: randomUUID(),
      nowMs,
    });
    const ledger = async () => fresh;
    const gatewayWithKey = () => assert.fail("no other key");
    const watch = new KeyWatch({ ledger, gatewayWithKey, now: () => nowMs, report: () => undefined });
    await watch.ask(bench.services.gateway);
    const sent = bench.simulator.books().length;
    const request = turnRequest({ limits, onExceed: "block" });
    const events = await collect(runTurn({ ...bench.services, ledger }, request, new AbortController().signal));
    assert.match(eventOf(events, "turn-refused").problem.sentence, /Nothing was sent/);
    assert.equal(bench.simulator.books().length, sent);
    watch.close();
    fresh.close();
    await bench.close();
  });
});

async function spendOnce(bench: TurnBench): Promise<{ readonly held: number; readonly spent: number }> {
  const events = await bench.run();
  return { held: eventOf(events, "reserved").amount, spent: bench.simulator.billNanoUsd() };
}

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Ledger } from "../../src/store/ledger.ts";
import { readJournalTotals } from "../../src/store/journalTotals.ts";
import { openLedgerJournal } from "../../src/store/ledgerJournal.ts";
import { openSqliteLedger } from "../../src/store/sqliteLedger.ts";
import { runTurn } from "../../src/turn/runTurn.ts";
import { settleUncertain } from "../../src/turn/settleUncertain.ts";
import { waybillOf } from "../store/storeFolder.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { type TurnBench, collect, openTurnBench, turnRequest } from "../turn/turnBench.ts";

const NEVER = new AbortController().signal;
const TURNS = 6;

describe("promise 23: each request is settled exactly once", () => {
  let bench: TurnBench;
  let other: Ledger;
  beforeEach(async () => {
    bench = await openTurnBench();
    other = await openSqliteLedger({
      path: bench.ledgerPath,
      journal: journal(),
      owner: randomUUID(),
      nowMs: Date.now(),
    });
  });
  afterEach(async () => {
    other.close();
    await bench.close();
  });

  const journal = () => openLedgerJournal(join(dirname(bench.ledgerPath), "ledger.jsonl"));
  const sumOfRows = () => bench.rows().reduce((sum, row) => sum + Number(row["cost_nano"]), 0);

  function sumOfJournal(): number {
    const texts = journal()
      .files()
      .map(({ file }) => readFileSync(join(dirname(bench.ledgerPath), file), "utf8"));
    const { totals } = readJournalTotals(texts);
    return totals.filter(({ scope }) => scope === "user").reduce((sum, { spent }) => sum + spent, 0);
  }

  it("by two windows that look up the same rows at once, and by one that wakes up after them", async () => {
    const blind = { ...bench.services.gateway, fetchGeneration: async () => undefined };
    for (let turn = 0; turn < TURNS; turn += 1) {
      bench.simulator.faultNext(turn % 2 === 0 ? { kind: "usage-missing" } : { kind: "cut", afterChunks: 8 });
      await collect(runTurn({ ...bench.services, gateway: blind }, turnRequest(), NEVER));
    }
    await bench.simulator.settled();
    const { gateway } = bench.services;
    const rows = await bench.ledger.uncertainRows("2000-01-01", gateway.origin);
    assert.equal(rows.length, TURNS);
    const reconcile = (ledger: Ledger) =>
      settleUncertain({ gateway, ledger, gatewayWithKey: () => assert.fail("no other key") }, rows, NEVER);
    const found = await Promise.all([bench.ledger, other, bench.ledger, other].map(reconcile));
    const settled = found.flatMap((each) => each.settled.map(({ row }) => row.reservationId));
    assert.deepEqual(settled.toSorted(), rows.map(({ reservationId }) => reservationId).toSorted());
    assert.equal(sumOfRows(), bench.simulator.billNanoUsd());
    // The window that had sent them, with what it believes, and with a replay of what it was told.
    for (const { reservationId, cost } of rows) {
      await other.settle(reservationId, waybillOf(toNanoUsd(cost * 3), { costSource: "estimated" }));
      await other.settle(reservationId, waybillOf(toNanoUsd(cost * 3), { costSource: "unknown" }));
    }
    assert.equal(sumOfRows(), bench.simulator.billNanoUsd());
    assert.equal(sumOfJournal(), bench.simulator.billNanoUsd());
    assert.deepEqual([bench.rows().length, bench.openReservations()], [TURNS, 0]);
  });
});

import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { WaybillError, type WaybillErrorCode } from "../../src/core/errors/waybillError.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import type { Ledger } from "../../src/store/ledger.ts";
import { LEDGER_MIGRATIONS } from "../../src/store/ledgerSchema.ts";
import { journalMode } from "../../src/store/openDatabase.ts";
import { setLedgerAside } from "../../src/store/setLedgerAside.ts";
import {
  NOON_MS,
  ONE_CENT,
  PLACE,
  type StoreFolder,
  createStoreFolder,
  reservation,
  waybillOf,
  withNewLedger,
} from "./storeFolder.ts";

const USER_LIMIT = [dailyLimit("user", toNanoUsd(100_000_000))];

async function userSpend(ledger: Ledger): Promise<{ spent: number; reserved: number }> {
  const [standing] = await ledger.standings(PLACE, USER_LIMIT, NOON_MS);
  return { spent: standing?.spent ?? -1, reserved: standing?.reserved ?? -1 };
}

const withCode = (code: WaybillErrorCode) => (error: unknown) => error instanceof WaybillError && error.code === code;

describe("the ledger", () => {
  let folder: StoreFolder;
  let ledger: Ledger;
  withNewLedger((newFolder, newLedger) => {
    folder = newFolder;
    ledger = newLedger;
  });

  it("holds a reservation until it is settled, then counts the real cost", async () => {
    const held = reservation(ONE_CENT);
    assert.equal((await ledger.reserve(held)).kind, "reserved");
    assert.deepEqual(await userSpend(ledger), { spent: 0, reserved: ONE_CENT });
    await ledger.settle(held.reservationId, waybillOf(toNanoUsd(1_234)));
    assert.deepEqual(await userSpend(ledger), { spent: 1_234, reserved: 0 });
  });

  it("gives a released reservation back", async () => {
    const held = reservation(ONE_CENT);
    await ledger.reserve(held);
    await ledger.release(held.reservationId);
    assert.deepEqual(await userSpend(ledger), { spent: 0, reserved: 0 });
  });

  it("refuses what would pass a limit, and names the limit", async () => {
    await ledger.reserve(reservation(toNanoUsd(95_000_000)));
    const outcome = await ledger.reserve(reservation(ONE_CENT));
    assert.ok(outcome.kind === "over-limit");
    assert.equal(outcome.blocking.scope, "user");
    assert.equal(outcome.blocking.reserved, 95_000_000);
    assert.equal((await ledger.reserve(reservation(toNanoUsd(5_000_000)))).kind, "reserved");
  });

  it("counts a workspace's limit by workspace and the person's over all", async () => {
    const limits = [dailyLimit("workspace", ONE_CENT), dailyLimit("user", toNanoUsd(15_000_000))];
    assert.equal((await ledger.reserve(reservation(ONE_CENT, { limits }))).kind, "reserved");
    assert.equal((await ledger.reserve(reservation(toNanoUsd(1), { limits }))).kind, "over-limit");
    const elsewhere = { limits, workspace: "file:///two" };
    assert.equal((await ledger.reserve(reservation(toNanoUsd(5_000_000), elsewhere))).kind, "reserved");
    assert.equal((await ledger.reserve(reservation(toNanoUsd(1), elsewhere))).kind, "over-limit");
  });

  it("starts every UTC day afresh and books a late settlement on the day it was reserved", async () => {
    const held = reservation(ONE_CENT, { nowMs: Date.UTC(2026, 10, 20, 23, 59) });
    await ledger.reserve(held);
    await ledger.settle(held.reservationId, waybillOf(ONE_CENT));
    const [today] = await ledger.standings(PLACE, USER_LIMIT, Date.UTC(2026, 10, 21));
    assert.equal(today?.spent, 0);
    assert.equal((await userSpend(ledger)).spent, ONE_CENT);
  });

  it("settles exactly once: a billed cost stays, an estimate is corrected", async () => {
    const held = reservation(ONE_CENT);
    await ledger.reserve(held);
    await ledger.settle(held.reservationId, waybillOf(toNanoUsd(500), { costSource: "estimated" }));
    await ledger.settle(held.reservationId, waybillOf(toNanoUsd(700), { costSource: "reconciled" }));
    await ledger.settle(held.reservationId, waybillOf(toNanoUsd(900)));
    await ledger.settle("never-reserved", waybillOf(toNanoUsd(900)));
    assert.equal((await userSpend(ledger)).spent, 700);
  });

  it("counts the reservation of a window that died as spent, and corrects it if that window wakes up", async () => {
    const held = reservation(ONE_CENT);
    await ledger.reserve(held);
    assert.equal(await ledger.recoverOrphans(NOON_MS + 60_000), 0);
    assert.equal(await ledger.recoverOrphans(NOON_MS + 11 * 60_000), 1);
    assert.deepEqual(await userSpend(ledger), { spent: ONE_CENT, reserved: 0 });
    await ledger.settle(held.reservationId, waybillOf(toNanoUsd(5)));
    assert.equal((await userSpend(ledger)).spent, 5);
  });

  it("keeps a living window's reservation alive", async () => {
    const held = reservation(ONE_CENT);
    await ledger.reserve(held);
    await ledger.renew(held.reservationId, "gen-7", NOON_MS + 9 * 60_000);
    assert.equal(await ledger.recoverOrphans(NOON_MS + 15 * 60_000), 0);
    assert.equal(await ledger.recoverOrphans(NOON_MS + 30 * 60_000), 1);
    const database = new DatabaseSync(folder.ledgerPath, { readOnly: true });
    assert.equal(database.prepare("SELECT generation_id FROM waybill").get()?.["generation_id"], "gen-7");
    database.close();
  });

  it("is shared by two windows: together they never pass the limit", async () => {
    const other = await folder.openLedger();
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? ledger : other).reserve(reservation(ONE_CENT))),
    );
    assert.equal(outcomes.filter(({ kind }) => kind === "reserved").length, 10);
    assert.equal((await userSpend(ledger)).reserved, 100_000_000);
    other.close();
  });

  it("waits for a window that is opening it at the same moment", async () => {
    const blocker = new DatabaseSync(folder.ledgerPath);
    blocker.exec("BEGIN IMMEDIATE");
    const opening = folder.openLedger();
    await new Promise((resolve) => setTimeout(resolve, 200));
    blocker.exec("ROLLBACK");
    blocker.close();
    const second = await opening;
    assert.equal((await second.reserve(reservation(ONE_CENT))).kind, "reserved");
    second.close();
  });

  it("locked by another window for too long fails closed instead of stalling", async function () {
    this.timeout(15_000);
    const blocker = new DatabaseSync(folder.ledgerPath);
    blocker.exec("BEGIN IMMEDIATE");
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 20);
    await assert.rejects(ledger.reserve(reservation(ONE_CENT)), withCode("ledger-busy"));
    clearInterval(ticking);
    assert.ok(ticks > 20, `the event loop turned ${ticks} times only`);
    blocker.exec("ROLLBACK");
    blocker.close();
    assert.equal((await ledger.reserve(reservation(ONE_CENT))).kind, "reserved");
  });

  it("of the first version is brought up to date and keeps its rows", async () => {
    ledger.close();
    rmSync(folder.ledgerPath);
    const old = new DatabaseSync(folder.ledgerPath);
    old.exec(LEDGER_MIGRATIONS[0] ?? "");
    old.exec(`INSERT INTO waybill (reservation_id, turn_id, day, workspace, surface, task_type, gateway_origin, asked_model,
      reserved_nano, cost_nano, cost_source, finish, started_at_ms, total_ms, reasons)
      VALUES ('r', 't', '2026-11-20', 'w', 'chat', 'question', 'o', 'a/b', 9, 7, 'billed', 'complete', 0, 1, '[]')`);
    old.exec("PRAGMA user_version = 1");
    old.close();
    (await folder.openLedger()).close();
    const upgraded = new DatabaseSync(folder.ledgerPath, { readOnly: true });
    assert.deepEqual(
      { ...upgraded.prepare("SELECT turn_id, cost_nano, discarded FROM waybill").get() },
      {
        turn_id: "t",
        cost_nano: 7,
        discarded: "[]",
      },
    );
    upgraded.close();
  });

  it("has no column that could hold a fraction of money", () => {
    const database = new DatabaseSync(folder.ledgerPath, { readOnly: true });
    for (const table of ["reservation", "waybill_row", "spend_total", "day_roll", "allowance", "raise"]) {
      for (const column of database.prepare(`PRAGMA table_info(${table})`).all()) {
        if (/nano|cost_n|amount/.test(String(column["name"]))) assert.equal(column["type"], "INTEGER");
        assert.notEqual(column["type"], "REAL");
      }
    }
    database.close();
  });
});

describe("a ledger file that is not sound", () => {
  let folder: StoreFolder;
  beforeEach(async () => {
    folder = createStoreFolder();
    const ledger = await folder.openLedger();
    const held = reservation(ONE_CENT);
    await ledger.reserve(held);
    await ledger.settle(held.reservationId, waybillOf(ONE_CENT));
    ledger.close();
  });
  afterEach(() => folder.remove());

  async function spentAfterNewStart(): Promise<number> {
    setLedgerAside(folder.ledgerPath, NOON_MS);
    const ledger = await folder.openLedger();
    const { spent } = await userSpend(ledger);
    ledger.close();
    return spent;
  }

  const damages: readonly { name: string; damage: (path: string) => void }[] = [
    { name: "emptied", damage: (path) => truncateSync(path, 0) },
    { name: "cut in half", damage: (path) => truncateSync(path, Math.floor(readFileSync(path).length / 2)) },
    {
      name: "overwritten with text",
      damage: (path) => writeFileSync(path, "this is no database, it is a letter".repeat(200)),
    },
    {
      name: "smashed in the middle",
      damage: (path) => {
        const bytes = readFileSync(path);
        bytes.fill(0xa5, 4096, Math.min(bytes.length, 16_384));
        writeFileSync(path, bytes);
      },
    },
  ];
  for (const { name, damage } of damages) {
    it(`(${name}) is reported, kept aside on request, and what was spent stays spent`, async () => {
      for (const suffix of ["-wal", "-shm"]) rmSync(folder.ledgerPath + suffix, { force: true });
      damage(folder.ledgerPath);
      await assert.rejects(folder.openLedger(), withCode("ledger-damaged"));
      assert.equal(await spentAfterNewStart(), ONE_CENT);
      assert.ok(readdirSync(dirname(folder.ledgerPath)).some((file) => file.includes("damaged-")));
    });
  }

  it("(deleted) is rebuilt from the journal", async () => {
    rmSync(folder.ledgerPath);
    const ledger = await folder.openLedger();
    assert.equal((await userSpend(ledger)).spent, ONE_CENT);
    ledger.close();
  });

  it("(deleted, with a torn journal line) is rebuilt from the lines that are whole", async () => {
    rmSync(folder.ledgerPath);
    appendFileSync(folder.journalPath, '{"reservationId":"x","day":"2026-1');
    const ledger = await folder.openLedger();
    assert.equal((await userSpend(ledger)).spent, ONE_CENT);
    ledger.close();
  });

  it("(read-only) stops paid requests with a reason", async () => {
    const bytes = readFileSync(folder.ledgerPath);
    // A file-format write version above 2 makes any SQLite open the file read-only (sqlite.org/fileformat2.html).
    bytes[18] = 3;
    writeFileSync(folder.ledgerPath, bytes);
    await assert.rejects(folder.openLedger(), (error) => {
      assert.ok(error instanceof WaybillError);
      assert.equal(error.code, "ledger-unusable");
      assert.equal(error.detail, "its file is read-only");
      return true;
    });
  });

  it("(a folder in its place) cannot be opened", async () => {
    rmSync(folder.ledgerPath);
    mkdirSync(folder.ledgerPath);
    await assert.rejects(folder.openLedger(), withCode("ledger-unusable"));
  });

  it("(of a newer version) is left alone", async () => {
    const database = new DatabaseSync(folder.ledgerPath);
    database.exec("PRAGMA user_version = 99");
    database.close();
    const copy = `${folder.ledgerPath}.copy`;
    copyFileSync(folder.ledgerPath, copy);
    await assert.rejects(folder.openLedger(), withCode("ledger-unusable"));
    assert.ok(existsSync(folder.ledgerPath));
  });
});

describe("the journal mode", () => {
  it("is WAL only where WAL is safe", () => {
    assert.equal(journalMode("3.49.1", "/tmp/x"), "DELETE");
    assert.equal(journalMode("3.51.2", "/tmp/x"), "DELETE");
    assert.equal(journalMode("3.51.3", "/tmp/x"), "WAL");
    assert.equal(journalMode("3.53.4", "/tmp/x"), "WAL");
    assert.equal(journalMode("4.0.0", "/tmp/x"), "WAL");
    assert.equal(journalMode("3.53.4", "\\\\server\\share\\x"), "DELETE");
  });
});

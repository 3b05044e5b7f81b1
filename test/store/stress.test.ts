import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { describeError } from "../../src/core/problems/describeError.ts";
import type { Ledger } from "../../src/store/ledger.ts";
import { ONE_CENT, NOON_MS, PLACE, createStoreFolder, reservation, waybillOf } from "./storeFolder.ts";

const LOCKED_MS = 3_000;
const TICK_MS = 5;
const SMALL_DISK = "4m";

describe("the ledger while another window holds its lock for seconds", function () {
  this.timeout(30_000);
  for (const mode of ["WAL", "DELETE"] as const) {
    it(`lets the editor go on meanwhile, with the journal mode ${mode}`, async () => {
      const folder = createStoreFolder(mode);
      const ledger = await folder.openLedger();
      const held = reservation(ONE_CENT);
      await ledger.reserve(held);
      const blocker = new DatabaseSync(folder.ledgerPath);
      blocker.exec("BEGIN IMMEDIATE");
      const watch = watchEventLoop();
      setTimeout(() => blocker.exec("ROLLBACK"), LOCKED_MS);
      const next = ledger.reserve(reservation(toNanoUsd(5)));
      await ledger.settle(held.reservationId, waybillOf(toNanoUsd(7)));
      assert.equal((await next).kind, "reserved");
      const { longestMs, turns } = watch();
      console.info(`      ${mode}: the event loop stood still for ${longestMs.toFixed(0)} ms at most`);
      assert.ok(turns > LOCKED_MS / 200, `the event loop turned ${turns} times only`);
      assert.deepEqual(await spendIn(ledger), { spent: 7, reserved: 5 });
      blocker.close();
      folder.remove();
    });
  }
});

describe("the ledger on a disk that fails", () => {
  it("(full) stops paid requests, keeps what is held, and goes on when there is room again", async () => {
    await onSmallDisk(async (disk) => {
      const folder = createStoreFolder("WAL", disk);
      const ledger = await folder.openLedger();
      const held = Array.from({ length: 20 }, () => reservation(toNanoUsd(100), { limits: [] }));
      for (const request of held) await ledger.reserve(request);
      const filler = join(disk, "filler");
      fill(filler);
      const refusals = await Promise.all(
        held.map(({ reservationId }) => failureOf(ledger.settle(reservationId, waybillOf(toNanoUsd(60))))),
      );
      const refused = refusals.filter((failure) => failure !== undefined);
      assert.ok(refused.length > 0);
      for (const { code } of refused) assert.equal(code, "ledger-unusable");
      const failure = await failureOf(ledger.reserve(reservation(toNanoUsd(1), { limits: [] })));
      assert.ok(failure !== undefined);
      assert.match(sentenceOf(failure), /cannot be written.*so paid requests are stopped\. Nothing was sent/);
      const { spent, reserved } = await spendIn(ledger);
      assert.equal(reserved / 100 + spent / 60, held.length, "nothing is lost on a full disk");
      rmSync(filler);
      for (const { reservationId } of held) await ledger.settle(reservationId, waybillOf(toNanoUsd(60)));
      assert.deepEqual(await spendIn(ledger), { spent: 60 * held.length, reserved: 0 });
      ledger.close();
      rmSync(folder.ledgerPath);
      const rebuilt = await folder.openLedger();
      assert.deepEqual(await spendIn(rebuilt), { spent: 60 * held.length, reserved: 0 });
      rebuilt.close();
      folder.remove();
    });
  });

  it("(read-only) stops paid requests and says why", async () => {
    await onSmallDisk(async (disk) => {
      const folder = createStoreFolder("WAL", disk);
      (await folder.openLedger()).close();
      execFileSync("mount", ["-o", "remount,ro", disk]);
      const failure = await failureOf(folder.openLedger());
      assert.equal(failure?.code, "ledger-unusable");
      assert.match(sentenceOf(failure), /so paid requests are stopped\. Nothing was sent/);
      execFileSync("mount", ["-o", "remount,rw", disk]);
      (await folder.openLedger()).close();
      folder.remove();
    });
  });
});

describe("an editor without SQLite", () => {
  it("is told of in a sentence, and nothing is taken for a first start", () => {
    const script = `
      import { registerHooks } from "node:module";
      registerHooks({ resolve: (name, context, next) => {
        if (name !== "node:sqlite") return next(name, context);
        throw Object.assign(new Error("No such built-in module: node:sqlite"), { code: "ERR_UNKNOWN_BUILTIN_MODULE" });
      } });
      const { openSqliteLedger } = await import("${import.meta.resolve("../../src/store/sqliteLedger.ts")}");
      const { openLedgerJournal } = await import("${import.meta.resolve("../../src/store/ledgerJournal.ts")}");
      const { describeError } = await import("${import.meta.resolve("../../src/core/problems/describeError.ts")}");
      const journal = openLedgerJournal("/nowhere/ledger.jsonl");
      await openSqliteLedger({ path: "/nowhere/ledger.sqlite", journal, owner: "o", nowMs: 0 }).catch((error) =>
        console.log(error.code, describeError(error, { gatewayHost: "g", wasSent: false, hasText: false }).sentence));`;
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
    assert.match(
      stdout,
      /^ledger-unusable The spending ledger cannot be written \(this editor has no SQLite\), so paid requests are stopped\. Nothing was sent/,
      stderr,
    );
  });
});

/** Answers, when it is called, for how long no timer could run at most, and how often one did. */
function watchEventLoop(): () => { readonly longestMs: number; readonly turns: number } {
  let [lastMs, longestMs, turns] = [performance.now(), 0, 0];
  const timer = setInterval(() => {
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - lastMs - TICK_MS);
    lastMs = nowMs;
    turns += 1;
  }, TICK_MS);
  return () => {
    clearInterval(timer);
    return { longestMs, turns };
  };
}

/** A disk of its own, where this machine lets the tests mount one. */
async function onSmallDisk(action: (disk: string) => Promise<void>): Promise<void> {
  const disk = mkdtempSync(join(tmpdir(), "waybill-disk-"));
  const { status, error, stderr } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${SMALL_DISK}`, "tmpfs", disk]);
  if (status !== 0) {
    console.info(`      Not tried here, since no disk can be mounted: ${error?.message ?? stderr.toString().trim()}`);
    rmSync(disk, { recursive: true });
    return;
  }
  try {
    await action(disk);
  } finally {
    execFileSync("umount", ["-l", disk]);
    rmSync(disk, { recursive: true, force: true });
  }
}

/** To the last byte. */
function fill(path: string): void {
  for (let bytes = 64 * 1024; bytes >= 1;) {
    try {
      appendFileSync(path, Buffer.alloc(bytes));
    } catch {
      bytes = Math.floor(bytes / 2);
    }
  }
}

async function failureOf(action: Promise<unknown>): Promise<WaybillError | undefined> {
  try {
    await action;
    return undefined;
  } catch (error) {
    assert.ok(error instanceof WaybillError, String(error));
    return error;
  }
}

function sentenceOf(error: WaybillError): string {
  return describeError(error, { gatewayHost: "g", modelName: undefined, wasSent: false, hasText: false }).sentence;
}

async function spendIn(ledger: Ledger): Promise<{ spent: number; reserved: number }> {
  const [standing] = await ledger.standings(PLACE, [dailyLimit("user", toNanoUsd(1e12))], NOON_MS);
  return { spent: standing?.spent ?? -1, reserved: standing?.reserved ?? -1 };
}

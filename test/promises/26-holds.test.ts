import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import type { Ledger } from "../../src/store/ledger.ts";
import { settleUncertain } from "../../src/turn/settleUncertain.ts";
import { openTurnBench } from "../turn/turnBench.ts";
import { NOON_MS, PLACE, type StoreFolder, createStoreFolder } from "../store/storeFolder.ts";

const MINUTE_MS = 60_000;
const [EACH, HELD, COST] = [3, 100, 40];
const ORIGIN = "https://openrouter.ai";
const WORKER = fileURLToPath(new URL("holdWorker.ts", import.meta.url));

describe("promise 26: a hold cannot leak", function () {
  this.timeout(30_000);
  let folder: StoreFolder;
  let ledger: Ledger;
  const windows: ChildProcess[] = [];
  beforeEach(async () => {
    folder = createStoreFolder();
    ledger = await folder.openLedger();
  });
  afterEach(() => {
    for (const child of windows.splice(0)) child.kill("SIGKILL");
    folder.remove();
  });

  async function openWindow(): Promise<ChildProcess> {
    const values = [EACH, HELD, COST].map(String);
    const child = spawn(process.execPath, [WORKER, folder.ledgerPath, folder.journalPath, ...values], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    windows.push(child);
    await once(child.stdout, "data");
    return child;
  }

  async function counted(): Promise<{ readonly spent: number; readonly reserved: number }> {
    const [standing] = await ledger.standings(PLACE, [dailyLimit("user", toNanoUsd(1e6))], NOON_MS);
    return { spent: standing?.spent ?? 0, reserved: standing?.reserved ?? 0 };
  }

  it("of a window that was killed, nor of one that slept longer than its lease and wakes up", async () => {
    const [killed, asleep] = [await openWindow(), await openWindow()];
    killed.kill("SIGKILL");
    await once(killed, "close");
    asleep.kill("SIGSTOP");
    assert.equal(await ledger.recoverOrphans(NOON_MS + MINUTE_MS), 0, "a lease that runs is not ended");
    assert.deepEqual(await counted(), { spent: 0, reserved: 2 * EACH * HELD });
    assert.equal(await ledger.recoverOrphans(NOON_MS + 11 * MINUTE_MS), 2 * EACH);
    assert.deepEqual(await counted(), { spent: 2 * EACH * HELD, reserved: 0 });

    const uncertain = await ledger.uncertainRows("2000-01-01", ORIGIN);
    assert.equal(uncertain.length, 2 * EACH);
    for (const { costSource, cost } of uncertain) assert.deepEqual([costSource, cost], ["unknown", HELD]);
    const bench = await openTurnBench();
    const services = { gateway: bench.services.gateway, ledger, gatewayWithKey: () => bench.services.gateway };
    const { left } = await settleUncertain(services, uncertain, new AbortController().signal);
    await bench.close();
    assert.deepEqual(new Set(left.map(({ why }) => why)), new Set(["no-id"]), "each has a reason that is shown");

    asleep.kill("SIGCONT");
    asleep.stdin?.write("go\n");
    await once(asleep, "close");
    assert.deepEqual(await counted(), { spent: EACH * HELD + EACH * COST, reserved: 0 });
    assert.equal(await ledger.recoverOrphans(NOON_MS + 99 * MINUTE_MS), 0);
  });
});

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { ONE_CENT, createStoreFolder, reservation } from "../store/storeFolder.ts";

const TICK_MS = 10;
/** The waiting blocks for 20 ms at a time at most, and gives up after 5 s: far more turns than one wait that blocks would leave. */
const TURNS_AT_LEAST = 30;

/** Takes the lock and stops, as a window does whose machine goes to sleep in the middle of a transaction. */
const HOLDER = `
  const { DatabaseSync } = require("node:sqlite");
  const database = new DatabaseSync(process.argv[1]);
  database.exec("BEGIN IMMEDIATE");
  require("node:fs").writeSync(1, "locked");
  process.kill(process.pid, "SIGSTOP");`;

describe("promise 32: the ledger never freezes the editor", function () {
  this.timeout(30_000);
  it("while a stopped process has its lock: the rest goes on, the request is refused, and later ones pass", async () => {
    const folder = createStoreFolder();
    const ledger = await folder.openLedger();
    const holder = spawn(process.execPath, ["-e", HOLDER, folder.ledgerPath], { stdio: ["ignore", "pipe", "inherit"] });
    await once(holder.stdout, "data");
    let turns = 0;
    const timer = setInterval(() => (turns += 1), TICK_MS);
    await assert.rejects(ledger.reserve(reservation(ONE_CENT)), { code: "ledger-busy", isUncharged: true });
    clearInterval(timer);
    assert.ok(turns > TURNS_AT_LEAST, `timers ran ${turns} times`);
    holder.kill("SIGKILL");
    await once(holder, "close");
    assert.equal((await ledger.reserve(reservation(ONE_CENT))).kind, "reserved");
    folder.remove();
  });
});

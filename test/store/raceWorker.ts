// One window of the race: opens the ledger once and tries its reservations against the limit. Prints how many were admitted.
import { randomUUID } from "node:crypto";
import { openLedgerJournal } from "../../src/store/ledgerJournal.ts";
import { openSqliteLedger } from "../../src/store/sqliteLedger.ts";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { NOON_MS, reservation, sqliteVersionFor } from "./storeFolder.ts";

const [path = "", journalPath = "", attempts = "0", limit = "0", mode = "WAL"] = process.argv.slice(2);
const ledger = await openSqliteLedger({
  path,
  journal: openLedgerJournal(journalPath),
  owner: randomUUID(),
  nowMs: NOON_MS,
  sqliteVersion: sqliteVersionFor(mode === "DELETE" ? "DELETE" : "WAL"),
});
process.stdout.write("ready\n");
let [admitted, refused] = [0, 0];
for (let attempt = 0; attempt < Number(attempts); attempt += 1) {
  try {
    const limits = [dailyLimit("user", toNanoUsd(Number(limit)))];
    const { kind } = await ledger.reserve(reservation(toNanoUsd(1), { limits }));
    if (kind === "reserved") admitted += 1;
    else refused += 1;
  } catch (error) {
    // Too long a wait for the lock is an honest refusal, never an admission.
    if (!(error instanceof WaybillError) || error.code !== "ledger-busy") throw error;
    refused += 1;
  }
}
ledger.close();
process.stdout.write(`${JSON.stringify({ admitted, refused })}\n`);

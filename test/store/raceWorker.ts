// One window of the race: opens the ledger once, waits for the start, and tries its reservations against the limit. Some of
// those that are admitted are settled at once. Prints how many were admitted.
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { openLedgerJournal } from "../../src/store/ledgerJournal.ts";
import { openSqliteLedger } from "../../src/store/sqliteLedger.ts";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { NOON_MS, reservation, sqliteVersionFor, waybillOf } from "./storeFolder.ts";

const [path = "", journalPath = "", attempts = "0", limit = "0", mode = "WAL"] = process.argv.slice(2);
const ledger = await openSqliteLedger({
  path,
  journal: openLedgerJournal(journalPath),
  owner: randomUUID(),
  nowMs: NOON_MS,
  sqliteVersion: sqliteVersionFor(mode === "DELETE" ? "DELETE" : "WAL"),
});
process.stdout.write("ready\n");
await once(process.stdin, "data");
process.stdin.destroy();
/** Every so many admitted ones are settled, at all that was held. */
const SETTLED_EACH = 5;
const UNDER_WAY = 20;
let [admitted, refused, settled] = [0, 0, 0];
for (let attempt = 0; attempt < Number(attempts); attempt += 1) {
  const wish = reservation(toNanoUsd(1), { limits: [dailyLimit("user", toNanoUsd(Number(limit)))] });
  // Too long a wait for the lock is an honest refusal, never an admission.
  if ((await unlessBusy(ledger.reserve(wish)))?.kind === "reserved") admitted += 1;
  else refused += 1;
  if (admitted > settled * SETTLED_EACH) {
    settled += 1;
    await unlessBusy(ledger.settle(wish.reservationId, waybillOf(wish.amount)));
  }
  if (attempt === UNDER_WAY) process.stdout.write("under way\n");
}
ledger.close();
process.stdout.write(`${JSON.stringify({ admitted, refused })}\n`);

async function unlessBusy<T>(action: Promise<T>): Promise<T | undefined> {
  try {
    return await action;
  } catch (error) {
    if (!(error instanceof WaybillError) || error.code !== "ledger-busy") throw error;
    return undefined;
  }
}

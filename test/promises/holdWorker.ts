// A window with requests under way: holds, says so, and settles them at what they cost when it is told to.
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { openLedgerJournal } from "../../src/store/ledgerJournal.ts";
import { openSqliteLedger } from "../../src/store/sqliteLedger.ts";
import { NOON_MS, reservation, waybillOf } from "../store/storeFolder.ts";

const [path = "", journalPath = "", count = "0", amount = "0", cost = "0"] = process.argv.slice(2);
const journal = openLedgerJournal(journalPath);
const ledger = await openSqliteLedger({ path, journal, owner: randomUUID(), nowMs: NOON_MS });
const held = Array.from({ length: Number(count) }, () => reservation(toNanoUsd(Number(amount)), { limits: [] }));
for (const wish of held) await ledger.reserve(wish);
process.stdout.write("held\n");
await once(process.stdin, "data");
process.stdin.destroy();
for (const { reservationId } of held) await ledger.settle(reservationId, waybillOf(toNanoUsd(Number(cost))));
ledger.close();

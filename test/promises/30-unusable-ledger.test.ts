import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import type { ProblemActionId } from "../../src/core/problems/problem.ts";
import type { Ledger } from "../../src/store/ledger.ts";
import { type LedgerJournal, openLedgerJournal } from "../../src/store/ledgerJournal.ts";
import { openSqliteLedger } from "../../src/store/sqliteLedger.ts";
import { runTurn } from "../../src/turn/runTurn.ts";
import { type TurnBench, type TurnWish, collect, eventOf, openTurnBench, turnRequest } from "../turn/turnBench.ts";

const sqlite = (errcode: number) => Object.assign(new Error("SQLite"), { code: "ERR_SQLITE_ERROR", errcode });
const system = (code: string) => Object.assign(new Error("System"), { code });

const NEVER = new AbortController().signal;
const LOCKED = /Another window kept the spending ledger locked/;
const DAMAGED = /ledger on this machine is damaged/;
const because = (reason: string) => new RegExp(`cannot be written \\(${reason}\\), so paid requests are stopped`);

const FAILURES: readonly (readonly [string, Error, RegExp])[] = [
  ["5 (busy)", sqlite(5), LOCKED],
  ["8 (read-only)", sqlite(8), because("its file is read-only")],
  ["1032 (moved or deleted)", sqlite(1032), because("its file was moved or deleted")],
  ["10 (input and output)", sqlite(10), because("the disk reported an error")],
  ["11 (corrupt)", sqlite(11), DAMAGED],
  ["13 (full)", sqlite(13), because("the disk is full")],
  ["14 (cannot open)", sqlite(14), because("its file cannot be opened")],
  ["26 (no database)", sqlite(26), DAMAGED],
  ["ENOSPC", system("ENOSPC"), because("the disk is full")],
  ["EROFS", system("EROFS"), because("its file is read-only")],
  ["EACCES", system("EACCES"), because("its file cannot be opened")],
  ["no SQLite", system("ERR_UNKNOWN_BUILTIN_MODULE"), because("this editor has no SQLite")],
];

/** What a person can be offered; none of them lets a paid request pass. */
const OFFERED: readonly ProblemActionId[] = ["try-again", "start-new-ledger"];

/** Everything by which a person can let a request pass a limit. */
const INSISTENT: TurnWish = {
  onExceed: "ask",
  allowance: { id: randomUUID(), amount: toNanoUsd(1e12) },
  limits: [dailyLimit("user", toNanoUsd(1e12))],
};

describe("promise 30: if the ledger cannot be used, paid requests stop and say why", function () {
  this.timeout(30_000);
  let bench: TurnBench;
  let folder: string;
  before(async () => {
    bench = await openTurnBench();
    folder = mkdtempSync(join(tmpdir(), "waybill-unusable-"));
  });
  after(async () => {
    await bench.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (ledger: () => Promise<Ledger>, wish: TurnWish) =>
    collect(runTurn({ ...bench.services, ledger }, turnRequest(wish), NEVER));

  /** A real ledger whose journal, in the middle of its transaction, meets this. */
  function openFailing(error: Error): Promise<Ledger> {
    const path = join(folder, `${randomUUID()}.sqlite`);
    const fail = () => {
      throw error;
    };
    const journal: LedgerJournal = { ...openLedgerJournal(`${path}.jsonl`), files: fail };
    return openSqliteLedger({ path, journal, owner: randomUUID(), nowMs: Date.now() });
  }

  for (const [name, error, says] of FAILURES) {
    it(`(${name}) nothing that has a price is sent, and what has none goes on`, async () => {
      const opened = openFailing(error);
      const ledger = () => opened;
      const { problem } = eventOf(await run(ledger, INSISTENT), "turn-failed");
      assert.match(problem.sentence, says);
      assert.match(problem.sentence, /Nothing was sent, and your text is kept/);
      assert.ok(OFFERED.includes(problem.action.id), problem.action.id);
      assert.equal(bench.simulator.books().filter(({ costNanoUsd }) => costNanoUsd > 0).length, 0);
      const { base } = turnRequest().policies;
      const free = eventOf(await run(ledger, { policy: { ...base, profile: "free" } }), "turn-end");
      assert.equal(free.waybill.cost, 0);
      assert.match(free.problem?.sentence ?? "", says);
    });
  }
});

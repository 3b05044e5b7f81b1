import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { NOON_MS, PLACE, type StoreFolder, createStoreFolder, reservation } from "./storeFolder.ts";

const WINDOWS = 8;
const ATTEMPTS = 1_000;
/** Less than all windows want, and no multiple of their number. */
const LIMIT = 1_501;

interface Racer {
  readonly child: ChildProcess;
  /** It has opened the ledger and waits. */
  readonly isReady: Promise<void>;
  readonly isUnderWay: Promise<void>;
  /** `undefined` when it was killed. */
  readonly result: Promise<{ readonly admitted: number; readonly refused: number } | undefined>;
}

function startRacer({ ledgerPath, journalPath, mode }: StoreFolder, attempts: number): Racer {
  const worker = fileURLToPath(new URL("raceWorker.ts", import.meta.url));
  const child = spawn(process.execPath, [worker, ledgerPath, journalPath, String(attempts), String(LIMIT), mode], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  let output = "";
  const [ready, underWay] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    if (output.includes("ready")) ready.resolve();
    if (output.includes("under way")) underWay.resolve();
  });
  const result = once(child, "close").then(() => {
    ready.resolve();
    underWay.resolve();
    const line = output.split("\n").find((text) => text.startsWith("{"));
    return line === undefined ? undefined : readResult(JSON.parse(line));
  });
  return { child, isReady: ready.promise, isUnderWay: underWay.promise, result };
}

/** All begin at the same moment. */
async function startRace(folder: StoreFolder, attempts: readonly number[]): Promise<readonly Racer[]> {
  (await folder.openLedger()).close();
  assertMode(folder);
  const racers = attempts.map((each) => startRacer(folder, each));
  await Promise.all(racers.map(({ isReady }) => isReady));
  for (const { child } of racers) child.stdin?.write("go\n");
  return racers;
}

/** The file says which of the two it is in (sqlite.org/fileformat2.html, offset 18). */
function assertMode({ ledgerPath, mode }: StoreFolder): void {
  assert.equal(readFileSync(ledgerPath).readUInt8(18), mode === "WAL" ? 2 : 1);
}

function readResult(value: unknown): { readonly admitted: number; readonly refused: number } {
  assert.ok(typeof value === "object" && value !== null && "admitted" in value && "refused" in value);
  return { admitted: Number(value.admitted), refused: Number(value.refused) };
}

/** The mode is kept in the file only for WAL, and set by each window for itself otherwise. */
const MODES = ["WAL", "DELETE"] as const;

describe("eight windows that race for one limit", function () {
  this.timeout(110_000);
  for (const mode of MODES) {
    it(`together admit exactly the limit, with the journal mode ${mode}`, async () => {
      const folder = createStoreFolder(mode);
      const racers = await startRace(folder, Array<number>(WINDOWS).fill(ATTEMPTS));
      const results = await Promise.all(racers.map(({ result }) => result));
      assert.deepEqual(
        results.map((result) => (result?.admitted ?? 0) + (result?.refused ?? 0)),
        results.map(() => ATTEMPTS),
      );
      assert.equal(
        results.reduce((sum, result) => sum + (result?.admitted ?? 0), 0),
        LIMIT,
      );
      assert.equal(await heldIn(folder), LIMIT);
      folder.remove();
    });
  }

  for (const mode of MODES) {
    it(`admit exactly the limit although one of them was stopped and one was killed, with the journal mode ${mode}`, async () => {
      const folder = createStoreFolder(mode);
      // The one to be killed has so much to do that it is never done before.
      const racers = await startRace(
        folder,
        Array<number>(WINDOWS)
          .fill(ATTEMPTS / 2)
          .with(1, ATTEMPTS * 1_000),
      );
      const [stopped, killed, ...others] = racers;
      assert.ok(stopped !== undefined && killed !== undefined);
      await Promise.all([stopped.isUnderWay, killed.isUnderWay]);
      stopped.child.kill("SIGSTOP");
      killed.child.kill("SIGKILL");
      // A stopped window may hold the lock: the others wait for it, and it goes on before they give up.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      stopped.child.kill("SIGCONT");
      await Promise.all([stopped, ...others].map(({ result }) => result));
      assert.equal(await killed.result, undefined);
      assert.equal(await heldIn(folder), LIMIT);
      const ledger = await folder.openLedger();
      const limits = [dailyLimit("user", toNanoUsd(LIMIT))];
      assert.equal((await ledger.reserve(reservation(toNanoUsd(1), { limits }))).kind, "over-limit");
      await ledger.recoverOrphans(NOON_MS + 1e9);
      ledger.close();
      assert.equal(await heldIn(folder), LIMIT, "nothing leaks and nothing counts twice");
      folder.remove();
    });
  }
});

/** What is spent and held, which is as many rows and reservations: each is of 1. */
async function heldIn(folder: StoreFolder): Promise<number> {
  const ledger = await folder.openLedger();
  const [standing] = await ledger.standings(PLACE, [dailyLimit("user", toNanoUsd(LIMIT))], NOON_MS);
  ledger.close();
  const database = new DatabaseSync(folder.ledgerPath, { readOnly: true });
  const count = (table: string) => Number(database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.["count"]);
  const [open, settled] = [count("reservation"), count("waybill")];
  database.close();
  assert.ok(standing !== undefined);
  assert.deepEqual([standing.reserved, standing.spent], [open, settled]);
  return open + settled;
}

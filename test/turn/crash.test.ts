import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { serialize } from "node:v8";
import { build } from "esbuild";
import fc from "fast-check";
import { readJournalTotals } from "../../src/store/journalTotals.ts";
import { openLedgerJournal } from "../../src/store/ledgerJournal.ts";
import { openSqliteLedger } from "../../src/store/sqliteLedger.ts";
import type { Fault } from "../simulator/startSimulator.ts";
import { type TurnBench, openTurnBench } from "./turnBench.ts";

const KILLS = 500;
/** Each has a folder and a key of its own, and one window after the other in it. */
const LANES = 6;
const LEASE_MS = 11 * 60 * 1000;

/** Moments of a turn at which a window dies; at the others it is killed at any time. */
const MOMENTS = [
  "opening",
  "opened",
  "before reserve",
  "after reserve",
  "before the request",
  "in the request",
  "head of the request",
  "text-delta",
  "before renew",
  "after renew",
  "before settle",
  "before the journal",
  "after the journal",
  "after settle",
  "before release",
  "after release",
  "retry-wait",
  "fallback",
  "climb",
  "before the lookup",
  "head of the lookup",
  "turn-end",
  "between turns",
] as const;

interface Plan {
  readonly moment: (typeof MOMENTS)[number];
  readonly occurrence: number;
  /** Killed so long after it was heard that the moment came. `undefined`: in that very moment. */
  readonly killAfterMs: number | undefined;
  readonly faults: readonly Fault[];
}

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc
    .constantFrom("provider-error", "overloaded", "upstream-rate-limit")
    .map((error): Fault => ({ kind: "error", error })),
  fc.nat(20).map((afterChunks): Fault => ({ kind: "cut", afterChunks })),
  fc.nat(20).map((afterChunks): Fault => ({ kind: "end-early", afterChunks })),
  fc.constant<Fault>({ kind: "usage-missing" }),
);

const plan: fc.Arbitrary<Plan> = fc.record({
  moment: fc.constantFrom(...MOMENTS),
  occurrence: fc.integer({ min: 1, max: 2 }),
  killAfterMs: fc.option(fc.nat(20), { nil: undefined }),
  faults: fc.array(fault, { maxLength: 1 }),
});

/** One folder, as windows that die one after the other leave it. */
interface Lane {
  readonly folder: string;
  readonly key: string;
}

describe(`windows killed at ${KILLS} moments of a turn`, function () {
  this.timeout(600_000);
  let root: string;
  let bench: TurnBench;
  let lanes: readonly Lane[];
  let worker: string;
  let catalogPath: string;

  before(async () => {
    root = mkdtempSync(join(tmpdir(), "waybill-crash-"));
    lanes = Array.from({ length: LANES }, (_, index) => {
      const folder = join(root, String(index));
      mkdirSync(folder);
      return { folder, key: `sk-or-v1-crash-${index}` };
    });
    bench = await openTurnBench({
      simulator: {
        keys: lanes.map(({ key }) => ({ key })),
        pace: { firstTokenMs: 4, tokensPerSecond: 4_000 },
        generationLagMs: 5,
      },
    });
    catalogPath = join(root, "catalog");
    writeFileSync(catalogPath, serialize(await bench.services.catalog(new AbortController().signal)));
    worker = join(root, "worker.mjs");
    await build({
      entryPoints: [fileURLToPath(new URL("crashWorker.ts", import.meta.url))],
      bundle: true,
      platform: "node",
      format: "esm",
      outfile: worker,
      logLevel: "error",
    });
  });
  after(async () => {
    await bench.close();
    rmSync(root, { recursive: true, force: true });
  });

  it("leave a row or a hold for every request, no less than the bill, and a ledger that opens", async () => {
    const seed = Math.trunc(Math.random() * 2 ** 31);
    const plans = fc.sample(plan, { seed, numRuns: KILLS }).values();
    const deaths: string[] = [];
    try {
      await Promise.all(
        lanes.map(async (lane) => {
          for (const next of plans) {
            deaths.push(await killOne(lane, next));
            await bench.simulator.settled();
            assertNothingIsMissing(bench, lane);
            await recover(lane);
            assertAllIsBooked(bench, lane);
          }
        }),
      );
    } catch (error) {
      throw new Error(`With seed ${seed}: ${String(error)}`, { cause: error });
    }
    const counts = countBy(deaths);
    console.info(`      ${deaths.length} died: ${JSON.stringify(counts)}`);
    const turns = lanes.reduce((sum, { key }) => sum + bench.simulator.books(key).length, 0);
    console.info(`      ${turns} requests in the books`);
    assert.equal(deaths.length, KILLS);
    for (const moment of ["before reserve", "in the request", "text-delta", "before the journal"]) {
      assert.ok((counts[moment] ?? 0) > 0, `nothing died at "${moment}"`);
    }
  });

  /** Answers the last moment that the window came to. */
  async function killOne({ folder, key }: Lane, { moment, occurrence, killAfterMs, faults }: Plan): Promise<string> {
    const child = spawn(process.execPath, [worker], {
      stdio: ["pipe", "pipe", "inherit"],
      // Half of what 500 starts take is compiling the same code.
      env: { ...process.env, NODE_COMPILE_CACHE: join(root, "compiled") },
    });
    const closed = once(child, "close");
    const isOwnDoing = killAfterMs === undefined;
    const { baseUrl } = bench.simulator;
    const order = { folder, key, baseUrl, catalogPath, moment: isOwnDoing ? moment : "", occurrence };
    bench.simulator.faultNext(faults);
    child.stdin.end(`${JSON.stringify(order)}\n`);
    let told = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      told += text;
      if (!isOwnDoing && told.includes(moment)) setTimeout(() => child.kill("SIGKILL"), killAfterMs);
    });
    const [, signal] = await closed;
    assert.equal(signal, "SIGKILL", `a window ended by itself after: ${told.slice(-200)}`);
    return told.trim().split("\n").at(-1) ?? "";
  }
});

/** What the ledger counts for a turn, and what the gateway charged for it. */
interface TurnSums {
  readonly entries: number;
  readonly cost: number;
}

/** Every request that was answered has a row or an open reservation of its turn, and no turn counts less than it cost. */
function assertNothingIsMissing(bench: TurnBench, lane: Lane): void {
  assertCounted(bench, lane, readBooks(lane.folder));
}

function assertCounted(bench: TurnBench, { key }: Lane, books: Books): void {
  const counted = sumByTurn(books.counted);
  const charged = sumByTurn(
    bench.simulator
      .books(key)
      .filter(({ costNanoUsd, finishReason }) => costNanoUsd > 0 || finishReason === "stop")
      .map(({ sessionId, costNanoUsd }) => ({ turn: sessionId, cost: costNanoUsd })),
  );
  for (const [turn, { entries, cost }] of charged) {
    const known = counted.get(turn) ?? { entries: 0, cost: 0 };
    assert.ok(known.entries >= entries, `${entries} answers of a turn have ${known.entries} rows and reservations`);
    assert.ok(known.cost >= cost, `a turn that cost ${cost} counts as ${known.cost}`);
  }
}

/** Another window opens the ledger when the leases have run out. */
async function recover({ folder }: Lane): Promise<void> {
  const journal = openLedgerJournal(join(folder, "ledger.jsonl"));
  const path = join(folder, "ledger.sqlite");
  const ledger = await openSqliteLedger({ path, journal, owner: randomUUID(), nowMs: Date.now() });
  assert.equal(ledger.repair, undefined, "a window that died is no older copy");
  await ledger.recoverOrphans(Date.now() + LEASE_MS);
  ledger.close();
}

/** Rows, sums and journal are one, and nothing is held. */
function assertAllIsBooked(bench: TurnBench, lane: Lane): void {
  const { folder, key } = lane;
  const books = readBooks(folder);
  assertCounted(bench, lane, books);
  assert.equal(books.holds, 0, "a hold leaks");
  for (const { scope, sum } of books.sums) assert.equal(sum, books.rows, `the sum of ${String(scope)}`);
  const journal = openLedgerJournal(join(folder, "ledger.jsonl"));
  const { totals } = readJournalTotals(journal.files().map(({ file }) => readFileSync(join(folder, file), "utf8")));
  const written = totals.filter(({ scope }) => scope === "user").reduce((sum, { spent }) => sum + spent, 0);
  assert.equal(written, books.rows, "the journal");
  assert.ok(books.rows >= bench.simulator.billNanoUsd(key), "less than the bill");
}

type Row = Readonly<Record<string, unknown>>;

/** What a ledger says, read in one go. */
interface Books {
  /** Rows and reservations, each with its turn and what it counts. */
  readonly counted: readonly Row[];
  readonly holds: number;
  /** Sum of the rows. */
  readonly rows: number;
  readonly sums: readonly Row[];
}

/** Empty where the window died before there was a ledger. */
function readBooks(folder: string): Books {
  const path = join(folder, "ledger.sqlite");
  if (!existsSync(path)) return EMPTY_BOOKS;
  const database = new DatabaseSync(path, { readOnly: true });
  const all = (sql: string): readonly Row[] => database.prepare(sql).all();
  try {
    if (all("SELECT 1 FROM sqlite_master WHERE name = 'waybill'").length === 0) return EMPTY_BOOKS;
    return {
      counted: all(
        `SELECT turn_id AS turn, cost_nano AS cost FROM waybill UNION ALL SELECT turn_id, amount_nano FROM reservation`,
      ),
      holds: all("SELECT id FROM reservation").length,
      rows: Number(all("SELECT coalesce(sum(cost_nano), 0) AS sum FROM waybill")[0]?.["sum"]),
      sums: all("SELECT scope, sum(spent_nano) AS sum FROM spend_total GROUP BY scope"),
    };
  } finally {
    database.close();
  }
}

const EMPTY_BOOKS: Books = { counted: [], holds: 0, rows: 0, sums: [] };

function sumByTurn(rows: readonly Record<string, unknown>[]): ReadonlyMap<unknown, TurnSums> {
  const sums = new Map<unknown, TurnSums>();
  for (const { turn, cost } of rows) {
    const known = sums.get(turn) ?? { entries: 0, cost: 0 };
    sums.set(turn, { entries: known.entries + 1, cost: known.cost + Number(cost) });
  }
  return sums;
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

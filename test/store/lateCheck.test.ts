import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { type MoneyLimit, dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { checkRest } from "../../src/store/lateCheck.ts";
import type { Ledger } from "../../src/store/ledger.ts";
import { openLedgerJournal } from "../../src/store/ledgerJournal.ts";
import { setLedgerAside } from "../../src/store/setLedgerAside.ts";
import { sealOf } from "../../src/store/spendTotals.ts";
import { openSqliteLedger } from "../../src/store/sqliteLedger.ts";
import {
  NOON_MS,
  PLACE,
  type StoreFolder,
  createStoreFolder,
  reservation,
  sqliteVersionFor,
  waybillOf,
} from "./storeFolder.ts";

const PAGE_BYTES = 4096;
const CHATS = 2_000;
/** Of the running month, before this one. */
const DAYS = 10;
const FLIPS = 20;
const NEVER_MS = 2 ** 30;
const DAY_MS = 24 * 60 * 60 * 1000;
/** On two shelves. */
const CHAT = "00000000-0000-4000-8000-000000000001";
const OTHER_CHAT = "ff000000-0000-4000-8000-000000000001";
const LIMIT = toNanoUsd(1e12);
const LIMITS: readonly MoneyLimit[] = [
  { ...dailyLimit("user", LIMIT), period: "month" },
  { ...dailyLimit("user", LIMIT), scope: "chat", period: "whole" },
];
const IS_DAMAGE = (error: unknown) => error instanceof WaybillError && error.code === "ledger-damaged";

async function spend(ledger: Ledger, chat: string | undefined, nowMs = NOON_MS): Promise<void> {
  const held = reservation(toNanoUsd(100), { limits: [], chat, nowMs });
  await ledger.reserve(held);
  await ledger.settle(held.reservationId, waybillOf(toNanoUsd(60)));
}

/** So large that its opening leaves out what is checked late. */
async function makeLarge(folder: StoreFolder): Promise<void> {
  const ledger = await folder.openLedger(NOON_MS - 60 * DAY_MS);
  await spend(ledger, undefined, NOON_MS - 60 * DAY_MS);
  for (let day = DAYS; day > 0; day -= 1) await spend(ledger, undefined, NOON_MS - day * DAY_MS);
  for (const chat of [CHAT, OTHER_CHAT, "a chat of no UUID"]) await spend(ledger, chat);
  ledger.close();
  change(
    folder,
    `WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < ${CHATS}),
       made AS MATERIALIZED (SELECT randomblob(16) AS name, n FROM counted)
     INSERT INTO spend_total SELECT 'chat', name, '2026-11-19', n, n, seal('chat', name, '2026-11-19', n, n) FROM made;
     INSERT INTO waybill_detail VALUES (${CHATS}, printf('%.*c', 4100000, 'x'), '[]')`,
  );
}

function change({ ledgerPath }: StoreFolder, statements: string): void {
  const database = new DatabaseSync(ledgerPath);
  database.function("seal", { varargs: true }, (...values) => sealOf(values));
  database.exec(statements);
  database.close();
}

function open(folder: StoreFolder, restAfterMs: number): Promise<Ledger> {
  const { ledgerPath: path, journalPath, mode } = folder;
  const journal = openLedgerJournal(journalPath);
  const sqliteVersion = sqliteVersionFor(mode);
  return openSqliteLedger({ path, journal, owner: "window", nowMs: NOON_MS, restAfterMs, sqliteVersion });
}

async function spentOf(ledger: Ledger, chat: string): Promise<readonly number[]> {
  const standings = await ledger.standings({ ...PLACE, chat }, LIMITS, NOON_MS);
  return standings.map(({ spent }) => spent);
}

/** Asks again and again until the fault is found. */
async function stops(ledger: Ledger): Promise<unknown> {
  for (;;) {
    const found = await ledger.reserve(reservation(toNanoUsd(1), { chat: OTHER_CHAT })).then(
      ({ kind }) => assert.equal(kind, "reserved"),
      (error: unknown) => error,
    );
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe("what a large ledger leaves for later", function () {
  this.timeout(120_000);
  let folder: StoreFolder;
  let sound: Buffer;
  let journal: ReadonlyMap<string, string>;
  before(async () => {
    folder = createStoreFolder("DELETE");
    await makeLarge(folder);
    sound = readFileSync(folder.ledgerPath);
    journal = journalOf(folder);
  });
  beforeEach(() => {
    writeFileSync(folder.ledgerPath, sound);
    for (const [path, text] of journal) writeFileSync(path, text);
  });
  after(() => folder.remove());

  async function restIsSound(): Promise<boolean> {
    const database = new DatabaseSync(folder.ledgerPath);
    try {
      await checkRest(database);
      return true;
    } catch (error) {
      assert.ok(IS_DAMAGE(error) || !(error instanceof assert.AssertionError), String(error));
      return false;
    } finally {
      database.close();
    }
  }

  for (const [what, damage] of [
    ["a chat's sum", `UPDATE spend_total SET spent_nano = 1 WHERE scope = 'chat' AND spent_nano = 700`],
    ["a sum of a month that is over", "UPDATE spend_total SET tokens = 0 WHERE scope = 'user' AND day < '2026-10'"],
  ] as const) {
    it(`${what} was changed: it opens, then stops, what is under way is booked, and the journal brings back what was spent`, async () => {
      change(folder, damage);
      const ledger = await open(folder, NEVER_MS);
      const before = await spentOf(ledger, CHAT);
      const held = reservation(toNanoUsd(100), { chat: CHAT, limits: LIMITS });
      assert.equal((await ledger.reserve(held)).kind, "reserved");
      const late = await open(folder, 0);
      assert.ok(IS_DAMAGE(await stops(late)));
      await assert.rejects(spentOf(late, CHAT), IS_DAMAGE);
      const free = await late.reserve(reservation(toNanoUsd(0), { chat: OTHER_CHAT }));
      assert.equal(free.kind, "reserved", "what costs nothing goes on");
      await late.settle(held.reservationId, waybillOf(toNanoUsd(40)));
      ledger.close();
      late.close();
      const aside = setLedgerAside(folder.ledgerPath, NOON_MS);
      const rebuilt = await open(folder, NEVER_MS);
      assert.equal(rebuilt.repair?.kind, "rebuilt");
      assert.deepEqual(
        await spentOf(rebuilt, CHAT),
        before.map((sum) => sum + 40),
      );
      rebuilt.close();
      rmSync(aside);
    });
  }

  it("a chat's sum is missing: nothing is reserved in that chat, and the rest finds it", async () => {
    change(folder, `DELETE FROM spend_total WHERE scope = 'chat' AND hex(name) LIKE '00%' AND spent_nano = 60`);
    const ledger = await open(folder, NEVER_MS);
    const inChat = (chat: string) => ledger.reserve(reservation(toNanoUsd(1), { chat, limits: [] }));
    await assert.rejects(inChat(CHAT), IS_DAMAGE);
    assert.equal((await inChat(OTHER_CHAT)).kind, "reserved");
    assert.equal((await inChat("of no UUID, too")).kind, "reserved");
    ledger.close();
    assert.equal(await restIsSound(), false);
  });

  it("does not wait for a sum that the running periods rest on, nor for one of theirs that is missing", async () => {
    for (const damage of [
      "UPDATE spend_total SET spent_nano = 1 WHERE scope = 'user' AND day = '2026-11-20'",
      "DELETE FROM spend_total WHERE scope = 'workspace' AND day < '2026-10'",
      "DELETE FROM spend_total WHERE scope = 'key'",
      "DELETE FROM total_shelf WHERE shelf = 'user 2026-11'",
    ]) {
      writeFileSync(folder.ledgerPath, sound);
      change(folder, damage);
      await assert.rejects(open(folder, NEVER_MS), IS_DAMAGE, damage);
    }
  });

  it("is found sound where it is, also while another window books", async () => {
    const ledger = await open(folder, NEVER_MS);
    const [isSound] = await Promise.all([restIsSound(), spend(ledger, CHAT), spend(ledger, randomUUID())]);
    assert.equal(isSound, true);
    ledger.close();
    assert.equal(await restIsSound(), true);
  });

  it("ends with the ledger", async () => {
    const database = new DatabaseSync(folder.ledgerPath);
    const checked = checkRest(database);
    database.close();
    await checked;
  });

  it("is told of when any bit of a chat's page flips, or no sum is another one", async () => {
    const written = allSums(folder);
    await afterFlips(pagesWith(sound, "chat", 10), async () => {
      if (await restIsSound()) assert.deepEqual(allSums(folder), written);
    });
  });

  it("is none of what the running periods rest on, whatever bit of their pages flips", async () => {
    const scopes = ["user", "workspace", "key"] as const;
    const limits = scopes.map((scope): MoneyLimit => ({ ...dailyLimit(scope, LIMIT), period: "month" }));
    const spent = async (ledger: Ledger) =>
      (await ledger.standings(PLACE, limits, NOON_MS)).map((standing) => standing.spent);
    await afterFlips(pagesWith(sound, "user", 1), async (ledger) => {
      assert.deepEqual(
        await spent(ledger),
        scopes.map(() => (DAYS + 3) * 60),
      );
    });
  });

  /** Flips bits, and looks at the ledgers that open all the same. */
  async function afterFlips(pages: readonly number[], look: (ledger: Ledger) => Promise<void>): Promise<void> {
    const place = fc.tuple(fc.constantFrom(...pages), fc.nat({ max: PAGE_BYTES * 8 - 1 }));
    await fc.assert(
      fc.asyncProperty(place, async ([page, bit]) => {
        const bytes = Buffer.from(sound);
        bytes.writeUInt8(bytes.readUInt8(page + (bit >> 3)) ^ (1 << (bit & 7)), page + (bit >> 3));
        writeFileSync(folder.ledgerPath, bytes);
        const ledger = await open(folder, NEVER_MS).catch((error: unknown) => {
          assert.ok(error instanceof WaybillError, String(error));
        });
        await (ledger === undefined ? undefined : look(ledger).finally(() => ledger.close()));
      }),
      { numRuns: FLIPS },
    );
  }
});

function journalOf({ journalPath }: StoreFolder): ReadonlyMap<string, string> {
  const parent = dirname(journalPath);
  const names = readdirSync(parent).filter((name) => name.endsWith(".jsonl"));
  return new Map(names.map((name) => [join(parent, name), readFileSync(join(parent, name), "utf8")]));
}

function allSums({ ledgerPath }: StoreFolder): readonly unknown[] {
  const database = new DatabaseSync(ledgerPath, { readOnly: true });
  const rows = database.prepare("SELECT * FROM spend_total").all();
  database.close();
  return rows;
}

/** Where the pages begin that have a word again and again: sums, or their shelves. */
function pagesWith(bytes: Buffer, word: string, atLeast: number): readonly number[] {
  const starts = Array.from({ length: bytes.length / PAGE_BYTES }, (_, index) => index * PAGE_BYTES);
  const found = starts.filter(
    (start) =>
      bytes
        .subarray(start, start + PAGE_BYTES)
        .toString("latin1")
        .split(word).length > 5,
  );
  assert.ok(found.length >= atLeast, String(found.length));
  return found;
}

import assert from "node:assert/strict";
import { appendFileSync, copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { type SpendLimit, dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { setLedgerAside } from "../../src/store/setLedgerAside.ts";
import {
  NOON_MS,
  PLACE,
  type StoreFolder,
  createStoreFolder,
  reservation,
  settleCutShort,
  waybillOf,
} from "./storeFolder.ts";

const PAGE_BYTES = 4096;
const LARGE = toNanoUsd(1e12);
const LIMITS: readonly SpendLimit[] = [
  dailyLimit("user", LARGE),
  dailyLimit("workspace", LARGE),
  dailyLimit("key", LARGE),
  { measure: "tokens", scope: "user", period: "day", limit: 1e12 },
];
const FLIPS = 150;
/** Kinds of b-tree pages, by their first byte (sqlite.org/fileformat2.html). */
const INDEX_LEAF = 0x0a;
const TABLE_LEAF = 0x0d;
/** What limits are read from. */
const PAGES = [
  { what: "the sums", kind: INDEX_LEAF, words: ["workspace", "user", "2026-11-20"] },
  { what: "the names", kind: TABLE_LEAF, words: ["file:///one", "default", "a/b"] },
  { what: "the index of the names", kind: INDEX_LEAF, words: ["file:///one", "default", "a/b"] },
];

interface Spent {
  readonly sums: readonly number[];
  /** The person was told: of damage, or of what was mended. */
  readonly isTold: boolean;
}

/** What a window finds: it opens the ledger, and starts a new one from the journal where it is told that it is damaged. */
async function open(folder: StoreFolder): Promise<Spent> {
  try {
    return await readSpent(folder, false);
  } catch (error) {
    assert.ok(error instanceof WaybillError && error.code.startsWith("ledger-"), String(error));
    setLedgerAside(folder.ledgerPath, NOON_MS);
    return readSpent(folder, true);
  }
}

async function readSpent(folder: StoreFolder, isTold: boolean): Promise<Spent> {
  const ledger = await folder.openLedger();
  try {
    const standings = await ledger.standings(PLACE, LIMITS, NOON_MS);
    return { sums: standings.map(({ spent }) => spent), isTold: isTold || ledger.repair !== undefined };
  } finally {
    ledger.close();
  }
}

async function spend(folder: StoreFolder, turns: number): Promise<void> {
  const ledger = await folder.openLedger();
  for (let turn = 0; turn < turns; turn += 1) {
    const held = reservation(toNanoUsd(100), { limits: [] });
    await ledger.reserve(held);
    await ledger.settle(held.reservationId, waybillOf(toNanoUsd(60 + turn)));
  }
  ledger.close();
}

function withFlipped(sound: Buffer, bits: readonly number[]): Buffer {
  const bytes = Buffer.from(sound);
  for (const bit of bits) bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return bytes;
}

function assertToldOrSame(after: Spent, before: Spent): void {
  assert.ok(isNoLess(after, before), `${after.sums.join(" ")} after ${before.sums.join(" ")}`);
  if (!after.isTold) assert.deepEqual(after.sums, before.sums);
}

function isNoLess(after: Spent, before: Spent): boolean {
  return before.sums.every((sum, index) => (after.sums[index] ?? 0) >= sum);
}

describe("what was spent never shrinks", function () {
  this.timeout(60_000);
  let folder: StoreFolder;
  let before: Spent;
  let sound: Buffer;
  beforeEach(async () => {
    folder = createStoreFolder("DELETE");
    await spend(folder, 12);
    before = await open(folder);
    sound = readFileSync(folder.ledgerPath);
  });
  afterEach(() => folder.remove());

  it("when the file is cut at any page or in the middle of one", async () => {
    for (let bytes = 0; bytes < sound.length; bytes += PAGE_BYTES / 2) {
      writeFileSync(folder.ledgerPath, sound.subarray(0, bytes));
      const after = await open(folder);
      assertToldOrSame(after, before);
      if (bytes % PAGE_BYTES === 0) assert.ok(after.isTold, `cut to ${bytes} bytes`);
    }
  });

  it("when any bits flip, and no sum changes without a word", async () => {
    const places = fc.array(fc.nat({ max: sound.length * 8 - 1 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(places, async (bits) => {
        writeFileSync(folder.ledgerPath, withFlipped(sound, bits));
        assertToldOrSame(await open(folder), before);
      }),
      { numRuns: FLIPS },
    );
  });

  for (const { what, kind, words } of PAGES) {
    it(`when any bit of ${what} flips`, async () => {
      const pages = pagesOf(sound, kind, words);
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...pages), fc.nat({ max: PAGE_BYTES * 8 - 1 }), async (page, bit) => {
          writeFileSync(folder.ledgerPath, withFlipped(sound, [page * 8 + bit]));
          assertToldOrSame(await open(folder), before);
        }),
        { numRuns: FLIPS },
      );
    });
  }

  it("when the file is deleted or empty", async () => {
    rmSync(folder.ledgerPath);
    const rebuilt = await open(folder);
    assert.deepEqual(rebuilt, { sums: before.sums, isTold: true });
    writeFileSync(folder.ledgerPath, "");
    assert.deepEqual(await open(folder), { sums: before.sums, isTold: true });
  });

  it("when an old copy is put back, and nothing is counted twice", async () => {
    copyFileSync(folder.ledgerPath, `${folder.ledgerPath}.copy`);
    await spend(folder, 5);
    const later = await open(folder);
    copyFileSync(`${folder.ledgerPath}.copy`, folder.ledgerPath);
    assert.deepEqual(await open(folder), { sums: later.sums, isTold: true });
    assert.deepEqual(await open(folder), { sums: later.sums, isTold: false });
    await spend(folder, 1);
    assert.equal((await open(folder)).sums[0], (later.sums[0] ?? 0) + 60);
  });

  it("when an old copy is put back whose open requests were settled since", async () => {
    const ledger = await folder.openLedger();
    const held = reservation(toNanoUsd(500), { limits: [] });
    await ledger.reserve(held);
    ledger.close();
    copyFileSync(folder.ledgerPath, `${folder.ledgerPath}.copy`);
    const settling = await folder.openLedger();
    await settling.settle(held.reservationId, waybillOf(toNanoUsd(70)));
    settling.close();
    const later = await open(folder);
    copyFileSync(`${folder.ledgerPath}.copy`, folder.ledgerPath);
    const restored = await folder.openLedger();
    assert.equal(await restored.recoverOrphans(NOON_MS + 1e9), 0);
    restored.close();
    assert.deepEqual((await open(folder)).sums, later.sums);
  });

  it("when the journal's last line is torn by a crash and the ledger is lost later", async () => {
    for (const file of journalFiles(folder)) appendFileSync(file, '{"reservationId":"torn","day":"2026-1');
    await spend(folder, 2);
    const later = await open(folder);
    assert.equal(later.sums[0], (before.sums[0] ?? 0) + 121);
    rmSync(folder.ledgerPath);
    assert.deepEqual(await open(folder), { sums: later.sums, isTold: true });
  });

  it("when the journal is lost first and the ledger after it", async () => {
    for (const file of journalFiles(folder)) rmSync(file);
    assert.deepEqual((await open(folder)).sums, before.sums);
    rmSync(folder.ledgerPath);
    assert.deepEqual(await open(folder), { sums: before.sums, isTold: true });
  });

  it("when the lines of months that are over became sums", async () => {
    const later = await folder.openLedger(NOON_MS + 100 * 24 * 60 * 60 * 1000);
    later.close();
    assert.ok(journalFiles(folder).every((file) => !readFileSync(file, "utf8").includes("reservationId")));
    rmSync(folder.ledgerPath);
    assert.deepEqual(await open(folder), { sums: before.sums, isTold: true });
  });
});

describe("what was spent never shrinks although a window dies", function () {
  this.timeout(60_000);
  let folder: StoreFolder;
  let before: Spent;
  let copy: Buffer;
  let left: { readonly file: Buffer; readonly log: Buffer };
  beforeEach(async () => {
    folder = createStoreFolder("WAL");
    await spend(folder, 6);
    copy = readFileSync(folder.ledgerPath);
    const ledger = await folder.openLedger();
    for (let turn = 0; turn < 6; turn += 1) {
      const held = reservation(toNanoUsd(100), { limits: [] });
      await ledger.reserve(held);
      await ledger.settle(held.reservationId, waybillOf(toNanoUsd(80 + turn)));
    }
    left = { file: readFileSync(folder.ledgerPath), log: readFileSync(`${folder.ledgerPath}-wal`) };
    ledger.close();
    before = await open(folder);
  });
  afterEach(() => folder.remove());

  async function openWith(file: Buffer, log: Buffer): Promise<Spent> {
    rmSync(`${folder.ledgerPath}-shm`, { force: true });
    writeFileSync(folder.ledgerPath, file);
    writeFileSync(`${folder.ledgerPath}-wal`, log);
    return open(folder);
  }

  it("and its write-ahead log is whole, cut anywhere or has flipped bits", async () => {
    assert.ok(left.log.length > 10 * PAGE_BYTES);
    assert.deepEqual(await openWith(left.file, left.log), before);
    const length = fc.nat({ max: left.log.length });
    const bit = fc.nat({ max: left.log.length * 8 - 1 });
    await fc.assert(
      fc.asyncProperty(length, async (bytes) => {
        assertToldOrSame(await openWith(left.file, left.log.subarray(0, bytes)), before);
      }),
      { numRuns: FLIPS / 3 },
    );
    await fc.assert(
      fc.asyncProperty(bit, async (flipped) => {
        assertToldOrSame(await openWith(left.file, withFlipped(left.log, [flipped])), before);
      }),
      { numRuns: FLIPS / 3 },
    );
  });

  it("and an old copy is put back beside its write-ahead log, or a log beside no file", async () => {
    assertToldOrSame(await openWith(copy, left.log), before);
    rmSync(folder.ledgerPath);
    writeFileSync(`${folder.ledgerPath}-wal`, left.log);
    assertToldOrSame(await open(folder), before);
  });

  it("between the journal's line and the ledger's row: the row is written by the next one", async () => {
    const ledger = await folder.openLedger();
    const held = reservation(toNanoUsd(100), { limits: [] });
    await ledger.reserve(held);
    await settleCutShort(folder, held.reservationId, waybillOf(toNanoUsd(70)));
    const next = await folder.openLedger();
    assert.equal(next.repair, undefined, "nothing was lost");
    assert.equal(await next.recoverOrphans(NOON_MS + 1e9), 0);
    assert.deepEqual((await open(folder)).sums[0], (before.sums[0] ?? 0) + 70);
    const [row] = await next.uncertainRows("2026-11-20", "https://openrouter.ai");
    assert.equal(row?.reservationId, held.reservationId);
    await ledger.settle(held.reservationId, waybillOf(toNanoUsd(65)));
    assert.deepEqual((await open(folder)).sums[0], (before.sums[0] ?? 0) + 65);
    ledger.close();
  });

  it("at its first start, before there is anything in the file", async () => {
    for (const name of [folder.ledgerPath, ...journalFiles(folder)]) rmSync(name);
    const windows = await Promise.all(Array.from({ length: 4 }, () => open(folder)));
    assert.deepEqual(
      windows.map(({ isTold }) => isTold),
      windows.map(() => false),
    );
  });
});

function journalFiles({ journalPath }: StoreFolder): readonly string[] {
  return [journalPath.replace(".jsonl", "-2026-11.jsonl")];
}

/** Where the pages of this kind begin that have all of these words; one may be what an older version left. */
function pagesOf(bytes: Buffer, kind: number, words: readonly string[]): readonly number[] {
  const pages = Array.from({ length: bytes.length / PAGE_BYTES }, (_, index) => index * PAGE_BYTES);
  const found = pages.filter((start) => {
    const page = bytes.subarray(start, start + PAGE_BYTES);
    return page[0] === kind && words.every((word) => page.includes(word));
  });
  assert.ok(found.length > 0);
  return found;
}

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import fc from "fast-check";
import { type SpendLimit, dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { describeError } from "../../src/core/problems/describeError.ts";
import { setLedgerAside } from "../../src/store/setLedgerAside.ts";
import { NOON_MS, PLACE, type StoreFolder, createStoreFolder, reservation, waybillOf } from "../store/storeFolder.ts";

const FLIPS = 2_000;
const SEED = 31;
/** In memory where the system has such a place: no flip then waits for a disk. */
const PARENT = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
const LIMITS: readonly SpendLimit[] = (["user", "workspace", "key"] as const).map((scope) =>
  dailyLimit(scope, toNanoUsd(1e12)),
);
/** A sample in which one of the ends came less often would prove little of it. */
const OFTEN = FLIPS / 100;

describe("promise 31: damage of the ledger never lowers what was spent", function () {
  this.timeout(300_000);
  let folder: StoreFolder;
  let known: readonly number[];
  let files: readonly { readonly path: string; readonly sound: Buffer }[];
  before(async () => {
    folder = createStoreFolder("DELETE", PARENT);
    const ledger = await folder.openLedger();
    for (let turn = 0; turn < 5; turn += 1) {
      const held = reservation(toNanoUsd(100), { limits: [] });
      await ledger.reserve(held);
      await ledger.settle(held.reservationId, waybillOf(toNanoUsd(60 + turn)));
    }
    ledger.close();
    known = (await read()).spent;
    const parent = dirname(folder.ledgerPath);
    files = readdirSync(parent).map((name) => ({ path: join(parent, name), sound: readFileSync(join(parent, name)) }));
    assert.ok(files.some(({ path }) => path.endsWith(".jsonl")) && files.some(({ path }) => path.endsWith(".sqlite")));
  });
  after(() => folder.remove());

  it(`whichever of its bits flips, in ${FLIPS} tries over the file and its journal`, async () => {
    const places = fc.tuple(
      fc.nat({ max: files.length - 1 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    );
    const counts = { sound: 0, mended: 0, aside: 0 };
    for (const [which, place] of fc.sample(places, { numRuns: FLIPS, seed: SEED })) {
      const { path, sound } = files[which] ?? assert.fail("no such file");
      for (const file of files) writeFileSync(file.path, file.sound);
      const damaged = flipped(sound, Math.floor(place * sound.length * 8));
      writeFileSync(path, damaged);
      const { spent, told } = await openAsPersonDoes(path === folder.ledgerPath ? damaged : undefined);
      const what = `${basename(path)}, place ${place}: ${spent.join(" ")} after ${known.join(" ")}`;
      assert.ok(
        known.every((sum, index) => (spent[index] ?? 0) >= sum),
        what,
      );
      if (told === "sound") assert.deepEqual(spent, known, `${what}, and nobody was told`);
      counts[told] += 1;
    }
    console.info(`      ${JSON.stringify(counts)}`);
    assert.ok(counts.sound > OFTEN && counts.aside > OFTEN, JSON.stringify(counts));
  });

  async function read(): Promise<{ readonly spent: readonly number[]; readonly isMended: boolean }> {
    const ledger = await folder.openLedger();
    try {
      const standings = await ledger.standings(PLACE, LIMITS, NOON_MS);
      return { spent: standings.map(({ spent }) => spent), isMended: ledger.repair !== undefined };
    } finally {
      ledger.close();
    }
  }

  /** Opens it, and starts a new one where that is offered; the damaged file stays as it was, byte for byte. */
  async function openAsPersonDoes(
    damaged: Buffer | undefined,
  ): Promise<{ readonly spent: readonly number[]; readonly told: "sound" | "mended" | "aside" }> {
    try {
      const { spent, isMended } = await read();
      return { spent, told: isMended ? "mended" : "sound" };
    } catch (error) {
      assert.ok(error instanceof WaybillError, String(error));
      const problem = describeError(error, { gatewayHost: "g", modelName: "M", wasSent: false, hasText: false });
      assert.match(problem.sentence, /ledger.*Nothing was sent/);
      const kept = setLedgerAside(folder.ledgerPath, NOON_MS);
      if (damaged !== undefined) assert.deepEqual(readFileSync(kept), damaged);
      return { spent: (await read()).spent, told: "aside" };
    }
  }
});

function flipped(sound: Buffer, bit: number): Buffer {
  const bytes = Buffer.from(sound);
  bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return bytes;
}

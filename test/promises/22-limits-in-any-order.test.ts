import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import fc from "fast-check";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import type { Ledger } from "../../src/store/ledger.ts";
import { NOON_MS, PLACE, createStoreFolder, reservation, waybillOf } from "../store/storeFolder.ts";

const LIMIT = 100;
const LIMITS = [dailyLimit("user", toNanoUsd(LIMIT))];
const RUNS = 12;
/** Where the system has such a place, no step waits for a disk. */
const PARENT = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

interface Step {
  readonly does: string;
  readonly amount: number;
  readonly window: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  does: fc.constantFrom("reserve", "reserve", "reserve", "settle", "release"),
  amount: fc.integer({ min: 1, max: LIMIT }),
  window: fc.nat({ max: 2 }),
});
/** Steps of one batch are under way at the same time. */
const batches = fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), { maxLength: 12 });

describe("promise 22: the holds that are let through never pass the limit", function () {
  this.timeout(60_000);
  for (const mode of ["WAL", "DELETE"] as const) {
    it(`in any order of reserving, settling and giving back by three windows, with the journal mode ${mode}`, async () => {
      let [admitted, refused] = [0, 0];
      await fc.assert(
        fc.asyncProperty(batches, async (all) => {
          const folder = createStoreFolder(mode, PARENT);
          const windows: Ledger[] = [];
          for (let window = 0; window < 3; window += 1) windows.push(await folder.openLedger());
          /** What is open, by the model of this test. */
          const open = new Map<string, number>();
          let spent = 0;
          const run = async ({ does, amount, window }: Step) => {
            const ledger = windows[window] ?? assert.fail("no such window");
            const [id, held] = [...open][0] ?? [undefined, 0];
            if (does === "reserve" || id === undefined) {
              const wish = reservation(toNanoUsd(amount), { limits: LIMITS });
              const { kind } = await ledger.reserve(wish);
              if (kind === "reserved") open.set(wish.reservationId, amount);
              if (kind === "reserved") admitted += 1;
              else refused += 1;
              return;
            }
            open.delete(id);
            if (does === "release") return ledger.release(id);
            spent += Math.min(amount, held);
            return ledger.settle(id, waybillOf(toNanoUsd(Math.min(amount, held))));
          };
          try {
            for (const batch of all) {
              await Promise.all(batch.map(run));
              const [standing] = await (windows[0] ?? assert.fail()).standings(PLACE, LIMITS, NOON_MS);
              const reserved = [...open.values()].reduce((sum, each) => sum + each, 0);
              assert.deepEqual([standing?.spent, standing?.reserved], [spent, reserved]);
              assert.ok(spent + reserved <= LIMIT, `${spent} spent and ${reserved} held`);
            }
          } finally {
            folder.remove();
          }
        }),
        { numRuns: RUNS },
      );
      assert.ok(admitted > RUNS && refused > 0, `${admitted} let through, ${refused} refused`);
    });
  }
});

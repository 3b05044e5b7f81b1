import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type ClockStep, DAY_LIMIT, spendWithJumps } from "./clockJumps.ts";

/** Half hours, daylight saving in either half of the year, and a day ahead of the Americas. */
const ZONES = ["America/St_Johns", "Europe/Berlin", "Pacific/Apia"];
const WORKER = fileURLToPath(new URL("clockJumps.ts", import.meta.url));

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** The first day of the week from Monday, counted by hand from one that is known. */
function mondayOf(day: string): string {
  const days = Math.floor(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
  // 1970-01-05 was one.
  return dayOf((days - ((((days - 4) % 7) + 7) % 7)) * 86_400_000);
}

/** What is booked, by the latest day that was ever seen: a day that has ended gets nothing more. */
function checkSteps(steps: readonly ClockStep[]): void {
  const booked = new Map<string, number>();
  const since = (first: string) =>
    [...booked].filter(([day]) => day >= first).reduce((sum, [, spent]) => sum + spent, 0);
  let latest = "";
  for (const { atMs, cost, isAdmitted, spent } of steps) {
    const today = dayOf(atMs) > latest ? dayOf(atMs) : latest;
    const before = booked.get(today) ?? 0;
    assert.equal(isAdmitted, before + cost <= DAY_LIMIT, `${new Date(atMs).toISOString()}: ${before} and ${cost}`);
    if (isAdmitted) {
      booked.set(today, before + cost);
      latest = today;
    }
    const expected = [today, mondayOf(today), `${today.slice(0, 8)}01`].map(since);
    assert.deepEqual(spent, expected, new Date(atMs).toISOString());
  }
}

describe("promise 29: periods of a budget are UTC and never open again", function () {
  this.timeout(60_000);
  let here: Awaited<ReturnType<typeof spendWithJumps>>;
  before(async () => {
    here = await spendWithJumps();
  });

  it("whatever a clock does: jumps of an hour, a day and a year, leap days, ends of months and years", () => {
    for (const steps of here) {
      assert.ok(
        steps.some(({ isAdmitted }) => !isAdmitted),
        "a limit was met",
      );
      checkSteps(steps);
    }
  });

  it("wherever it is", async () => {
    const run = promisify(execFile);
    for (const zone of ZONES) {
      const { stdout } = await run(process.execPath, [WORKER], { env: { ...process.env, TZ: zone } });
      assert.deepEqual(JSON.parse(stdout), here, zone);
    }
  });
});

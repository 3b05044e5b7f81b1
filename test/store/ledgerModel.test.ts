import fc from "fast-check";
import type { LimitPeriod } from "../../src/core/budget/spendLimit.ts";
import { SPEND_PERIODS } from "../../src/core/budget/spendPeriod.ts";
import {
  Crash,
  DieCorrecting,
  DieSettling,
  GoToOtherWindow,
  HOUR_MS,
  MoveClock,
  Recover,
  Release,
  Reserve,
  SetLimits,
  Settle,
  Tell,
} from "./ledgerCommands.ts";
import { type Command, runAgainstModel } from "./ledgerModel.ts";

const RUNS = 120;
const DAY_MS = 24 * HOUR_MS;
const YEAR_MS = 365 * DAY_MS;
const JUMPS_MS = [HOUR_MS / 4, HOUR_MS, -HOUR_MS, DAY_MS, -DAY_MS, 31 * DAY_MS, YEAR_MS, -YEAR_MS];

const settle = (which: number, cost: number) => new Settle({ which, cost, isCertain: false });
const dieSettling = (which: number, cost: number) => new DieSettling({ which, cost });
const dieCorrecting = (which: number, cost: number) => new DieCorrecting({ which, cost });

/** A cost of a month whose lines in the journal became sums. */
const inOldMonth = (cost: number): readonly Command[] => [
  new Reserve(50),
  settle(0, cost),
  new MoveClock(YEAR_MS),
  new Crash(),
];

/** Runs that once failed, and their relatives. */
const RUNS_OF_OLD: readonly { readonly name: string; readonly commands: readonly Command[] }[] = [
  {
    name: "a cost of an old month is lowered, the clock jumps back and a window dies",
    commands: [
      new Reserve(0),
      dieSettling(0, 1),
      new MoveClock(YEAR_MS),
      new Crash(),
      settle(0, 0),
      new Reserve(0),
      new MoveClock(-YEAR_MS),
      dieSettling(0, 0),
    ],
  },
  {
    name: "a cost of an old month is raised, and another window dies meanwhile",
    commands: [
      ...inOldMonth(10),
      settle(0, 30),
      new Reserve(20),
      new MoveClock(-YEAR_MS),
      dieSettling(0, 5),
      settle(0, 40),
    ],
  },
  {
    name: "a cost of an old month is corrected twice, and its lines become sums between",
    commands: [...inOldMonth(10), settle(0, 30), new Crash(), settle(0, 20), settle(0, 25)],
  },
  {
    name: "a window dies while it lowers a cost of an old month, and another one raises it",
    commands: [...inOldMonth(10), dieCorrecting(0, 4), settle(0, 12), new Crash()],
  },
  {
    name: "a window dies while it raises a cost of an old month, and another one lowers it",
    commands: [...inOldMonth(10), dieCorrecting(0, 40), new MoveClock(-YEAR_MS), settle(0, 3), new Crash()],
  },
  {
    name: "a window dies while it raises a cost of this month",
    commands: [new Reserve(50), settle(0, 10), dieCorrecting(0, 40), new Crash(), settle(0, 20)],
  },
];

describe("the ledger against a plain model", function () {
  this.timeout(90_000);
  it("admits, counts and forgets exactly the same, whatever happens in whatever order", async () => {
    const commands = fc.commands(
      [
        fc.nat({ max: 60 }).map((amount) => new Reserve(amount)),
        fc.nat({ max: 60 }).map((amount) => new Reserve(amount)),
        fc
          .record({ which: fc.nat({ max: 20 }), cost: fc.nat({ max: 90 }), isCertain: fc.boolean() })
          .map((fields) => new Settle(fields)),
        fc.nat({ max: 20 }).map((which) => new Release(which)),
        fc
          .record({
            used: fc.record({ day: fc.nat(120), week: fc.nat(200), month: fc.nat(300) }),
            remaining: fc.integer({ min: -5, max: 200 }),
            limitPeriod: fc.constantFrom<LimitPeriod>(...SPEND_PERIODS, "whole"),
          })
          .map((fields) => new Tell(fields)),
        fc.record({ which: fc.nat({ max: 20 }), cost: fc.nat({ max: 90 }) }).map((fields) => new DieSettling(fields)),
        fc.record({ which: fc.nat({ max: 20 }), cost: fc.nat({ max: 90 }) }).map((fields) => new DieCorrecting(fields)),
        fc.constant(new Crash()),
        fc.constant(new GoToOtherWindow()),
        fc.constant(new Recover()),
        fc.constantFrom(...JUMPS_MS).map((byMs) => new MoveClock(byMs)),
        fc.tuple(fc.nat({ max: 150 }), fc.nat({ max: 400 })).map((limits) => new SetLimits(limits)),
      ],
      { maxCommands: 40, size: "large" },
    );
    await fc.assert(fc.asyncProperty(commands, runAgainstModel), { numRuns: RUNS });
  });

  for (const { name, commands } of RUNS_OF_OLD) {
    it(`counts once: ${name}`, async () => await runAgainstModel(commands));
  }
});

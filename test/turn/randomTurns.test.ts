import assert from "node:assert/strict";
import fc from "fast-check";
import { failed, PASSED } from "../../src/core/checks/checkVerdict.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { CLIMB_MODES, DEFAULT_POLICY, FALLBACK_MODES } from "../../src/core/routing/routePolicy.ts";
import { runTurn } from "../../src/turn/runTurn.ts";
import type { TurnServices } from "../../src/turn/turnRequest.ts";
import type { BookRow } from "../simulator/accounts/bookRow.ts";
import type { Fault } from "../simulator/startSimulator.ts";
import { type TurnBench, ledgerWith, openTurnBench, turnRequest } from "./turnBench.ts";

const TURNS = 1_000;
const AT_ONCE = 8;
const BYOK_KEYS = [
  { key: "sk-or-v1-byok-within", byok: "within-allowance" },
  { key: "sk-or-v1-byok-past", byok: "past-allowance" },
] as const;

/** One turn of a person who has bad luck. */
interface Plan {
  readonly faults: readonly Fault[];
  /** Stops after this many events; never when absent. */
  readonly stopAfter: number | undefined;
  /** Closes the panel after this many events; never when absent. */
  readonly leaveAfter: number | undefined;
  readonly account: number;
  readonly fallback: (typeof FALLBACK_MODES)[number];
  readonly climb: (typeof CLIMB_MODES)[number];
  /** So many answers fail the surface's check. */
  readonly failing: number;
  /** In nano-dollars: too little for any climb, enough for one, enough for all. */
  readonly climbBudget: number;
}

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.nat(40).map((afterChunks): Fault => ({ kind: "cut", afterChunks })),
  fc.nat(40).map((afterChunks): Fault => ({ kind: "end-early", afterChunks })),
  fc.nat(40).map((afterChunks): Fault => ({ kind: "stream-error", afterChunks })),
  fc.nat(40).map((afterChunks): Fault => ({ kind: "garbage", afterChunks })),
  fc
    .constantFrom("provider-error", "overloaded", "upstream-rate-limit", "gateway-timeout", "bad-key", "moderation")
    .map((error): Fault => ({ kind: "error", error })),
  fc
    .constantFrom("provider-error", "provider-overloaded")
    .map((error): Fault => ({ kind: "error", error, models: "all" })),
  fc.constantFrom<Fault>(
    { kind: "usage-missing" },
    { kind: "no-done" },
    { kind: "no-finish-reason" },
    { kind: "hang" },
    { kind: "html", status: 502 },
    { kind: "pace", tokensPerSecond: 2_000 },
    { kind: "error", error: "fewer-max-tokens" },
    { kind: "answer", content: "" },
    { kind: "answer", content: "Half", isFiltered: true },
  ),
);

const plan: fc.Arbitrary<Plan> = fc.record({
  faults: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 3, arbitrary: fc.array(fault, { maxLength: 3 }) },
  ),
  stopAfter: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.nat(60) }),
  leaveAfter: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.nat(60) }),
  account: fc.nat(BYOK_KEYS.length),
  fallback: fc.constantFrom(...FALLBACK_MODES),
  climb: fc.constantFrom(...CLIMB_MODES),
  failing: fc.nat(3),
  climbBudget: fc.constantFrom(1_000, 20_000_000, 1_000_000_000),
});

describe("a thousand turns with bad luck", function () {
  this.timeout(180_000);

  it("end with a ledger that is the bill, row by row, and a list of what nobody knows", async () => {
    const bench = await openTurnBench({
      simulator: { keys: BYOK_KEYS, generationLagMs: 5 },
      timeouts: { headMs: 400, idleMs: 400 },
    });
    const catalog = await bench.services.catalog(new AbortController().signal);
    const accounts = [bench.services, ...BYOK_KEYS.map(({ key }) => bench.servicesFor(key))].map((services) => ({
      ...services,
      catalog: async () => catalog,
      ledger: async () => forgetful,
    }));
    // Else the turns would learn from each other's checks, and soon begin with the strongest model.
    const forgetful = ledgerWith(bench.ledger, { outcomes: { ...bench.ledger.outcomes, tallies: async () => [] } });
    const seed = Math.trunc(Math.random() * 2 ** 31);
    const plans = fc.sample(plan, { seed, numRuns: TURNS });
    const queue = plans.values();
    const tally = { climbs: 0 };
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, () => runEach(queue, { accounts, bench, tally })));
      await bench.simulator.settled();
      assert.equal(bench.openReservations(), 0);
      assertLedgerIsTheBill(bench);
      assert.ok(tally.climbs > TURNS / 25, `${tally.climbs} climbs`);
    } catch (error) {
      throw new Error(`With seed ${seed}: ${String(error)}`, { cause: error });
    } finally {
      await bench.close();
    }
  });
});

async function runEach(
  plans: Iterable<Plan>,
  { accounts, bench, tally }: { accounts: readonly TurnServices[]; bench: TurnBench; tally: { climbs: number } },
): Promise<void> {
  for (const { faults, stopAfter, leaveAfter, account, failing, ...rules } of plans) {
    const services = accounts[account];
    assert.ok(services);
    bench.simulator.faultNext(faults);
    const stop = new AbortController();
    const climbBudget = toNanoUsd(rules.climbBudget);
    const policy = { ...DEFAULT_POLICY, maxCompletionTokens: 1_024, fallbackPriceFactor: 3, ...rules, climbBudget };
    let checks = 0;
    const check = async () => ((checks += 1) <= failing ? failed("is not what was asked for") : PASSED);
    const request = turnRequest({ policy, check });
    let count = 0;
    let climbs = 0;
    for await (const event of runTurn(services, request, stop.signal)) {
      if (event.type === "climb") climbs += 1;
      assert.ok(event.type !== "turn-refused", "the budget is large enough for all of them");
      if (count === leaveAfter) break;
      if (count === stopAfter) stop.abort();
      count += 1;
    }
    if (climbs > 0) assertWithin(climbBudget, request.turnId, bench);
    tally.climbs += climbs;
  }
}

/** Every attempt of a turn that climbed, at its cost or its worst case. */
function assertWithin(climbBudget: number, turnId: string, bench: TurnBench): void {
  const counted = bench.rows().filter((row) => row["turn_id"] === turnId);
  const cost = counted.reduce((sum, row) => sum + Number(row["cost_nano"]), 0);
  assert.ok(cost <= climbBudget, `${cost} of ${climbBudget}`);
}

/** Every row of the books that was charged is a row of the ledger, and where the ledger is certain it is to the nano-dollar. */
function assertLedgerIsTheBill(bench: TurnBench): void {
  const books = [undefined, ...BYOK_KEYS.map(({ key }) => key)].flatMap((key) => bench.simulator.books(key));
  const charged = new Map(books.filter((row) => chargeOf(row) > 0).map((row) => [row.generationId, chargeOf(row)]));
  const rows = bench.rows();
  const unknown = rows.filter((row) => row["cost_source"] === "unknown" || row["cost_source"] === "estimated");
  const certain = rows.filter((row) => !unknown.includes(row));
  for (const row of certain) {
    const id = String(row["generation_id"]);
    assert.equal(row["cost_nano"], charged.get(id) ?? 0, `generation ${id} (${String(row["cost_source"])})`);
  }
  const known = new Set(rows.map((row) => row["generation_id"]));
  const missing = [...charged].filter(([id]) => !known.has(id));
  const nameless = unknown.filter((row) => row["generation_id"] === null);
  assert.ok(missing.length <= nameless.length, `${missing.length} charged, ${nameless.length} rows without a name`);
  const counted = rows.reduce((sum, row) => sum + Number(row["cost_nano"]), 0);
  const bill = [...charged.values()].reduce((sum, amount) => sum + amount, 0);
  const doubt = unknown.reduce((sum, row) => sum + Number(row["cost_nano"]), 0);
  assert.ok(counted - doubt <= bill, "what is certain is never more than the bill");
  console.info(
    `      ${rows.length} rows, ${certain.length} to the nano-dollar; not certain: ${JSON.stringify(countBy(unknown))}`,
  );
  assert.ok(certain.length > TURNS / 3, `${certain.length} certain rows`);
}

function chargeOf({ isByok, costNanoUsd, upstreamCostNanoUsd }: BookRow): number {
  return isByok ? costNanoUsd + upstreamCostNanoUsd : costNanoUsd;
}

function countBy(rows: readonly Record<string, unknown>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of rows) {
    const name = `${String(row["finish"])}, ${String(row["cost_source"])}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

import assert from "node:assert/strict";
import fc from "fast-check";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { DEFAULT_POLICY } from "../../src/core/routing/routePolicy.ts";
import { PLACE } from "../store/storeFolder.ts";
import { type TurnBench, eventOf, openTurnBench } from "../turn/turnBench.ts";

const RUNS = 120;
const FREE_MODEL = "openai/gpt-oss-20b:free";
const LIMITS = [dailyLimit("user", toNanoUsd(1e14))];
const POLICY = { ...DEFAULT_POLICY, maxCompletionTokens: 256 };

/** All that is no cost of an answer with text. A number that could be one is the gateway's word, and counts. */
const nonsense = fc.oneof(
  fc.constantFrom<unknown[]>(null, 0, -0, "NaN", "", "0", "0.00", "free", true, [], {}),
  fc.double({ max: -Number.MIN_VALUE, noDefaultInfinity: true, noNaN: true }),
  fc.double({ min: 1e7, noDefaultInfinity: true, noNaN: true }),
  fc.string(),
  fc.array(fc.integer()),
);

describe("promise 24: a cost that is not known is never zero", function () {
  this.timeout(60_000);
  let bench: TurnBench;
  before(async () => {
    bench = await openTurnBench();
  });
  after(() => bench.close());

  const spent = async () => (await bench.ledger.standings(PLACE, LIMITS, Date.now()))[0]?.spent ?? 0;

  it("whatever the gateway tells as the cost, no more of the budget is left than with the true one", async () => {
    await fc.assert(
      fc.asyncProperty(nonsense, async (cost) => {
        const [spentBefore, billBefore] = [await spent(), bench.simulator.billNanoUsd()];
        bench.simulator.faultNext({ kind: "cost-told", cost });
        const { waybill } = eventOf(await bench.run({ policy: POLICY, limits: LIMITS }), "turn-end");
        const charged = bench.simulator.billNanoUsd() - billBefore;
        assert.ok(charged > 0);
        const counted = (await spent()) - spentBefore;
        assert.ok(counted >= charged, `${counted} counted, ${charged} charged`);
        assert.equal(waybill.costSource, "estimated");
      }),
      { numRuns: RUNS },
    );
  });

  it("a model without a price is taken at its word", async () => {
    const policy = { ...POLICY, pin: FREE_MODEL };
    const { waybill } = eventOf(await bench.run({ policy, limits: LIMITS }), "turn-end");
    assert.deepEqual([waybill.cost, waybill.costSource], [0, "billed"]);
  });
});

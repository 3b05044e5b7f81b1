import assert from "node:assert/strict";
import fc from "fast-check";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { type GatewayCredential, createOpenRouterGateway } from "../../src/gateway/openRouterGateway.ts";
import { readKeyStatus } from "../../src/gateway/readKeyStatus.ts";
import { createHostTransport } from "../../src/gateway/hostTransport.ts";
import { postChat } from "../simulator/simulatorClient.ts";
import { type Simulator, startSimulator } from "../simulator/startSimulator.ts";

const OWN_KEYS = "sk-or-v1-own-keys";

describe("what a key spent", () => {
  let simulator: Simulator;
  /** The simulator's clock: a Thursday in the middle of a month. */
  let nowMs: number;
  before(async () => {
    simulator = await startSimulator({
      pace: "instant",
      now: () => nowMs,
      keys: [{ key: OWN_KEYS, byok: "past-allowance" }],
    });
  });
  beforeEach(() => {
    nowMs = Date.UTC(2026, 10, 19, 12);
    simulator.reset();
  });
  after(() => simulator.close());

  function statusOf(key: string) {
    const credential = async (): Promise<GatewayCredential> => ({ origin: simulator.origin, key });
    const baseUrl = new URL(simulator.baseUrl);
    const gateway = createOpenRouterGateway({
      baseUrl,
      transport: createHostTransport(),
      credential,
      now: () => nowMs,
    });
    return gateway.fetchKeyStatus(new AbortController().signal);
  }

  async function askOn(day: number): Promise<number> {
    nowMs = Date.UTC(2026, 10, day, 12);
    await (await postChat(simulator)).text();
    return simulator.books().at(-1)?.costNanoUsd ?? 0;
  }

  it("is told exactly by UTC day, week from Monday and month", async () => {
    const inMonth = await askOn(2);
    const inWeek = await askOn(16);
    const today = await askOn(19);
    assert.ok(inMonth > 0 && inWeek > 0 && today > 0);
    const { used } = await statusOf(simulator.key);
    assert.deepEqual(used, {
      day: { charged: today, ownKeys: 0 },
      week: { charged: inWeek + today, ownKeys: 0 },
      month: { charged: inMonth + inWeek + today, ownKeys: 0 },
    });
  });

  it("tells what providers bill to keys of one's own apart from the gateway's fee", async () => {
    await (await postChat(simulator, {}, { key: OWN_KEYS })).text();
    const [row] = simulator.books(OWN_KEYS);
    assert.ok(row !== undefined && row.costNanoUsd > 0 && row.upstreamCostNanoUsd > row.costNanoUsd);
    const { used } = await statusOf(OWN_KEYS);
    assert.deepEqual(used.day, { charged: row.costNanoUsd, ownKeys: row.upstreamCostNanoUsd });
  });

  it("is not known where the gateway does not tell or tells nonsense, and never 0", () => {
    const usedOf = (data: object) => readKeyStatus({ data }).used;
    assert.deepEqual(usedOf({}), { day: undefined, week: undefined, month: undefined });
    assert.deepEqual(usedOf({ usage_daily: 0.000000001, usage_weekly: null, usage_monthly: "lots" }), {
      day: { charged: 1, ownKeys: 0 },
      week: undefined,
      month: undefined,
    });
    assert.deepEqual(usedOf({ usage_daily: -1 }).day, undefined);
    assert.deepEqual(usedOf({ usage_daily: "0.25", byok_usage_daily: "0.5" }).day, { charged: 25e7, ownKeys: 5e8 });
    assert.throws(() => readKeyStatus({ error: {} }), WaybillError);
  });

  it("keeps every nano-dollar of up to a million dollars", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e15 }), (nano) => {
        assert.equal(readKeyStatus(JSON.parse(`{"data":{"usage_daily":${nano / 1e9}}}`)).used.day?.charged, nano);
      }),
    );
  });
});

import assert from "node:assert/strict";
import { isAborted } from "../../src/core/errors/waybillError.ts";
import { fetchCredits } from "../../src/gateway/fetchCredits.ts";
import { createHostTransport } from "../../src/gateway/hostTransport.ts";
import { createOpenRouterGateway } from "../../src/gateway/openRouterGateway.ts";
import { type Simulator, startSimulator } from "../simulator/startSimulator.ts";

const MAY_NOT = "sk-or-v1-may-not";

describe("the credits of an account", () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator({ pace: "instant", keys: [{ key: MAY_NOT, mayNotSeeCredits: true }] });
  });
  beforeEach(() => simulator.reset());
  after(() => simulator.close());

  function creditsOf(key: string, signal = new AbortController().signal) {
    const baseUrl = new URL(simulator.baseUrl);
    const credential = async () => ({ origin: baseUrl.origin, key });
    const transport = createHostTransport();
    return fetchCredits(createOpenRouterGateway({ baseUrl, transport, credential, now: () => Date.now() }), signal);
  }

  it("are what was bought less what was used", async () => {
    simulator.spendElsewhere(12.5);
    assert.equal(await creditsOf(simulator.key), 87_500_000_000);
  });

  it("are not known where the key may not ask, and where the answer makes no sense", async () => {
    assert.equal(await creditsOf(MAY_NOT), undefined);
    for (const body of ["<html>", {}, { data: {} }, { data: { total_credits: "much", total_usage: 1 } }]) {
      simulator.faultNext({ kind: "http", on: "credits", status: 200, body });
      assert.equal(await creditsOf(simulator.key), undefined);
    }
  });

  it("are given up when nobody waits for them any more", async () => {
    await assert.rejects(creditsOf(simulator.key, AbortSignal.abort()), isAborted);
  });
});

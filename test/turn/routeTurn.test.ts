import assert from "node:assert/strict";
import type { Ledger } from "../../src/store/ledger.ts";
import { routeTurn } from "../../src/turn/routeTurn.ts";
import { type TurnBench, ledgerWith, openTurnBench, turnRequest } from "./turnBench.ts";

describe("routing a turn", () => {
  let bench: TurnBench;
  beforeEach(async () => {
    bench = await openTurnBench();
  });
  afterEach(() => bench.close());

  const signal = new AbortController().signal;

  it("fetches the model list while the ledger is still being opened", async () => {
    const opened = Promise.withResolvers<Ledger>();
    const fetched = Promise.withResolvers<void>();
    const services = {
      ...bench.services,
      ledger: () => opened.promise,
      catalog: async () => {
        fetched.resolve();
        return bench.services.catalog(signal);
      },
    };
    const routed = routeTurn(services, turnRequest(), signal);
    await fetched.promise;
    opened.resolve(bench.ledger);
    assert.equal((await routed).decision.kind, "route");
  });

  it("reads no corrections where the task is certain", async () => {
    let reads = 0;
    const corrections = {
      ...bench.ledger.corrections,
      latest: () => {
        reads += 1;
        return bench.ledger.corrections.latest();
      },
    };
    const ledger = ledgerWith(bench.ledger, { corrections });
    const services = { ...bench.services, ledger: async () => ledger };
    await routeTurn(services, turnRequest({ taskType: "fix" }), signal);
    assert.equal(reads, 0);
    await routeTurn(services, turnRequest(), signal);
    assert.equal(reads, 1);
  });

  it("rejects with what is wrong with the model list, also when the ledger cannot be opened", async () => {
    const services = {
      ...bench.services,
      ledger: () => Promise.reject(new Error("no ledger")),
      catalog: () => Promise.reject(new Error("no list")),
    };
    await assert.rejects(routeTurn(services, turnRequest(), signal), /no list/);
  });
});

import assert from "node:assert/strict";
import { WaybillError, isAborted } from "../../src/core/errors/waybillError.ts";
import type { SpendPeriod } from "../../src/core/budget/spendPeriod.ts";
import type { Reconciliation } from "../../src/core/waybill/reconciliation.ts";
import { type ReconcileServices, reconcile } from "../../src/extension/features/reconcile/reconcile.ts";
import type { Gateway } from "../../src/gateway/gateway.ts";
import { runTurn } from "../../src/turn/runTurn.ts";
import { postChat } from "../simulator/simulatorClient.ts";
import { type TurnBench, collect, openTurnBench, turnRequest } from "../turn/turnBench.ts";

const NEVER = new AbortController().signal;

describe("a reconciliation with the gateway", () => {
  let bench: TurnBench;
  beforeEach(async () => {
    bench = await openTurnBench();
  });
  afterEach(() => bench.close());

  function parts(): ReconcileServices {
    const { gateway, now } = bench.services;
    const gatewayWithKey = () => assert.fail("All rows are of this key");
    return { gateway, gatewayWithKey, ledger: bench.ledger, now, onLookUp: () => undefined };
  }

  async function compared(period: SpendPeriod = "day"): Promise<Reconciliation> {
    const outcome = await reconcile(parts(), period, NEVER);
    assert.ok(outcome.kind === "compared");
    return outcome.reconciliation;
  }

  /** Turns whose cost did not come with the answer. */
  async function leaveUncertain(count: number): Promise<void> {
    for (let turn = 0; turn < count; turn += 1) {
      bench.simulator.faultNext({ kind: "usage-missing" });
      await bench.run();
    }
    assert.equal(bench.rows().filter((row) => row["cost_source"] === "estimated").length, count);
  }

  it("agrees to the nano-dollar after turns of every kind, in every period", async () => {
    await bench.run();
    await bench.run();
    for (const period of ["day", "week", "month"] as const) {
      const { comparison, settled, left } = await compared(period);
      assert.ok(comparison.ledgerTotal > 0);
      assert.equal(comparison.gatewayTotal, bench.simulator.billNanoUsd());
      assert.deepEqual([comparison.difference, comparison.remarks, settled, left], [0, [], [], []]);
    }
  });

  it("looks up what is not certain first, so that it agrees afterwards", async () => {
    await bench.run();
    await leaveUncertain(2);
    const told: string[] = [];
    const outcome = await reconcile(
      { ...parts(), onLookUp: (index, count) => told.push(`${index}/${count}`) },
      "day",
      NEVER,
    );
    assert.ok(outcome.kind === "compared");
    const { comparison, settled, left } = outcome.reconciliation;
    assert.deepEqual(told, ["0/2", "1/2"]);
    assert.deepEqual([settled.length, left.length, comparison.difference], [2, 0, 0]);
    assert.equal(comparison.ledgerTotal, bench.simulator.billNanoUsd());
    assert.deepEqual(
      bench.rows().map((row) => row["cost_source"]),
      ["billed", "reconciled", "reconciled"],
    );
    assert.deepEqual((await compared()).settled, []);
  });

  it("leaves a row as it is that the gateway does not know, and goes on after one it cannot look up", async () => {
    await leaveUncertain(3);
    bench.simulator.faultNext([
      { kind: "http", on: "generation", status: 404, body: { error: { code: 404, message: "x" } } },
      { kind: "http", on: "generation", status: 500, body: { error: { code: 500, message: "x" } } },
    ]);
    const { comparison, settled, left } = await compared();
    assert.deepEqual(
      left.map(({ why }) => why),
      ["not-found", "no-answer"],
    );
    assert.equal(settled.length, 1);
    assert.equal(comparison.remarks[0]?.kind, "uncertain-rows");
    assert.deepEqual(
      bench.rows().map((row) => row["cost_source"]),
      ["estimated", "estimated", "reconciled"],
    );
  });

  it("says that the key was used elsewhere when the gateway's bill holds more", async () => {
    await bench.run();
    await (await postChat(bench.simulator)).text();
    const elsewhere = bench.simulator.books().at(-1)?.costNanoUsd;
    assert.deepEqual((await compared()).comparison.remarks, [{ kind: "used-elsewhere", cost: elsewhere }]);
  });

  it("says that the key may have been changed when the bill of this key holds less", async () => {
    await bench.run();
    bench.simulator.reset();
    const { comparison } = await compared();
    assert.deepEqual(
      comparison.remarks.map(({ kind }) => kind),
      ["gateway-lags", "key-changed"],
    );
  });

  it("knows that a plain server has no bill, and settles nothing by it", async () => {
    await leaveUncertain(1);
    bench.simulator.faultNext([
      { kind: "http", on: "generation", status: 404, body: {} },
      { kind: "http", on: "key", status: 404, body: "404 page not found" },
    ]);
    assert.deepEqual(await reconcile(parts(), "day", NEVER), { kind: "no-bill" });
    bench.simulator.faultNext({ kind: "http", on: "key", status: 200, body: { data: { limit: null } } });
    assert.deepEqual(await reconcile(parts(), "day", NEVER), { kind: "no-bill" });
  });

  for (const { name, status, code } of [
    { name: "a key that is refused", status: 401, code: "auth" },
    { name: "too many requests", status: 429, code: "rate-limited" },
  ] as const) {
    it(`stops at ${name}, with what was settled before kept`, async () => {
      await leaveUncertain(2);
      bench.simulator.faultNext([
        { kind: "none", on: "generation" },
        { kind: "http", on: "generation", status, body: { error: { code: status, message: "x" } } },
      ]);
      await assert.rejects(
        reconcile(parts(), "day", NEVER),
        (error) => error instanceof WaybillError && error.code === code,
      );
      assert.deepEqual(
        bench.rows().map((row) => row["cost_source"]),
        ["reconciled", "estimated"],
      );
    });
  }

  it("looks up each turn with the key that paid, and leaves those of a key that is gone", async () => {
    const other = "sk-or-v1-other";
    bench.simulator.addKey({ key: other });
    const work: Gateway = { ...bench.servicesFor(other).gateway, keyName: "work" };
    for (const gateway of [work, { ...work, keyName: "gone" }]) {
      bench.simulator.faultNext({ kind: "usage-missing" });
      await collect(runTurn({ ...bench.services, gateway }, turnRequest(), NEVER));
    }
    await bench.run();
    const gone = () => Promise.reject(new WaybillError("key-missing", "gone"));
    const gatewayWithKey = (name: string) => (name === "work" ? work : { ...work, fetchGeneration: gone });
    const outcome = await reconcile({ ...parts(), gatewayWithKey }, "day", NEVER);
    assert.ok(outcome.kind === "compared");
    const { settled, left, comparison } = outcome.reconciliation;
    assert.deepEqual([settled.map(({ row }) => row.keyName), left.map(({ why }) => why)], [["work"], ["no-key"]]);
    assert.deepEqual([comparison.difference, comparison.ledgerTotal], [0, bench.simulator.billNanoUsd()]);
  });

  it("can be cancelled between two look-ups", async () => {
    await leaveUncertain(2);
    const abort = new AbortController();
    const onLookUp = (index: number) => {
      if (index === 1) abort.abort();
    };
    await assert.rejects(reconcile({ ...parts(), onLookUp }, "day", abort.signal), isAborted);
    assert.deepEqual(
      bench.rows().map((row) => row["cost_source"]),
      ["reconciled", "estimated"],
    );
  });

  it("begins again when the day ends in the middle of it", async () => {
    await bench.run();
    const today = Date.now();
    const times = [today - 24 * 60 * 60 * 1000, today];
    const outcome = await reconcile({ ...parts(), now: () => times.shift() ?? today }, "day", NEVER);
    assert.ok(outcome.kind === "compared");
    assert.equal(outcome.reconciliation.sinceDay, new Date(today).toISOString().slice(0, 10));
    assert.equal(outcome.reconciliation.comparison.difference, 0);
  });
});

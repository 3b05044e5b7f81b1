import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { failed } from "../../src/core/checks/checkVerdict.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { DEFAULT_POLICY, type RoutePolicy } from "../../src/core/routing/routePolicy.ts";
import { SURFACES } from "../../src/core/waybill/waybill.ts";
import type { RecordedRequest } from "../simulator/http/recordRequest.ts";
import { type TurnBench, openTurnBench } from "../turn/turnBench.ts";

/** Everything that leads to another attempt is allowed. */
const EAGER: RoutePolicy = {
  ...DEFAULT_POLICY,
  maxCompletionTokens: 256,
  fallback: "models",
  fallbackPriceFactor: 5,
  climb: "on-failed-check",
  climbBudget: toNanoUsd(1e9),
};

/** What another connection reads of the ledger while the gateway has the request in its hands. */
interface Seen {
  readonly model: unknown;
  readonly holds: readonly Readonly<Record<string, unknown>>[];
}

describe("promise 21: no paid request leaves without a hold that is on disk first", () => {
  let bench: TurnBench;
  let seen: Seen[];
  beforeEach(async () => {
    seen = [];
    bench = await openTurnBench({ simulator: { onRequest: (request) => look(request) } });
  });
  afterEach(() => bench.close());

  /** A hold that is not committed yet cannot be read here. */
  function look({ path, body }: RecordedRequest): void {
    if (!path.endsWith("/chat/completions")) return;
    const database = new DatabaseSync(bench.ledgerPath, { readOnly: true });
    const holds = database.prepare("SELECT * FROM reservation").all();
    database.close();
    seen.push({ model: Object.getOwnPropertyDescriptor(body, "model")?.value, holds });
  }

  it("the first attempt, the one that stands in and the one that climbs, each with one of its own", async () => {
    bench.simulator.faultNext({ kind: "error", error: "provider-error", models: "all" });
    let checks = 0;
    const check = async () => ((checks += 1) === 1 ? failed("did not build") : ({ kind: "passed" } as const));
    const events = await bench.run({ turnId: "the-turn", policy: EAGER, check });
    assert.ok(events.some(({ type }) => type === "climb"));
    assert.equal(seen.length, 3);
    for (const { model, holds } of seen) {
      assert.equal(holds.length, 1, "one request is under way");
      const [hold] = holds;
      assert.deepEqual([hold?.["turn_id"], hold?.["asked_model"]], ["the-turn", model]);
      assert.ok(Number(hold?.["amount_nano"]) > 0);
    }
    assert.equal(new Set(seen.map(({ holds }) => holds[0]?.["id"])).size, 3);
  });

  it("whatever in the editor asks", async () => {
    for (const surface of SURFACES) await bench.run({ surface });
    assert.deepEqual(
      seen.map(({ holds }) => holds.map((hold) => hold["surface"])),
      SURFACES.map((surface) => [surface]),
    );
  });
});

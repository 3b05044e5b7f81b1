import assert from "node:assert/strict";
import type { Attribution } from "../../src/turn/turnRequest.ts";
import { type TurnBench, openTurnBench } from "./turnBench.ts";

describe("what a request says about whose it is", () => {
  let bench: TurnBench;
  beforeEach(async () => {
    bench = await openTurnBench();
  });
  afterEach(() => bench.close());

  async function sentWith(attribution?: Attribution): Promise<Record<string, unknown>> {
    await bench.run(attribution === undefined ? {} : { attribution });
    const { body } = bench.simulator.requests.findLast(({ path }) => path.endsWith("/chat/completions")) ?? {};
    assert.ok(typeof body === "object" && body !== null);
    return { ...body };
  }

  it("is the chat's id and nothing of the person, unless they want more or less", async () => {
    const usual = await sentWith();
    assert.deepEqual([usual["session_id"], usual["user"], usual["metadata"]], ["chat-1", undefined, undefined]);
    const none = await sentWith({ user: undefined, sendsSession: false, metadata: {} });
    assert.ok(!("session_id" in none || "user" in none || "metadata" in none));
    const all = await sentWith({ user: "dev-7", sendsSession: true, metadata: { team: "payments" } });
    assert.deepEqual([all["user"], all["session_id"], all["metadata"]], ["dev-7", "chat-1", { team: "payments" }]);
  });
});

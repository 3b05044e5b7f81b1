import assert from "node:assert/strict";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { problem } from "../../src/core/problems/problem.ts";
import { DEFAULT_POLICY } from "../../src/core/routing/routePolicy.ts";
import type { Waybill } from "../../src/core/waybill/waybill.ts";
import { suggestTitle } from "../../src/extension/features/chat/chatTitle.ts";
import type { TurnOrder } from "../../src/extension/platform/engine.ts";
import type { TurnEvent } from "../../src/turn/turnEvent.ts";
import { waybillOf } from "../store/storeFolder.ts";
import { type TurnBench, openTurnBench } from "../turn/turnBench.ts";

const BEGINNING = { chatId: "c", workspace: "w", question: "/explain what a monad is", answer: "A burrito." };
const SIGNAL = new AbortController().signal;
const END: TurnEvent = { type: "turn-end", waybill: waybillOf(toNanoUsd(5)), problem: undefined };

async function titleAfter(...events: readonly (TurnEvent | Error)[]) {
  const orders: TurnOrder[] = [];
  const waybills: Waybill[] = [];
  const title = await suggestTitle(
    BEGINNING,
    {
      runTurn: async function* (order) {
        orders.push(order);
        for (const event of events) {
          if (event instanceof Error) throw event;
          yield event;
        }
      },
      noteWaybill: (waybill) => waybills.push(waybill),
    },
    SIGNAL,
  );
  return { title, orders, waybills };
}

const text = (part: string): TurnEvent => ({ type: "text-delta", text: part });

describe("the title that a model suggests", () => {
  it("comes from one turn for that task, and its cost is told", async () => {
    const { title, orders, waybills } = await titleAfter(text('"Monads, '), text('explained"\n'), END);
    assert.equal(title, "Monads, explained");
    assert.equal(waybills.length, 1);
    const [order] = orders;
    assert.deepEqual([orders.length, order?.taskType, order?.chatId, order?.workspace], [1, "title", "c", "w"]);
    assert.match(String(order?.messages.at(-1)?.content), /what a monad is[^]*A burrito\./);
  });

  const refused: TurnEvent = { type: "turn-refused", problem: problem("No.", "set-budget") };
  const failed: TurnEvent = { type: "turn-failed", problem: problem("No.", "try-again"), waybill: undefined };
  const cut: TurnEvent = { ...END, waybill: waybillOf(toNanoUsd(5), { finish: "length" }) };
  const failures: readonly (readonly [string, readonly (TurnEvent | Error)[]])[] = [
    ["the budget refuses", [refused]],
    ["nobody answers", [failed]],
    ["the answer broke off", [text("Mona"), failed]],
    ["the answer was too long", [text("Well, let me think"), cut]],
    ["the answer is empty", [END]],
    ["the answer has no words", [text('""\n'), END]],
    ["the engine is not there", [new Error("no engine")]],
  ];
  for (const [why, events] of failures) {
    it(`is how the question begins when ${why}`, async () => {
      assert.equal((await titleAfter(...events)).title, "Explain: what a monad is");
    });
  }

  describe("with a gateway", () => {
    let bench: TurnBench;
    beforeEach(async () => (bench = await openTurnBench()));
    afterEach(() => bench.close());

    it("asks for few tokens of a model that costs no more, and has its row in the ledger", async () => {
      const wish = async (order: TurnOrder) => {
        const policy = order.narrow?.({ base: DEFAULT_POLICY, tasks: {} }).base ?? DEFAULT_POLICY;
        return bench.run({ ...order, policy });
      };
      const ports = {
        runTurn: async function* (order: TurnOrder) {
          yield* await wish(order);
        },
        noteWaybill: () => undefined,
      };
      const title = await suggestTitle(BEGINNING, ports, SIGNAL);
      assert.ok(title.length > 0 && title.length <= 60);
      const [row] = bench.rows();
      assert.equal(row?.["task_type"], "title");
      assert.equal(bench.openReservations(), 0);
      const bodies = bench.simulator.requests.filter(({ path }) => path.endsWith("/chat/completions"));
      assert.equal(bodies.length, 1);
      assert.match(JSON.stringify(bodies[0]?.body), /"max_tokens\\*":160\b/);
    });
  });
});

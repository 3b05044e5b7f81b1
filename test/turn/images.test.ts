import assert from "node:assert/strict";
import type { MessageImage } from "../../src/core/conversation/messageImage.ts";
import { DEFAULT_POLICY } from "../../src/core/routing/routePolicy.ts";
import { type TurnBench, eventOf, openTurnBench, textOf } from "./turnBench.ts";

const IMAGE: MessageImage = { mimeType: "image/png", base64: "aGVsbG8=", width: 800, height: 600 };
const SEEN = { role: "user", content: "What is wrong in this picture?", images: [IMAGE] } as const;

describe("a turn with a picture", () => {
  let bench: TurnBench;
  beforeEach(async () => {
    bench = await openTurnBench();
  });
  afterEach(() => bench.close());

  it("goes to a model that sees, within its reservation, and costs what is billed", async () => {
    const events = await bench.run({ messages: [SEEN] });
    const { amount, choice } = eventOf(events, "reserved");
    assert.ok(choice.model.inputModalities.includes("image"));
    const { waybill } = eventOf(events, "turn-end");
    assert.ok(textOf(events).length > 20);
    assert.ok(waybill.cost > 0 && waybill.cost <= amount);
    await bench.simulator.settled();
    assert.equal(waybill.cost, bench.simulator.billNanoUsd());
  });

  it("of an earlier question still needs one that sees", async () => {
    const messages = [
      SEEN,
      { role: "assistant", content: "A typing error." },
      { role: "user", content: "Where?" },
    ] as const;
    const { choice } = eventOf(await bench.run({ messages }), "reserved");
    assert.ok(choice.model.inputModalities.includes("image"));
  });

  it("says that a pinned model cannot see it, and sends nothing", async () => {
    const blind = (await bench.services.catalog(new AbortController().signal)).models.find(
      ({ inputModalities, outputModalities }) =>
        !inputModalities.includes("image") && outputModalities.includes("text"),
    );
    assert.ok(blind !== undefined);
    const events = await bench.run({ messages: [SEEN], policy: { ...DEFAULT_POLICY, pin: blind.id } });
    assert.match(eventOf(events, "turn-refused").problem.sentence, /see/i);
    assert.equal(bench.simulator.requests.filter(({ path }) => path.includes("chat")).length, 0);
  });

  it("teaches nothing about the words of its model", async () => {
    const learned: unknown[] = [];
    const ledger = await bench.services.ledger();
    const { tokens } = ledger;
    const learn = tokens.learn.bind(tokens);
    tokens.learn = async (...parameters) => {
      learned.push(parameters);
      await learn(...parameters);
    };
    await bench.run({ messages: [SEEN] });
    assert.deepEqual(learned, []);
    await bench.run();
    assert.equal(learned.length, 1);
  });
});

import assert from "node:assert/strict";
import type { ConversationMessage } from "../../src/core/conversation/conversationMessage.ts";
import { DEFAULT_POLICY, type RoutePolicy } from "../../src/core/routing/routePolicy.ts";
import { type TurnBench, eventOf, openTurnBench } from "./turnBench.ts";

/** A model of the simulator with room for 131,072 tokens. */
const SMALL = "openai/gpt-oss-20b";
const POLICY: RoutePolicy = { ...DEFAULT_POLICY, maxCompletionTokens: 1_024, allow: [[SMALL]] };
const EXCHANGES = 12;

/** Some 20,000 tokens an exchange. */
function conversation(question: string): readonly ConversationMessage[] {
  const long = "The quick brown fox jumps over the lazy dog. ".repeat(1_000);
  const earlier = Array.from({ length: EXCHANGES }, (_none, place): readonly ConversationMessage[] => [
    { role: "user", content: `question ${place}: ${long}` },
    { role: "assistant", content: `answer ${place}: ${long}` },
  ]);
  return [{ role: "system", content: "Be brief." }, ...earlier.flat(), { role: "user", content: question }];
}

describe("a conversation that is too long for every model that may be asked", () => {
  let bench: TurnBench;
  before(async () => {
    bench = await openTurnBench();
  });
  after(() => bench.close());

  const sentMessages = (): unknown => {
    const body = bench.simulator.requests.findLast(({ path }) => path.endsWith("/chat/completions"))?.body;
    assert.ok(typeof body === "object" && body !== null && "messages" in body);
    return body.messages;
  };

  it("is sent without its oldest exchanges, as few as possible, and says so", async () => {
    const messages = conversation("And now?");
    const { waybill } = eventOf(await bench.run({ messages, policy: POLICY }), "turn-end");
    const left = /the (\d+) oldest questions and their answers were left out/.exec(waybill.reasons[0] ?? "")?.[1];
    const count = Number(left);
    assert.ok(count > 0 && count < EXCHANGES, waybill.reasons[0]);
    assert.deepEqual(sentMessages(), [messages[0], ...messages.slice(1 + 2 * count)]);
    const less = { messages: [...messages.slice(0, 1), ...messages.slice(1 + 2 * (count - 1))], policy: POLICY };
    const again = eventOf(await bench.run(less), "turn-end").waybill;
    assert.match(again.reasons[0] ?? "", /so the oldest question and its answer were left out/);
  });

  it("also with a pin", async () => {
    const policy = { ...DEFAULT_POLICY, maxCompletionTokens: 1_024, pin: SMALL };
    const { waybill } = eventOf(await bench.run({ messages: conversation("And now?"), policy }), "turn-end");
    assert.equal(waybill.askedModel, SMALL);
    assert.match(waybill.reasons[0] ?? "", /oldest questions/);
  });

  it("is refused where the question alone is too long", async () => {
    const messages = conversation("word ".repeat(200_000));
    const policy = { ...DEFAULT_POLICY, maxCompletionTokens: 1_024, pin: SMALL };
    const { problem } = eventOf(await bench.run({ messages, policy }), "turn-refused");
    assert.match(problem.sentence, /too small a context window/);
  });

  it("is sent whole where a model takes it", async () => {
    const messages = conversation("And now?");
    const policy = { ...DEFAULT_POLICY, maxCompletionTokens: 1_024 };
    const { waybill } = eventOf(await bench.run({ messages, policy }), "turn-end");
    assert.ok(waybill.reasons.every((reason) => !reason.includes("left out")));
    assert.deepEqual(sentMessages(), messages);
  });
});

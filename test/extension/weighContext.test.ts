import assert from "node:assert/strict";
import { buildChatMessages } from "../../src/core/conversation/buildMessages.ts";
import type { CodeContext, ConversationMessage } from "../../src/core/conversation/conversationMessage.ts";
import { DEFAULT_POLICY, type RoutePolicy } from "../../src/core/routing/routePolicy.ts";
import { type WeighPorts, weighContext } from "../../src/extension/features/chat/mentions/weighContext.ts";
import { routeTurn } from "../../src/turn/routeTurn.ts";
import { type TurnBench, openTurnBench, turnRequest } from "../turn/turnBench.ts";
import { INSTRUCTIONS, pendingItemOf } from "./pendingItemOf.ts";

/** A model of the simulator with room for 131,072 tokens. */
const SMALL = "openai/gpt-oss-20b";
const ONLY_SMALL: RoutePolicy = { ...DEFAULT_POLICY, maxCompletionTokens: 1_024, allow: [[SMALL]] };
const LONG = "The quick brown fox jumps over the lazy dog. ".repeat(500);

describe("what goes along, weighed", () => {
  let bench: TurnBench;
  before(async () => {
    bench = await openTurnBench();
  });
  after(() => bench.close());

  function portsFor(policy: RoutePolicy, history: readonly ConversationMessage[] = []): WeighPorts {
    const { signal } = new AbortController();
    const orderOf = (code: readonly CodeContext[]) =>
      turnRequest({ policy, messages: buildChatMessages(history, "why?", code) });
    return {
      orderWith: orderOf,
      routeKnown: (order) => routeTurn(bench.services, { ...turnRequest({ policy }), ...order }, signal),
    };
  }

  it("has its tokens, the most it can cost, and the share of the window", async () => {
    const items = [INSTRUCTIONS, pendingItemOf("long", { parts: [LONG] })];
    const weighed = await weighContext(portsFor(ONLY_SMALL), items);
    assert.deepEqual(
      weighed.items.map(({ note }) => note),
      [undefined, undefined],
    );
    assert.match(weighed.items[0]?.tokens ?? "", /^\d\d tokens · ≤ \$0\.00000\d+$/);
    assert.match(weighed.items[1]?.tokens ?? "", /^\d\.\dk tokens · ≤ \$0\.000\d+$/);
    assert.match(weighed.meter?.text ?? "", /^\d\.\dk of 131k tokens$/);
    assert.ok((weighed.meter?.share ?? 0) > 0.03 && (weighed.meter?.share ?? 1) < 0.06);
  });

  it("is cut where no model takes it whole, so that the question can be sent", async () => {
    const parts = Array.from({ length: 40 }, (_none, place) => `function f${place}() {} // ${LONG}\n`);
    const items = [INSTRUCTIONS, pendingItemOf("long", { parts, unit: "function" }), pendingItemOf("last")];
    const ports = portsFor(ONLY_SMALL, [
      { role: "user", content: "before" },
      { role: "assistant", content: LONG },
    ]);
    const { items: fitted, meter } = await weighContext(ports, items);
    assert.equal(fitted[0]?.note, undefined);
    assert.match(fitted[1]?.note ?? "", /^last \d+ of 40 functions left out$/);
    assert.deepEqual([fitted[2]?.text, fitted[2]?.note], ["", "left out: too long for the model's window"]);
    assert.match(meter?.text ?? "", /; the oldest question and its answer left out$/);
  });

  it("comes with the offer to condense a chat that has grown long, once the cache has nothing of it", async () => {
    const warm = { modelId: SMALL, promptTokens: 100_000, atMs: 0 };
    const offered = async (condensing: WeighPorts["condensing"], exchanges = 12) => {
      const history = Array.from({ length: exchanges }, (_none, place): ConversationMessage[] => [
        { role: "user", content: `question ${place}` },
        { role: "assistant", content: LONG },
      ]);
      const ports = portsFor(ONLY_SMALL, history.flat());
      const orderWith: WeighPorts["orderWith"] = (code) => ({ ...ports.orderWith(code), warm });
      return (await weighContext({ ...ports, orderWith, ...(condensing && { condensing }) }, [])).meter
        ?.offersCondensing;
    };
    const later = 10 * 60_000;
    assert.equal(await offered({ atPercent: 40, nowMs: later }), true);
    assert.equal(await offered({ atPercent: 40, nowMs: 60_000 }), undefined);
    assert.equal(await offered({ atPercent: 0, nowMs: later }), undefined);
    assert.equal(await offered({ atPercent: 89, nowMs: later }), undefined);
    assert.equal(await offered(undefined), undefined);
    // Here the oldest do not fit any more.
    assert.equal(await offered({ atPercent: 89, nowMs: 60_000 }, 20), true);
    assert.equal(await offered({ atPercent: 0, nowMs: 60_000 }, 20), undefined);
  });

  it("is whole where another model takes it", async () => {
    const parts = Array.from({ length: 40 }, () => LONG);
    const { items } = await weighContext(portsFor({ ...DEFAULT_POLICY, maxCompletionTokens: 1_024 }), [
      pendingItemOf("long", { parts }),
    ]);
    assert.equal(items[0]?.note, undefined);
  });

  it("is whole and without figures where nothing is known of models, or none may be asked", async () => {
    const items = [pendingItemOf("a")];
    const whole = [{ item: items[0], text: "const a = 1;\n" }];
    const unknown = await weighContext({ ...portsFor(DEFAULT_POLICY), routeKnown: async () => undefined }, items);
    assert.deepEqual(unknown, { items: whole });
    assert.deepEqual(await weighContext(portsFor({ ...DEFAULT_POLICY, allow: [["no/such"]] }), items), {
      items: whole,
    });
  });
});

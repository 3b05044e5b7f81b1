import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { DEFAULT_POLICY } from "../../src/core/routing/routePolicy.ts";
import { ComposerPrice, type ComposerPricePorts } from "../../src/extension/features/chat/composerPrice.ts";
import type { RoutingOrder } from "../../src/extension/platform/engine.ts";
import type { ChatChange } from "../../src/protocol/chatMessages.ts";
import { NO_MASKS } from "../../src/turn/maskRequest.ts";
import type { RoutedRequest } from "../../src/turn/routeTurn.ts";
import { catalogOf } from "../core/catalog/catalogOf.ts";
import { choiceOf } from "../core/routing/choiceOf.ts";
import { certainTask } from "../core/tasks/certainTask.ts";

const DEAR = choiceOf("dear", 40_000_000);
const CHEAP = choiceOf("cheap", 5_000_000);

function orderOf(text: string): RoutingOrder {
  return {
    workspace: "w",
    chatId: "c",
    messages: [{ role: "user", content: text }],
    taskType: undefined,
    signals: { text, hasSelection: false, hasDiagnostics: false },
  };
}

const ROUTED: RoutedRequest = {
  decision: {
    kind: "route",
    task: certainTask("question"),
    choice: DEAR,
    stronger: [],
    cheaper: [CHEAP],
    standIns: [],
    free: [],
    explanation: { reasons: [], excluded: {}, candidates: [CHEAP, DEAR] },
  },
  policy: DEFAULT_POLICY,
  catalog: catalogOf(DEAR.model),
  messages: [],
  promptTokensOf: () => ({ expected: 1, atMost: 1, plain: 1 }),
  tokens: new Map(),
  rejected: undefined,
  masks: NO_MASKS,
  standings: [],
};

/** A composer with a draft, whose routes end when they are told to. */
function stage(ports: Partial<ComposerPricePorts> = {}) {
  const changes: ChatChange[] = [];
  const routes: { text: string; end: (routed: RoutedRequest | undefined) => void }[] = [];
  const on = { draft: "", changes, routes };
  const price = new ComposerPrice(
    {
      draftOrder: async () => (on.draft === "" ? undefined : orderOf(on.draft)),
      routeKnown: ({ signals }) => {
        const { promise, resolve } = Promise.withResolvers<RoutedRequest | undefined>();
        routes.push({ text: signals.text, end: resolve });
        return promise;
      },
      gatewayHost: async () => "gateway.example",
      settings: () => ({ onExceed: "downgrade", askAbove: toNanoUsd(10_000_000) }),
      pass: async (action, { needed }) => ({ allowance: { id: action, amount: needed } }),
      emit: (change) => changes.push(change),
      nowMs: () => 0,
      ...ports,
    },
    0,
  );
  return { ...on, price, type: (text: string) => ((on.draft = text), price.noteDraft()) };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await wait(1);
}

describe("the price in the composer", () => {
  it("is told once for a draft, and taken away with it", async () => {
    const on = stage();
    on.type("why?");
    await until(() => on.routes.length === 1);
    on.routes[0]?.end(ROUTED);
    await until(() => on.changes.length === 1);
    assert.match(JSON.stringify(on.changes[0]), /with dear/);
    on.type("");
    await until(() => on.changes.length === 2);
    assert.deepEqual(on.changes[1], { kind: "price-changed" });
    assert.equal(on.routes.length, 1, "nothing is routed for an empty draft");
  });

  it("of an older draft is dropped, and drafts in between are not routed at all", async () => {
    const on = stage();
    on.type("a");
    await until(() => on.routes.length === 1);
    on.type("ab");
    on.type("abc");
    on.routes[0]?.end(ROUTED);
    await until(() => on.routes.length === 2);
    assert.deepEqual(on.changes, []);
    on.routes[1]?.end(ROUTED);
    await until(() => on.changes.length === 1);
    assert.deepEqual(
      on.routes.map(({ text }) => text),
      ["a", "abc"],
    );
  });

  it("comes also when the clock was set back by an hour", async () => {
    let nowMs = 3_600_000;
    const on = stage({ nowMs: () => nowMs });
    on.type("a");
    await until(() => on.routes.length === 1);
    on.routes[0]?.end(ROUTED);
    await until(() => on.changes.length === 1);
    nowMs = 0;
    on.type("ab");
    await until(() => on.routes.length === 2);
    assert.equal(on.routes[1]?.text, "ab");
  });

  it("comes back after a draft that could not be priced", async () => {
    let tries = 0;
    const on = stage({
      routeKnown: async () => {
        tries += 1;
        if (tries === 1) throw new Error("the ledger is busy");
        return ROUTED;
      },
    });
    on.type("a");
    await until(() => tries === 1);
    on.type("ab");
    await until(() => on.changes.length === 1);
    assert.match(JSON.stringify(on.changes[0]), /with dear/);
  });

  it("is none without a model list, nor where it cannot be told", async () => {
    const on = stage();
    on.type("a");
    await until(() => on.routes.length === 1);
    on.routes[0]?.end(undefined);
    const failing = stage({ routeKnown: () => Promise.reject(new Error("no address")) });
    failing.type("a");
    assert.deepEqual(await failing.price.leaveToSend(orderOf("a"), undefined), {});
    assert.deepEqual([on.changes, failing.changes], [[], []]);
  });
});

describe("sending a dear question", () => {
  const routeKnown = async () => ROUTED;

  it("is asked about first, and goes on with the person's answer to that very question", async () => {
    for (const answer of ["send-anyway", "ask-cheaper"] as const) {
      const { price, changes } = stage({ routeKnown });
      assert.equal(await price.leaveToSend(orderOf("a"), undefined), undefined);
      const [asked] = changes;
      assert.ok(asked?.kind === "ask-changed");
      assert.deepEqual(asked.ask?.alternatives, [{ id: "ask-cheaper", label: "Cheaper: cheap for about $0.0050" }]);
      const leave = await price.leaveToSend(orderOf("a"), answer);
      assert.deepEqual(leave, { allowance: { id: answer, amount: DEAR.worstCase } });
      assert.deepEqual(changes.at(-1), { kind: "ask-changed" });
      assert.equal(await price.leaveToSend(orderOf("a"), answer), undefined, "an answer counts once");
    }
  });

  it("is asked about anew when the text is another, and when nobody was asked", async () => {
    const { price } = stage({ routeKnown });
    assert.equal(await price.leaveToSend(orderOf("a"), "send-anyway"), undefined);
    assert.equal(await price.leaveToSend(orderOf("b"), "send-anyway"), undefined);
  });

  it("is not asked about up to the amount", async () => {
    const settings = () => ({ onExceed: "downgrade", askAbove: DEAR.worstCase }) as const;
    const { price, changes } = stage({ routeKnown, settings });
    assert.deepEqual(await price.leaveToSend(orderOf("a"), undefined), {});
    assert.deepEqual(changes, []);
  });
});

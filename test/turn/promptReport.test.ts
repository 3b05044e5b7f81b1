import assert from "node:assert/strict";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { presentWaybill } from "../../src/core/waybill/presentWaybill.ts";
import type { ChatEvent } from "../../src/gateway/chatEvent.ts";
import type { Gateway } from "../../src/gateway/gateway.ts";
import { runTurn } from "../../src/turn/runTurn.ts";
import type { TurnServices } from "../../src/turn/turnRequest.ts";
import { type TurnBench, collect, eventOf, openTurnBench, turnRequest } from "./turnBench.ts";

const TEXT = "Explain how crates are counted when a ship comes in late. ".repeat(40);
const MESSAGES = [{ role: "user", content: TEXT }] as const;

describe("the prompt tokens that an answer reports", function () {
  this.timeout(20_000);

  let bench: TurnBench;
  beforeEach(async () => {
    bench = await openTurnBench();
  });
  afterEach(() => bench.close());

  const run = async (services: TurnServices) => {
    const events = await collect(runTurn(services, turnRequest({ messages: MESSAGES }), new AbortController().signal));
    return { held: eventOf(events, "reserved").amount, waybill: eventOf(events, "turn-end").waybill };
  };
  const learned = () => bench.ledger.tokens.of(bench.services.gateway.origin);

  it("are learned, and are no news while they are below the bound", async () => {
    const { waybill } = await run(bench.services);
    const [known] = (await learned()).values();
    assert.equal(known?.weight, 1);
    assert.equal(known.raise, 1);
    assert.equal(waybill.promptTokensAtMost, undefined);
    assert.equal(presentWaybill(waybill).alarm, undefined);
  });

  it("are told of once when they pass the bound, and the next reservation is larger", async () => {
    const told: number[] = [];
    const services: TurnServices = {
      ...bench.services,
      gateway: reporting(bench.services.gateway, (tokens) => Math.round(tokens * 2.8)),
      reportLongPrompt: (_modelId, tokensAbove) => told.push(tokensAbove),
    };
    const first = await run(services);
    assert.match(
      presentWaybill(first.waybill).alarm ?? "",
      /longer than counted on: [\d,]+ tokens instead of at most [\d,]+\./,
    );
    assert.equal(told.length, 1);
    const second = await run(services);
    assert.equal(second.waybill.askedModel, first.waybill.askedModel);
    assert.ok(second.held > first.held);
    assert.equal(second.waybill.promptTokensAtMost, undefined);
    assert.equal(told.length, 1);
  });

  it("teach nothing when the answer came from a cache", async () => {
    await run({ ...bench.services, gateway: reporting(bench.services.gateway, () => 0) });
    assert.equal((await learned()).size, 0);
  });

  it("cost no answer when they cannot be kept or read", async () => {
    const refuse = () => Promise.reject(new WaybillError("ledger-busy", "locked"));
    Object.assign(bench.ledger.tokens, { of: refuse, learn: refuse });
    const { waybill } = await run(bench.services);
    assert.equal(waybill.costSource, "billed");
  });
});

/** The same gateway with other numbers of prompt tokens. */
function reporting(gateway: Gateway, promptTokens: (reported: number) => number): Gateway {
  const change = (event: ChatEvent): ChatEvent =>
    event.type === "finish" && event.usage !== undefined
      ? { ...event, usage: { ...event.usage, promptTokens: promptTokens(event.usage.promptTokens) } }
      : event;
  return {
    origin: gateway.origin,
    address: gateway.address,
    host: gateway.host,
    maxFallbackModels: gateway.maxFallbackModels,
    keyName: gateway.keyName,
    isLocal: gateway.isLocal,
    hasEndpoints: gateway.hasEndpoints,
    lookUp: (path, signal) => gateway.lookUp(path, signal),
    async *streamChat(request, signal) {
      for await (const batch of gateway.streamChat(request, signal)) yield batch.map(change);
    },
    fetchCatalog: (signal) => gateway.fetchCatalog(signal),
    refreshCatalog: (known, signal) => gateway.refreshCatalog(known, signal),
    openCatalog: (text, fetchedAtMs) => gateway.openCatalog(text, fetchedAtMs),
    fetchKeyStatus: (signal) => gateway.fetchKeyStatus(signal),
    fetchGeneration: (id, signal) => gateway.fetchGeneration(id, signal),
  };
}

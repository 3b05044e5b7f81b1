import assert from "node:assert/strict";
import fc from "fast-check";
import { failed } from "../../src/core/checks/checkVerdict.ts";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import type { SentRequest } from "../../src/core/outbox/sentRequest.ts";
import { DEFAULT_POLICY } from "../../src/core/routing/routePolicy.ts";
import { SecretVault } from "../../src/core/secrets/secretVault.ts";
import { tightenPolicies } from "../../src/core/routing/tightenPolicy.ts";
import { runTurn } from "../../src/turn/runTurn.ts";
import type { TurnServices } from "../../src/turn/turnRequest.ts";
import type { Fault } from "../simulator/startSimulator.ts";
import { type TurnBench, type TurnWish, collect, eventOf, openTurnBench, turnRequest } from "./turnBench.ts";

const fault: fc.Arbitrary<Fault> = fc.constantFrom<Fault>(
  { kind: "error", error: "provider-error" },
  { kind: "error", error: "overloaded", models: "all" },
  { kind: "error", error: "upstream-rate-limit" },
  { kind: "error", error: "fewer-max-tokens" },
  { kind: "cut", afterChunks: 2 },
  { kind: "answer", content: "" },
);

describe("a request that leaves", function () {
  this.timeout(60_000);
  let bench: TurnBench;
  let listed: SentRequest[];
  let problem: WaybillError | undefined;
  beforeEach(async () => {
    bench = await openTurnBench({ timeouts: { headMs: 3_000, idleMs: 3_000 } });
    [listed, problem] = [[], undefined];
  });
  afterEach(() => bench.close());

  const chats = () => bench.simulator.requests.filter(({ path }) => path.includes("chat"));

  /** What is listed, and what was at the gateway when it was. */
  const outboxOf = (keepsText: boolean): NonNullable<TurnServices["outbox"]> => ({
    keepsText,
    note: async (sent) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      assert.equal(chats().length, listed.length, "it was listed after it had left");
      if (problem !== undefined) throw problem;
      listed.push(sent);
    },
  });

  function run(wish: TurnWish = {}, { keepsText = false, isLocal = true } = {}) {
    const gateway = new Proxy(bench.services.gateway, {
      get: (target, name) => (name === "isLocal" ? isLocal : Reflect.get(target, name)),
    });
    const services = { ...bench.services, gateway, outbox: outboxOf(keepsText) };
    return collect(runTurn(services, turnRequest(wish), new AbortController().signal));
  }

  it("is listed before, with as many bytes as the gateway gets, whatever fails, stands in or climbs", async () => {
    let others = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { maxLength: 4 }), async (faults) => {
        bench.simulator.reset();
        listed = [];
        bench.simulator.faultNext(faults);
        const policy = {
          ...DEFAULT_POLICY,
          maxCompletionTokens: 1_024,
          fallbackPriceFactor: 3,
          climb: "on-failed-check" as const,
          climbBudget: toNanoUsd(1_000_000_000),
        };
        await run({ policy, check: async () => failed("is not what was asked for") });
        const sizes = chats().map(({ headers }) => Number(headers["content-length"]));
        assert.deepEqual(
          listed.map(({ bytes }) => bytes),
          sizes,
        );
        assert.deepEqual(
          listed.map(({ attempt }) => attempt),
          sizes.map((_, place) => place + 1),
        );
        others += sizes.length - 1;
      }),
      { numRuns: 12 },
    );
    assert.ok(others > 5, `${others} requests that were not the first of their turn`);
  });

  it("is listed with whom it went to and what was asked of them", async () => {
    const policies = tightenPolicies({ base: DEFAULT_POLICY, tasks: {} }, { privacy: "zero-retention" });
    const events = await run({ policies });
    const [sent] = listed;
    assert.equal(sent?.models[0], eventOf(events, "turn-end").waybill.askedModel);
    assert.equal(sent?.gatewayOrigin, bench.simulator.origin);
    assert.deepEqual([sent?.privacy, sent?.rules], ["zero-retention", { dataCollection: "deny", zdr: true }]);
    assert.deepEqual(sent?.items, [{ what: "question", label: "", bytes: 31 }]);
    assert.equal("text" in (sent ?? {}), false);
  });

  it("keeps its text where the person wants it, without pictures, and never the key", async () => {
    const image = { mimeType: "image/png", base64: "iVBORw0KGgo=", width: 1, height: 1 } as const;
    const messages = [{ role: "user", content: "What is this?", images: [image] }] as const;
    await run({ messages }, { keepsText: true });
    const text = listed[0]?.text ?? "";
    assert.match(text, /What is this\?/);
    assert.match(text, /\(picture\)/);
    assert.equal(text.includes(image.base64), false);
    assert.equal(JSON.stringify(listed).includes(bench.simulator.key), false);
  });

  it("does not leave where it cannot be listed, costs nothing, and is not tried with another model", async () => {
    problem = new WaybillError("outbox-unusable", "No", { detail: "its file is read-only", isUncharged: true });
    const { problem: told, waybill } = eventOf(await run({}, { isLocal: false }), "turn-failed");
    assert.equal(
      told.sentence,
      "The list of what was sent cannot be used (its file is read-only), so nothing leaves this machine. Nothing was sent, and your text is kept.",
    );
    assert.equal(told.action.id, "try-again");
    assert.equal(waybill, undefined);
    assert.deepEqual([chats().length, bench.rows().length, bench.openReservations()], [0, 0, 0]);
  });

  it("does not say that nothing was sent where an earlier one of its turn was", async () => {
    bench.simulator.faultNext({ kind: "error", error: "provider-error" });
    const unusable = new WaybillError("outbox-unusable", "No", { isUncharged: true });
    const outbox = outboxOf(false);
    const note: typeof outbox.note = async (sent) => (listed.length > 0 ? Promise.reject(unusable) : outbox.note(sent));
    const gateway = new Proxy(bench.services.gateway, {
      get: (target, name) => (name === "isLocal" ? false : Reflect.get(target, name)),
    });
    const services = { ...bench.services, gateway, outbox: { keepsText: false, note } };
    const events = await collect(runTurn(services, turnRequest(), new AbortController().signal));
    const { sentence } = eventOf(events, "turn-failed").problem;
    assert.match(sentence, /so nothing leaves this machine\. It was tried 2 times\. Nothing was charged/);
    assert.equal(chats().length, 1);
  });

  it("is listed with its placeholders, and with how many secrets they stand for", async () => {
    const vault = new SecretVault("t3st");
    const services = { ...bench.services, vault, outbox: outboxOf(true) };
    const content = "Why does sk-or-v1-fedcba9876543210fedcba9876543210 not work?";
    const request = turnRequest({ messages: [{ role: "user", content }] });
    eventOf(await collect(runTurn(services, request, new AbortController().signal)), "turn-end");
    assert.deepEqual(
      listed.map(({ maskedSecrets }) => maskedSecrets),
      [1],
    );
    assert.match(listed[0]?.text ?? "", /Why does \[\[secret-t3st-1\]\] not work/);
    assert.doesNotMatch(JSON.stringify(listed), /fedcba98/);
  });

  it("goes to a gateway on this machine all the same", async () => {
    problem = new WaybillError("outbox-unusable", "No", { isUncharged: true });
    eventOf(await run(), "turn-end");
    assert.equal(chats().length, 1);
  });
});

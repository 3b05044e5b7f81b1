import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAborted } from "../../src/core/errors/waybillError.ts";
import { DEFAULT_POLICY, type PolicySet, type RoutePolicy } from "../../src/core/routing/routePolicy.ts";
import type { Gateway } from "../../src/gateway/gateway.ts";
import { createOpenRouterGateway } from "../../src/gateway/openRouterGateway.ts";
import { selectTransport } from "../../src/gateway/selectTransport.ts";
import { openCatalogCache } from "../../src/store/catalogCache.ts";
import { EndpointSource } from "../../src/turn/endpointSource.ts";
import { routeTurn } from "../../src/turn/routeTurn.ts";
import { runTurn } from "../../src/turn/runTurn.ts";
import type { Simulator } from "../simulator/startSimulator.ts";
import { type TurnBench, collect, eventOf, openTurnBench, turnRequest } from "./turnBench.ts";

const MINUTE_MS = 60 * 1000;
const HOUR_MS = 60 * MINUTE_MS;
const NEVER = new AbortController().signal;
/** Served by deepinfra/fp8, deepseek and novita at $0.08, $0.10 and $0.14 for a million tokens. */
const FLASH = "deepseek/deepseek-v4-flash-0731";

describe("who serves the models", () => {
  let bench: TurnBench;
  let simulator: Simulator;
  let folder: string;
  let nowMs: number;
  let mayAsk: boolean;
  let gateway: Gateway;
  const sources: EndpointSource[] = [];

  before(async () => {
    bench = await openTurnBench();
    ({ simulator } = bench);
  });
  beforeEach(async () => {
    simulator.reset();
    folder = mkdtempSync(join(tmpdir(), "waybill-endpoints-"));
    nowMs = Date.UTC(2026, 10, 21, 12);
    mayAsk = true;
    ({ gateway } = bench.services);
    await gateway.fetchCatalog(NEVER);
  });
  afterEach(() => {
    for (const source of sources.splice(0)) source.close();
    rmSync(folder, { recursive: true, force: true });
  });
  after(() => bench.close());

  function openWindow(): EndpointSource {
    const source = new EndpointSource({ cache: openCatalogCache(folder), now: () => nowMs, mayAsk: () => mayAsk });
    sources.push(source);
    return source;
  }

  const paths = () =>
    simulator.requests.map(({ path }) => path.replace("/api/v1", "")).filter((path) => path.includes("endpoints"));

  async function routeWith(source: EndpointSource | undefined, rules: Partial<RoutePolicy> = {}) {
    const policies: PolicySet = { base: { ...DEFAULT_POLICY, ...rules }, tasks: {} };
    const services = { ...bench.services, endpoints: () => source?.rules(gateway) };
    const { decision } = await routeTurn(services, turnRequest({ policies }), NEVER);
    return { decision, policies };
  }

  async function learn(source: EndpointSource, rules: Partial<RoutePolicy> = {}): Promise<void> {
    await source.learnFrom(gateway, await routeWith(source, rules));
  }

  it("is looked up for what a turn chose from, and for nothing else", async () => {
    const { decision } = await routeWith(undefined);
    assert.ok(decision.kind === "route");
    const { choice, stronger, standIns } = decision;
    const ids = [choice, ...stronger, ...standIns].map(({ model }) => model.id);
    assert.deepEqual(paths(), [], "routing asks nobody");
    await learn(openWindow());
    assert.deepEqual(paths().toSorted(), [...new Set(ids)].map((id) => `/models/${id}/endpoints`).toSorted());
    assert.ok(ids.length > 1 && ids.length <= 8);
  });

  it("is known for an hour, to the next window, too", async () => {
    const source = openWindow();
    await learn(source);
    const asked = paths().length;
    nowMs += HOUR_MS - 1;
    await learn(source);
    await learn(openWindow());
    assert.equal(paths().length, asked);
    nowMs += 1;
    await learn(source);
    assert.equal(paths().length, 2 * asked);
  });

  it("takes a model out whose providers are all down, and asks again after ten minutes", async () => {
    const source = openWindow();
    simulator.takeDown("deepinfra/fp8", "deepseek", "novita");
    await learn(source);
    const { decision } = await routeWith(source);
    assert.ok(decision.kind === "route");
    assert.notEqual(decision.choice.model.id, FLASH);
    assert.equal(decision.explanation.excluded["no-provider"], 1);
    nowMs += 10 * MINUTE_MS;
    const later = await routeWith(source);
    assert.ok(later.decision.kind === "route");
    assert.equal(later.decision.choice.model.id, FLASH, "it counts as back until it is known better");
    await source.learnFrom(gateway, later);
    assert.equal(paths().filter((path) => path.includes(FLASH)).length, 2);
  });

  it("lets a dearer provider serve within the factor; what is reserved rises with it", async () => {
    const source = openWindow();
    await learn(source);
    const services = { ...bench.services, endpoints: () => source.rules(gateway) };
    const only = { pin: FLASH, provider: { only: ["novita"] }, maxCompletionTokens: 1_024 };
    const run = (providerPriceFactor: number) => {
      const policy: RoutePolicy = { ...DEFAULT_POLICY, ...only, providerPriceFactor };
      return collect(runTurn(services, turnRequest({ policy }), NEVER));
    };
    const [cheap, dear] = [await run(1), await run(2)];
    assert.equal(eventOf(cheap, "turn-failed").problem.sentence.includes("price ceiling"), true);
    const { cost, costSource, provider } = eventOf(dear, "turn-end").waybill;
    assert.deepEqual([costSource, provider], ["billed", "Novita"]);
    const reserved = (events: typeof dear) => eventOf(events, "attempt-start").choice.worstCase;
    assert.ok(cost <= reserved(dear) && reserved(dear) > reserved(cheap));
    assert.ok(reserved(dear) <= 2 * reserved(cheap));
  });

  it("knows who keeps nothing once a rule demands it, and rules the others out", async () => {
    const source = openWindow();
    const rules: Partial<RoutePolicy> = { provider: { zdr: true } };
    await learn(source);
    assert.ok(!paths().includes("/endpoints/zdr"));
    const before = await routeWith(source, rules);
    assert.equal(before.decision.explanation.excluded["no-zdr"], undefined, "not known yet, so the gateway decides");
    await source.learnFrom(gateway, before);
    assert.equal(paths().filter((path) => path === "/endpoints/zdr").length, 1);
    const { decision } = await routeWith(source, rules);
    assert.ok(decision.kind === "route");
    assert.ok((decision.explanation.excluded["no-zdr"] ?? 0) > 0);
    const list = await openWindow().zeroRetention(gateway, NEVER);
    assert.ok(list.tagsByModel.has(decision.choice.model.id));
    assert.equal(paths().filter((path) => path === "/endpoints/zdr").length, 1, "the disk has it");
  });

  it("is read with odd rows in it, and then rules nothing out", async () => {
    const source = openWindow();
    simulator.takeDown("deepinfra/fp8", "deepseek", "novita");
    simulator.faultNext({ kind: "malformed-catalog", on: "endpoints" });
    const list = await source.endpointsOf(gateway, FLASH, NEVER);
    assert.deepEqual([list?.endpoints.length, list?.skippedRows], [3, 5]);
    const { decision } = await routeWith(source);
    assert.equal(decision.kind === "route" && decision.choice.model.id, FLASH);
  });

  it("takes a list of who keeps nothing with odd rows in it", async () => {
    simulator.faultNext({ kind: "malformed-catalog", on: "endpoints" });
    const { tagsByModel, skippedRows } = await openWindow().zeroRetention(gateway, NEVER);
    assert.ok(tagsByModel.size > 10);
    assert.equal(skippedRows, 5);
  });

  it("stays unknown and quiet for a while after a failure", async () => {
    const source = openWindow();
    const failure = { kind: "http", on: "endpoints", status: 500, body: {} } as const;
    const routed = await routeWith(source);
    simulator.faultNext([failure, failure]);
    await source.learnFrom(gateway, routed);
    const asked = paths().length;
    assert.ok(asked <= 2, "nobody else asks after the first failure");
    await source.learnFrom(gateway, routed);
    assert.equal(paths().length, asked);
    nowMs += 5 * MINUTE_MS;
    await source.learnFrom(gateway, routed);
    assert.ok(paths().length > asked);
  });

  it("is not looked up while requests wait for their turn, nor after the window has closed", async () => {
    const source = openWindow();
    mayAsk = false;
    await learn(source);
    mayAsk = true;
    source.close();
    await learn(source);
    assert.deepEqual(paths(), []);
  });

  it("ends a look-up with the window", async () => {
    const source = openWindow();
    const failed = assert.rejects(source.endpointsOf(gateway, FLASH, NEVER), isAborted);
    source.close();
    await failed;
  });

  it("is asked again with another key", async () => {
    const source = openWindow();
    await source.endpointsOf(gateway, FLASH, NEVER);
    nowMs += 1;
    source.expire();
    nowMs += 1;
    await source.endpointsOf(gateway, FLASH, NEVER);
    await source.endpointsOf(gateway, FLASH, NEVER);
    assert.equal(paths().length, 2);
  });

  it("is no list for a model that the gateway does not know, or whose name would lead elsewhere", async () => {
    const source = openWindow();
    assert.equal(await source.endpointsOf(gateway, "no/such", NEVER), undefined);
    assert.equal(await source.endpointsOf(gateway, "no/such", NEVER), undefined);
    for (const id of ["../key", "a/../../key", "a?b", "a//b", "", "a/b#c", "."]) {
      assert.equal(await source.endpointsOf(gateway, id, NEVER), undefined);
    }
    assert.deepEqual(paths(), ["/models/no/such/endpoints"]);
  });

  it("is not asked of a server that only speaks the plain dialect", async () => {
    const baseUrl = new URL(simulator.baseUrl);
    const plain = createOpenRouterGateway({
      baseUrl,
      transport: selectTransport("host", baseUrl).send,
      credential: async () => undefined,
      now: () => nowMs,
    });
    const source = openWindow();
    await source.learnFrom(plain, await routeWith(undefined));
    assert.equal(await source.endpointsOf(plain, FLASH, NEVER), undefined);
    assert.deepEqual(paths(), []);
  });
});

import assert from "node:assert/strict";
import type { CatalogAnswer } from "../../src/gateway/catalogAnswer.ts";
import type { Gateway } from "../../src/gateway/gateway.ts";
import { capabilitiesOf } from "../../src/gateway/gatewayCapabilities.ts";
import type { GatewayDialect } from "../../src/gateway/gatewayDialect.ts";
import { createOpenRouterGateway } from "../../src/gateway/openRouterGateway.ts";
import { type TransportChoice, type TransportSelection, selectTransport } from "../../src/gateway/selectTransport.ts";
import { type Simulator, startSimulator } from "../simulator/startSimulator.ts";

const SIGNAL = new AbortController().signal;

describe("the model list, asked for again", () => {
  let simulator: Simulator;
  let transports: TransportSelection[];
  before(async () => {
    simulator = await startSimulator({ pace: "instant", now: () => Date.UTC(2026, 10, 21, 12) });
  });
  beforeEach(() => {
    simulator.reset();
    transports = [];
  });
  afterEach(() => Promise.all(transports.map((transport) => transport.close())));
  after(() => simulator.close());

  interface Wish {
    readonly dialect?: GatewayDialect;
    readonly transport?: TransportChoice;
    readonly key?: string | undefined;
  }

  function gatewayWith({ dialect = "openrouter", transport = "host", key }: Wish = {}): Gateway {
    const baseUrl = new URL(simulator.baseUrl);
    const selected = selectTransport(transport, baseUrl);
    transports.push(selected);
    const capabilities = capabilitiesOf(dialect);
    return createOpenRouterGateway({
      baseUrl,
      transport: selected.send,
      credential: async () => (key === undefined ? undefined : { origin: baseUrl.origin, key }),
      now: () => 1_000,
      ...(capabilities === undefined ? {} : { capabilities }),
    });
  }

  const paths = () => simulator.requests.map(({ path }) => path.replace("/api/v1", ""));

  function assertList(answer: CatalogAnswer): Extract<CatalogAnswer, { kind: "list" }> {
    assert.ok(answer.kind === "list" && answer.catalog.models.length > 30);
    return answer;
  }

  const check = (name: string, wish: () => Wish, expected: readonly string[]) =>
    it(`is that of ${name}`, async () => {
      const answer = assertList(await gatewayWith(wish()).refreshCatalog(undefined, SIGNAL));
      assert.deepEqual(paths(), expected);
      assert.equal(answer.version.path, expected.at(-1));
    });

  check("the key where there is one", () => ({ key: simulator.key }), ["/models/user"]);
  check("everybody without a key", () => ({}), ["/models"]);
  check("everybody where the gateway speaks the plain dialect", () => ({ key: simulator.key, dialect: "plain" }), [
    "/models",
  ]);

  it("is that of the key from the second time on where the first has shown what the gateway is", async () => {
    const gateway = gatewayWith({ key: simulator.key, dialect: "auto" });
    await gateway.fetchCatalog(SIGNAL);
    await gateway.fetchCatalog(SIGNAL);
    assert.deepEqual(paths(), ["/models", "/models/user"]);
  });

  for (const status of [403, 404, 405]) {
    it(`is that of everybody where the one of the key answers ${status}`, async () => {
      simulator.faultNext({ kind: "http", status, on: "models" });
      assertList(await gatewayWith({ key: simulator.key }).refreshCatalog(undefined, SIGNAL));
      assert.deepEqual(paths(), ["/models/user", "/models"]);
    });
  }

  it("is not had with a key that is refused, and another list is not tried for it", async () => {
    await assert.rejects(gatewayWith({ key: "sk-or-v1-wrong" }).refreshCatalog(undefined, SIGNAL), { code: "auth" });
    assert.deepEqual(paths(), ["/models/user"]);
  });

  for (const transport of ["host", "direct"] as const) {
    it(`is not sent again while it is the same (transport ${transport})`, async () => {
      const gateway = gatewayWith({ key: simulator.key, transport });
      const { version } = assertList(await gateway.refreshCatalog(undefined, SIGNAL));
      assert.deepEqual(await gateway.refreshCatalog(version, SIGNAL), { kind: "unchanged" });
      simulator.faultNext({ kind: "malformed-catalog" });
      assertList(await gateway.refreshCatalog(version, SIGNAL));
      assert.equal(simulator.requests.at(-1)?.headers["if-none-match"], version.etag);
      assert.deepEqual(await gateway.refreshCatalog(version, SIGNAL), { kind: "unchanged" });
    });
  }

  it("is asked for whole where the known one is of another list, or has marks that no header can carry", async () => {
    const gateway = gatewayWith({ key: simulator.key });
    const { version } = assertList(await gateway.refreshCatalog(undefined, SIGNAL));
    assertList(await gateway.refreshCatalog({ ...version, path: "/models" }, SIGNAL));
    assertList(await gateway.refreshCatalog({ ...version, etag: "\n", lastModified: "ü" }, SIGNAL));
    assert.ok(simulator.requests.every(({ headers }) => headers["if-none-match"] === undefined));
  });

  it("is an error where the gateway says unchanged and was not asked that", async () => {
    simulator.faultNext({ kind: "http", status: 304, on: "models" });
    await assert.rejects(gatewayWith().refreshCatalog(undefined, SIGNAL), { name: "WaybillError" });
  });

  it("can be read again from its text, which tells what the gateway understands", async () => {
    const { text, catalog } = assertList(await gatewayWith().refreshCatalog(undefined, SIGNAL));
    const later = gatewayWith({ dialect: "auto" });
    assert.equal(later.maxFallbackModels, 0);
    assert.deepEqual(later.openCatalog(text, 1_000), catalog);
    assert.equal(later.maxFallbackModels, 2);
    assert.throws(() => later.openCatalog(text.slice(1), 0), { code: "protocol" });
  });
});

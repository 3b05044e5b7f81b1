import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_KEY_NAME } from "../../src/core/keys/keyName.ts";
import type { Catalog } from "../../src/core/catalog/catalogModel.ts";
import type { Gateway } from "../../src/gateway/gateway.ts";
import { createOpenRouterGateway } from "../../src/gateway/openRouterGateway.ts";
import { selectTransport } from "../../src/gateway/selectTransport.ts";
import type { Transport } from "../../src/gateway/transport.ts";
import { openCatalogCache } from "../../src/store/catalogCache.ts";
import { type CatalogEvent, CatalogSource, type ModelsInUse } from "../../src/turn/catalogSource.ts";
import { newsOfModels } from "../../src/turn/newsOfModels.ts";
import { type Simulator, startSimulator } from "../simulator/startSimulator.ts";

const MINUTE_MS = 60 * 1000;
const HOUR_MS = 60 * MINUTE_MS;
const NEVER = new AbortController().signal;
/** A model of the simulator's list. */
const USED = "anthropic/claude-haiku-4.5";

/** One machine: a gateway, a disk, and windows. Its clock stands still unless it is moved. */
class Machine {
  readonly folder = mkdtempSync(join(tmpdir(), "waybill-catalogs-"));
  readonly simulator: Simulator;
  nowMs = Date.UTC(2026, 10, 21, 12);
  isNetworkAway = false;
  /** Changes an answer on its way. The gateway's marks of it are then dropped, being of another one. */
  rewrite: ((body: string) => string) | undefined;
  readonly #sources: CatalogSource[] = [];

  constructor(simulator: Simulator) {
    this.simulator = simulator;
  }

  openWindow(
    { pinned = [], used = [USED], keyName }: Partial<ModelsInUse> & { keyName?: string } = {},
    gateway = this.#gateway("https://gateway.example", keyName),
  ): Window {
    const events: CatalogEvent[] = [];
    const source = new CatalogSource({
      cache: openCatalogCache(this.folder),
      now: () => this.nowMs,
      modelsInUse: async () => ({ pinned, used }),
      loadComparison: async () => ({ newsOfModels }),
      report: (event) => events.push(event),
    });
    this.#sources.push(source);
    return { source, gateway, events, ask: (signal = NEVER, wanted) => source.catalog(gateway, signal, wanted) };
  }

  get requests(): number {
    return this.simulator.requests.length;
  }

  cacheFile(): string {
    const [name, ...others] = readdirSync(this.folder).filter((file) => file.endsWith(".json"));
    assert.ok(name !== undefined && others.length === 0);
    return join(this.folder, name);
  }

  remove(): void {
    for (const source of this.#sources) source.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A window whose gateway is on its own machine. */
  openLocalWindow(): Window {
    return this.openWindow({}, this.#gateway(this.simulator.origin));
  }

  /** Whatever its address, the simulator answers. */
  #gateway(origin: string, keyName = DEFAULT_KEY_NAME): Gateway {
    const baseUrl = new URL(this.simulator.baseUrl.replace(this.simulator.origin, origin));
    const { send } = selectTransport("host", baseUrl);
    const transport: Transport = async (request) => {
      if (this.isNetworkAway) throw Object.assign(new Error("no network"), { code: "ENOTFOUND" });
      const response = await send({ ...request, url: request.url.replace(origin, this.simulator.origin) });
      const { rewrite } = this;
      return rewrite === undefined
        ? response
        : { status: response.status, header: () => undefined, body: rewritten(response.body, rewrite) };
    };
    return createOpenRouterGateway({
      baseUrl,
      transport,
      credential: async () => ({ origin: baseUrl.origin, key: this.simulator.key, keyName }),
      keyName,
      now: () => this.nowMs,
    });
  }
}

async function* rewritten(
  body: AsyncIterable<Uint8Array>,
  rewrite: (body: string) => string,
): AsyncGenerator<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  yield Buffer.from(rewrite(Buffer.concat(chunks).toString()));
}

interface Window {
  readonly source: CatalogSource;
  readonly gateway: Gateway;
  readonly events: readonly CatalogEvent[];
  ask(signal?: AbortSignal, wanted?: string): Promise<Catalog>;
}

/** Waits for what runs beside a turn. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.fail("it did not happen in two seconds");
}

function rewriteRows(change: (row: Record<string, unknown>) => Record<string, unknown> | undefined) {
  return (body: string) => {
    const list = JSON.parse(body) as { data: (Record<string, unknown> | null)[] };
    return JSON.stringify({ ...list, data: list.data.flatMap((row) => (row === null ? [row] : (change(row) ?? []))) });
  };
}

function hasModel({ models }: Catalog, modelId: string): boolean {
  return models.some(({ id }) => id === modelId);
}

function dearer(row: Record<string, unknown>): Record<string, unknown> {
  return row["id"] === USED ? { ...row, pricing: { prompt: "0.0009", completion: "0.0009" } } : row;
}

describe("the model list", () => {
  let simulator: Simulator;
  let machine: Machine;
  before(async () => {
    simulator = await startSimulator({ pace: "instant", now: () => Date.UTC(2026, 10, 21, 12) });
  });
  beforeEach(() => {
    simulator.reset();
    machine = new Machine(simulator);
  });
  afterEach(() => machine.remove());
  after(() => simulator.close());

  it("is kept for each key, since another account may be offered other models", async () => {
    const acme = { keyName: "acme" };
    const [plain, named, again] = [machine.openWindow(), machine.openWindow(acme), machine.openWindow(acme)];
    await plain.ask();
    await named.ask();
    assert.equal(machine.requests, 2);
    await again.ask();
    await plain.ask();
    assert.equal(machine.requests, 2);
  });

  it("is fetched with the first use and then known for an hour, to the next window, too", async () => {
    const window = machine.openWindow();
    assert.equal(machine.requests, 0);
    const first = await window.ask();
    machine.nowMs += HOUR_MS - 1;
    assert.equal(await window.ask(), first);
    assert.deepEqual(await machine.openWindow().ask(), first);
    assert.equal(machine.requests, 1);
  });

  it("that is known already is given without asking anybody, however old it is", async () => {
    const first = machine.openWindow();
    assert.equal(await first.source.known(first.gateway), undefined);
    assert.equal(machine.requests, 0);
    await first.ask();
    const requests = machine.requests;
    machine.nowMs += 48 * HOUR_MS;
    const second = machine.openWindow();
    for (const { source, gateway } of [first, second]) {
      assert.ok((await source.known(gateway))?.models.some(({ id }) => id === USED));
    }
    assert.equal(machine.requests, requests);
  });

  it("of a server on this machine is asked again after half a minute, and at once for a model it lacks", async () => {
    const window = machine.openLocalWindow();
    machine.rewrite = rewriteRows((row) => (row["id"] === USED ? undefined : row));
    const first = await window.ask();
    machine.nowMs += 30_000 - 1;
    await window.ask(NEVER, "anthropic/claude-opus-5");
    assert.equal(machine.requests, 1);
    const still = await window.ask(NEVER, USED);
    assert.equal(machine.requests, 2);
    assert.ok(!hasModel(still, USED), "it is not there yet, and the list is all the same an answer");
    machine.rewrite = undefined;
    assert.ok(hasModel(await window.ask(NEVER, USED), USED));
    assert.equal(machine.requests, 3);
    machine.nowMs += 30_000;
    assert.notEqual(await window.ask(), first, "an old one is answered while another is on its way");
    await until(() => machine.requests === 4);
  });

  it("elsewhere is not asked again for a model it lacks", async () => {
    const window = machine.openWindow();
    await window.ask();
    assert.ok(!hasModel(await window.ask(NEVER, "no/such"), "no/such"));
    assert.equal(machine.requests, 1);
  });

  it("lacking a model is still an answer when the server on this machine is away", async () => {
    const window = machine.openLocalWindow();
    const first = await window.ask();
    machine.isNetworkAway = true;
    assert.equal(await window.ask(NEVER, "no/such"), first);
    assert.equal(window.events.filter(({ type }) => type === "catalog-not-refreshed").length, 1);
    assert.equal(await window.ask(NEVER, "no/such"), first);
    assert.equal(
      window.events.filter(({ type }) => type === "catalog-not-refreshed").length,
      1,
      "once within a minute",
    );
  });

  it("is fetched once for all turns that wait for it", async () => {
    const window = machine.openWindow();
    const [first, ...others] = await Promise.all([window.ask(), window.ask(), window.ask()]);
    assert.ok(others.every((catalog) => catalog === first));
    assert.equal(machine.requests, 1);
  });

  it("that is old is answered at once, while one refresh runs beside", async () => {
    const window = machine.openWindow();
    const old = await window.ask();
    machine.nowMs += HOUR_MS;
    machine.rewrite = rewriteRows((row) => (row["id"] === USED ? undefined : row));
    simulator.faultNext([
      { kind: "all", on: "models", faults: [{ kind: "delay", beforeFirstByteMs: 50 }, { kind: "malformed-catalog" }] },
    ]);
    assert.deepEqual(await Promise.all([window.ask(), window.ask()]), [old, old]);
    await until(() => window.events.length === 2);
    assert.equal(machine.requests, 2);
    const fresh = await window.ask();
    assert.equal(fresh.fetchedAtMs, machine.nowMs);
    assert.equal(fresh.models.length, old.models.length - 1);
    assert.ok(fresh.skippedRows > old.skippedRows, "rows that make no sense are counted");
  });

  it("that has not changed is not sent again, and counts as fresh on the disk, too", async () => {
    const window = machine.openWindow();
    const old = await window.ask();
    // What the gateway is shows with the first list; the second one is that of the key.
    machine.nowMs += HOUR_MS;
    await window.ask();
    await until(() => window.events.length === 2);
    machine.nowMs += HOUR_MS;
    await window.ask();
    await until(() => machine.requests === 3);
    assert.notEqual(simulator.requests.at(-1)?.headers["if-none-match"], undefined);
    await until(() => readFileSync(machine.cacheFile(), "utf8").includes(`"fetchedAtMs":${machine.nowMs}`));
    const other = await machine.openWindow().ask();
    assert.deepEqual(other, { ...old, fetchedAtMs: machine.nowMs });
    assert.equal(machine.requests, 3);
    assert.equal(window.events.length, 2, "nothing new, nothing to report");
  });

  it("fetched by one window serves the other, old as its own may be", async () => {
    const [left, right] = [machine.openWindow(), machine.openWindow()];
    await left.ask();
    await right.ask();
    machine.nowMs += HOUR_MS;
    await left.ask();
    await until(() => left.events.length === 2);
    await until(async () => (await right.ask()).fetchedAtMs === machine.nowMs);
    assert.equal(machine.requests, 2);
  });

  it("survives the network being away, however long, and tells its age", async () => {
    const fetchedAtMs = machine.nowMs;
    await machine.openWindow().ask();
    machine.isNetworkAway = true;
    machine.nowMs += 40 * 24 * HOUR_MS;
    const window = machine.openWindow();
    assert.equal((await window.ask()).fetchedAtMs, fetchedAtMs);
    await until(() => window.events.length === 1);
    assert.equal(window.events[0]?.type, "catalog-not-refreshed");
    assert.equal((await window.ask()).fetchedAtMs, fetchedAtMs);
    assert.equal(window.events.length, 1, "no second try within a minute");
    machine.isNetworkAway = false;
    machine.nowMs += MINUTE_MS;
    await window.ask();
    await until(() => window.events.length === 2);
    assert.equal((await window.ask()).fetchedAtMs, machine.nowMs);
  });

  it("that was never there is an error while the network is away, and there as soon as it is back", async () => {
    machine.isNetworkAway = true;
    const window = machine.openWindow();
    await assert.rejects(window.ask(), { code: "network" });
    machine.isNetworkAway = false;
    assert.ok((await window.ask()).models.length > 0);
  });

  const answers: readonly (readonly [string, (body: string) => string])[] = [
    ["empty", () => '{"data":[]}'],
    ["without one good row", () => '{"data":[null,{"id":4}]}'],
    ["no list", () => '{"error":"no"}'],
    ["no JSON", () => "<html>"],
  ];
  for (const [name, rewrite] of answers) {
    it(`that comes ${name} does not replace a good one, in memory or on the disk`, async () => {
      const window = machine.openWindow();
      const good = await window.ask();
      machine.nowMs += HOUR_MS;
      machine.rewrite = rewrite;
      await window.ask();
      await until(() => window.events.length === 2);
      assert.equal(window.events[1]?.type, "catalog-not-refreshed");
      assert.equal(await window.ask(), good);
      machine.isNetworkAway = true;
      assert.deepEqual(await machine.openWindow().ask(), good);
    });
  }

  it("of a gateway that never had one is empty, and asked for again", async () => {
    const window = machine.openWindow();
    simulator.faultNext({ kind: "empty-catalog" });
    assert.deepEqual((await window.ask()).models, []);
    assert.ok((await window.ask()).models.length > 0);
  });

  const damages: readonly (readonly [string, (path: string) => void])[] = [
    ["cut short", (path) => truncateSync(path, 1_000)],
    ["no text", (path) => writeFileSync(path, Buffer.from([0xff, 0xfe, 0x00]))],
    ["of other data", (path) => writeFileSync(path, readFileSync(path, "utf8").replaceAll('"id"', '"no"'))],
  ];
  for (const [name, damage] of damages) {
    it(`is fetched where the kept file is ${name}, and kept again`, async () => {
      const good = await machine.openWindow().ask();
      damage(machine.cacheFile());
      const window = machine.openWindow();
      assert.deepEqual((await window.ask()).models, good.models);
      assert.equal(machine.requests, 2);
      machine.isNetworkAway = true;
      assert.deepEqual((await machine.openWindow().ask()).models, good.models);
    });
  }

  it("from a time yet to come is not trusted to be fresh", async () => {
    await machine.openWindow().ask();
    machine.nowMs -= HOUR_MS;
    const window = machine.openWindow();
    await window.ask();
    await until(() => window.events.length === 1);
    assert.equal((await window.ask()).fetchedAtMs, machine.nowMs);
  });

  it("is asked for again after a change of the key", async () => {
    const window = machine.openWindow();
    await window.ask();
    machine.nowMs += 1;
    window.source.expire();
    await window.ask();
    await until(() => window.events.length === 2);
    assert.deepEqual(
      simulator.requests.map(({ path }) => path),
      ["/api/v1/models", "/api/v1/models/user"],
    );
  });

  it("is not waited for by a turn that was stopped, and goes on for the others", async () => {
    const window = machine.openWindow();
    const stop = new AbortController();
    const waiting = [window.ask(stop.signal), window.ask()];
    stop.abort();
    await assert.rejects(waiting[0] ?? Promise.resolve(), { code: "aborted" });
    assert.ok(((await waiting[1])?.models.length ?? 0) > 0);
    assert.equal(machine.requests, 1);
  });

  it("with a dearer model in use is told once on this machine, with what that means", async () => {
    const [left, right] = [machine.openWindow(), machine.openWindow({ pinned: [USED] })];
    await left.ask();
    await right.ask();
    machine.rewrite = rewriteRows(dearer);
    machine.nowMs += HOUR_MS;
    await left.ask();
    await until(() => left.events.length === 2);
    const [, told] = left.events;
    assert.ok(told?.type === "catalog-refreshed");
    assert.deepEqual([...new Set(told.changes.map(({ kind, modelId }) => `${kind} ${modelId}`))], [`price ${USED}`]);
    assert.match(told.notice ?? "", /now costs \$900\.00 instead of \$1\.00 per million prompt tokens/);
    // The old price comes back for an hour, and the same rise again.
    for (const rewrite of [rewriteRows((row) => row), rewriteRows(dearer)]) {
      machine.rewrite = rewrite;
      machine.nowMs += HOUR_MS;
      const before = right.events.length;
      await right.ask();
      await until(() => right.events.length > before);
    }
    for (const event of right.events) assert.ok(event.type === "catalog-refreshed" && event.notice === undefined);
  });

  it("with changes of models that nobody uses is news to nobody", async () => {
    const window = machine.openWindow({ used: ["openai/gpt-unused"] });
    await window.ask();
    machine.rewrite = rewriteRows(dearer);
    machine.nowMs += HOUR_MS;
    await window.ask();
    await until(() => window.events.length === 2);
    const [, refreshed] = window.events;
    assert.ok(refreshed?.type === "catalog-refreshed" && refreshed.notice === undefined);
    assert.deepEqual(refreshed.changes, []);
  });

  it("ends its refresh when the window closes, and says nothing of it", async () => {
    const window = machine.openWindow();
    await window.ask();
    machine.nowMs += HOUR_MS;
    simulator.faultNext({ kind: "hang", on: "models" });
    await window.ask();
    await until(() => machine.requests === 2);
    window.source.close();
    await simulator.settled();
    assert.equal(window.events.length, 1);
  });
});

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { exchangeCode } from "../../src/gateway/exchangeCode.ts";
import { type TransportSelection, selectTransport } from "../../src/gateway/selectTransport.ts";
import { startNotingServer, startRedirectingServer } from "../promises/redirectingServers.ts";
import { type Simulator, startSimulator } from "../simulator/startSimulator.ts";

const VERIFIER = "v".repeat(43);
const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");
const LIFETIME_MS = 600_000;

describe("a code of the sign-in page", () => {
  let simulator: Simulator;
  let transport: TransportSelection;
  let nowMs: number;

  beforeEach(async () => {
    nowMs = Date.now();
    simulator = await startSimulator({ now: () => nowMs });
    transport = selectTransport("direct", new URL(simulator.origin));
  });
  afterEach(async () => {
    await transport.close();
    await simulator.close();
  });

  const exchange = (code: string, verifier = VERIFIER, baseUrl = simulator.baseUrl) =>
    exchangeCode(transport.send, { baseUrl: new URL(baseUrl), code, verifier }, new AbortController().signal);

  it("becomes a key, once, and no other key goes along", async () => {
    const code = simulator.mintAuthCode(CHALLENGE);
    const outcome = await exchange(code);
    assert.ok(outcome.kind === "key" && outcome.key.startsWith("sk-or-v1-"));
    assert.deepEqual(await exchange(code), { kind: "refused" }, "replayed");
    assert.ok(simulator.requests.every(({ path }) => path === "/api/v1/auth/keys"));
    assert.doesNotMatch(JSON.stringify(simulator.requests.map(({ headers }) => headers)), /authorization/i);
  });

  it("is refused when it is wrong, of another sign-in or too old", async () => {
    assert.deepEqual(await exchange("auth_code_of_nobody"), { kind: "refused" });
    const code = simulator.mintAuthCode(CHALLENGE);
    assert.deepEqual(await exchange(code, "w".repeat(43)), { kind: "refused" });
    nowMs += LIFETIME_MS + 1;
    assert.deepEqual(await exchange(code), { kind: "refused" });
  });

  it("is not sent on by a redirect", async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      const other = await startNotingServer();
      const first = await startRedirectingServer(status, (path) => `${other.origin}${path}`);
      await assert.rejects(exchange("auth_code", VERIFIER, first.origin), { code: "network" });
      assert.deepEqual([first.received.length, other.connections()], [1, 0]);
      await Promise.all([first.close(), other.close()]);
    }
  });

  it("that gets an answer without a usable key fails as such", async () => {
    const other = await startNotingServer();
    await assert.rejects(exchange("auth_code", VERIFIER, other.origin), { code: "protocol", isUncharged: true });
    await other.close();
  });

  it("fails like every request when the server does", async () => {
    simulator.faultNext({ on: "auth", kind: "http", status: 500 });
    await assert.rejects(exchange(simulator.mintAuthCode(CHALLENGE)), { status: 500 });
  });
});

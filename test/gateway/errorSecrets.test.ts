import assert from "node:assert/strict";
import { once } from "node:events";
import { type Server, createServer } from "node:net";
import { inspect } from "node:util";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { describeError } from "../../src/core/problems/describeError.ts";
import { bareCause } from "../../src/gateway/bareCause.ts";
import type { Gateway } from "../../src/gateway/gateway.ts";
import { createOpenRouterGateway } from "../../src/gateway/openRouterGateway.ts";
import { type TransportSelection, selectTransport } from "../../src/gateway/selectTransport.ts";
import type { ChatRequest } from "../../src/gateway/chatRequest.ts";
import { NAMED_ERRORS, type NamedError, buildNamedError } from "../simulator/errors/namedErrors.ts";
import type { Fault } from "../simulator/faults/fault.ts";
import { type Simulator, startSimulator } from "../simulator/startSimulator.ts";
import { statusCases } from "./streamFaultCases.ts";
import { frame } from "./streamReading.ts";

const KEY = `sk-or-v1-${"c0ffee".repeat(8)}`;
const PROMPT = "Tell nobody about the purple walrus.";
/** Everything that stands for account data or what was asked. */
const CANARIES = [
  KEY,
  KEY.slice(0, 20),
  "sk-or-v1-c0f...fee",
  "user_canary2342",
  "purple walrus",
  "walrus\\u",
  "Bearer",
];

const PRICE = { coefficient: 1n, scale: 0 };
const REQUEST: ChatRequest = {
  model: "openai/gpt-4o-mini",
  messages: [{ role: "user", content: PROMPT }],
  maxCompletionTokens: 100,
  priceCeiling: { promptPerToken: PRICE, completionPerToken: PRICE, perRequest: PRICE },
  sessionId: undefined,
};

/** Every way an error of ours could reach a log, a notification or a report. */
function assertBare(error: unknown, name: string): void {
  assert.ok(error instanceof WaybillError, `${name}: ${String(error)}`);
  const context = { gatewayHost: "gateway", modelName: "M", wasSent: true, hasText: false };
  const texts = [
    error.message,
    error.detail ?? "",
    error.stack ?? "",
    JSON.stringify(error),
    JSON.stringify(Object.fromEntries(Object.getOwnPropertyNames(error).map((key) => [key, Reflect.get(error, key)]))),
    inspect(error, { depth: Infinity, showHidden: true, getters: true, maxStringLength: Infinity }),
    describeError(error, context).sentence,
  ];
  for (const canary of CANARIES) for (const text of texts) assert.ok(!text.includes(canary), `${name}: ${text}`);
}

/** The canaries in every place where a gateway may put words. */
function planted(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(planted);
  if (typeof body !== "object" || body === null) return body;
  const entries = Object.entries(body).map(([key, value]): [string, unknown] => [key, planted(value)]);
  return Object.fromEntries([
    ...entries.map(([key, value]) =>
      key === "message" && typeof value === "string" ? [key, `${value} ${words()}`] : [key, value],
    ),
    ["user_id", "user_canary2342"],
    ["label", "sk-or-v1-c0f...fee"],
    ["new_field", words()],
  ]);
}

function words(): string {
  return `The key ${KEY} of user_canary2342 asked: ${PROMPT}`;
}

describe("an error of the gateway", function () {
  this.timeout(60_000);
  let simulator: Simulator;
  let transports: readonly TransportSelection[];
  before(async () => {
    simulator = await startSimulator({ pace: "instant", keys: [{ key: KEY }] });
    const url = new URL(simulator.baseUrl);
    transports = [selectTransport("direct", url), selectTransport("host", url)];
  });
  after(async () => {
    await simulator.close();
    for (const transport of transports) await transport.close();
  });

  function gatewayAt(baseUrl: string, transport: TransportSelection, key = KEY): Gateway {
    const url = new URL(baseUrl);
    return createOpenRouterGateway({
      baseUrl: url,
      transport: transport.send,
      credential: async () => ({ origin: url.origin, key }),
      now: () => Date.now(),
      timeouts: { headMs: 2_000, idleMs: 2_000 },
    });
  }

  async function chatError(gateway: Gateway): Promise<unknown> {
    try {
      for await (const batch of gateway.streamChat(REQUEST, new AbortController().signal)) assert.ok(batch);
    } catch (error) {
      return error;
    }
    return undefined;
  }

  async function checkChat(name: string, fault: Fault): Promise<void> {
    const [direct] = transports;
    assert.ok(direct);
    simulator.reset();
    simulator.addKey({ key: KEY });
    simulator.faultNext(fault);
    const error = await chatError(gatewayAt(simulator.baseUrl, direct));
    if (error !== undefined) assertBare(error, name);
  }

  it("of every status and shape tells nothing of key, account and prompt", async () => {
    for (const { name, faults } of statusCases()) {
      const [fault] = faults;
      if (fault?.kind === "http") await checkChat(name, { ...fault, body: planted(fault.body) });
    }
  });

  it("of every name tells nothing of key, account and prompt", async () => {
    const situation = { modelId: words(), retryAfterSeconds: undefined, nowMs: 0 };
    for (const name of Object.keys(NAMED_ERRORS) as NamedError[]) {
      const { status, body, headers } = buildNamedError(name, situation);
      await checkChat(name, { kind: "http", status, body: planted(body), headers: { ...headers } });
    }
  });

  it("tells nothing of what a provider quotes, at any depth", async () => {
    const raw = { error: { message: words(), type: words(), code: words(), param: PROMPT } };
    const metadatas: readonly object[] = [
      { raw },
      { raw: JSON.stringify(raw), provider_name: words() },
      { flagged_input: PROMPT, reasons: [words()], patterns: [words()] },
      { error_type: words(), provider_code: words(), limit_source: words(), reason: words() },
      { failed_routing_step: words(), missing_attestation_types: [words()], headers: { "Retry-After": words() } },
    ];
    for (const metadata of metadatas) {
      for (const status of [400, 401, 402, 403, 404, 429, 500, 502, 503]) {
        const error = {
          code: status,
          message: words(),
          metadata,
          availability: { code: words(), excluded_by: words() },
        };
        await checkChat(JSON.stringify(metadata), { kind: "http", status, body: planted({ error }) });
        const frameText = frame(planted({ error, choices: [{ delta: {}, finish_reason: "error", error }] }));
        await checkChat("in a stream", { kind: "garbage", afterChunks: 0, frame: frameText });
      }
    }
    await checkChat("frames of garbage", { kind: "garbage", afterChunks: 0, frame: `data: ${words()}\n\n`.repeat(4) });
    for (const on of ["key", "models", "generation"] as const) {
      for (const body of [planted({ data: words() }), words(), planted({ error: { message: words() } })]) {
        for (const status of [200, 400, 500]) {
          const [direct] = transports;
          assert.ok(direct);
          simulator.faultNext({ kind: "http", on, status, body });
          const gateway = gatewayAt(simulator.baseUrl, direct);
          const { signal } = new AbortController();
          const asked = { key: () => gateway.fetchKeyStatus(signal), models: () => gateway.fetchCatalog(signal) };
          const ask = on === "generation" ? () => gateway.fetchGeneration("gen-1", signal) : asked[on];
          const error = await ask().then(
            () => undefined,
            (thrown: unknown) => thrown,
          );
          if (error !== undefined) assertBare(error, `${on} ${status}`);
        }
      }
    }
  });

  for (const choice of ["direct", "host"] as const) {
    it(`about a key that is no header tells nothing of it, ${choice}`, async () => {
      for (const key of [`${KEY}\nX: y`, `${KEY}\u{1F600}`, `${KEY}\0`]) {
        const error = await chatError(
          gatewayAt(simulator.baseUrl, selectTransport(choice, new URL(simulator.baseUrl)), key),
        );
        assertBare(error, choice);
      }
    });

    it(`about an answer that is no HTTP tells nothing of it, ${choice}`, async () => {
      const answers = [
        `HTTP/1.1 200 OK\r\n${words()}\r\n\r\n`,
        `${words()}\r\n\r\n`,
        `HTTP/1.1 200 OK\r\nContent-Length: ${words()}\r\n\r\n`,
        `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${words()}\r\n`,
        `HTTP/1.1 200 OK\r\nX-Words: ${words().repeat(2_000)}\r\n\r\n`,
        `HTTP/1.1 302 Found\r\nLocation: https://user:${KEY}@elsewhere.invalid/?q=purple%20walrus\r\nContent-Length: 0\r\n\r\n`,
        `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: text/event-stream\r\n\r\n${words()}`,
      ];
      for (const answer of answers) {
        const server = await rawServer(answer);
        const baseUrl = `http://127.0.0.1:${portOf(server)}/api/v1`;
        const transport = selectTransport(choice, new URL(baseUrl));
        const error = await chatError(gatewayAt(baseUrl, transport));
        assertBare(error, `${choice} ${answer.slice(0, 60)}`);
        await transport.close();
        server.close();
      }
    });
  }

  it("keeps of its cause the names, codes and places, through every level", () => {
    const deepest = Object.assign(new Error(`connect ${words()}`), { code: "ECONNREFUSED", data: words() });
    const cause = bareCause(new TypeError(words(), { cause: new AggregateError([deepest], PROMPT) }));
    assertBare(new WaybillError("network", "x", { cause }), "chain");
    const [outer, middle, inner] = [cause, cause.cause, (cause.cause as Error).cause] as readonly (Error & {
      code?: string;
    })[];
    assert.deepEqual(
      [outer?.name, middle?.name, inner?.name, inner?.code],
      ["TypeError", "AggregateError", "Error", "ECONNREFUSED"],
    );
    assert.match(inner?.stack ?? "", /errorSecrets\.test\.ts/);
    const quoting = new Error(`first\n    at walrus (purple walrus:1:1)`);
    assert.ok(!(bareCause(quoting).stack ?? "").includes("walrus"));
    const circle = new Error("a");
    circle.cause = circle;
    assert.ok(bareCause(circle) instanceof Error);
  });

  it("would be found if it told something", () => {
    assert.throws(() => assertBare(new WaybillError("network", "x", { cause: new Error(words()) }), "cause"));
    assert.throws(() => assertBare(new WaybillError("network", "x", { detail: PROMPT }), "detail"));
    assert.throws(() => assertBare(new WaybillError("network", words()), "message"));
  });
});

/** Answers every connection with these bytes and closes it. */
async function rawServer(answer: string): Promise<Server> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => socket.end(answer));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

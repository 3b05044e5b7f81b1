import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { ChatRequest } from "../../src/gateway/chatRequest.ts";
import { createOpenRouterGateway } from "../../src/gateway/openRouterGateway.ts";
import type { RequestTimeouts } from "../../src/gateway/requestTimers.ts";
import { type TransportSelection, selectTransport } from "../../src/gateway/selectTransport.ts";
import { NAMED_ERRORS, type NamedError } from "../simulator/errors/namedErrors.ts";
import type { SingleFault } from "../simulator/faults/fault.ts";
import { FAULT_HEADER } from "../simulator/faults/faultHeader.ts";
import { type Simulator, startSimulator } from "../simulator/startSimulator.ts";
import {
  CONTENT,
  FAULT_PLACES,
  type FaultCase,
  MIDDLE,
  oddFrameCases,
  startOf,
  statusCases,
  streamCases,
} from "./streamFaultCases.ts";
import { collectReading, deltaFrame } from "./streamReading.ts";

const TIMEOUTS: RequestTimeouts = { headMs: 4_000, idleMs: 4_000, totalMs: 8_000 };
/** Above all timers together, since other suites run on the same machine. */
const PATIENCE_MS = 15_000;
const PARALLEL = 6;

/** What a request may meet at the gateway, as opposed to what is ours. */
const GATEWAY_ERRORS = /^(?!aborted|internal|key-unreadable|settings|ledger)/;

type TransportName = "direct" | "host";

/** How a request travels and what kind of answer it asks for. */
interface Way {
  readonly transport?: TransportName;
  readonly stream?: boolean;
  /** How long the reader is busy with each batch. */
  readonly readerPauseMs?: number;
}

const PRICE = { coefficient: 1n, scale: 0 };
const REQUEST: ChatRequest = {
  model: "openai/gpt-4o-mini",
  messages: [{ role: "user", content: "Count." }],
  maxCompletionTokens: 500,
  priceCeiling: { promptPerToken: PRICE, completionPerToken: PRICE, perRequest: PRICE },
  sessionId: undefined,
};

describe("the matrix of faults", function () {
  this.timeout(60_000);
  let simulator: Simulator;
  let transports: Readonly<Record<TransportName, TransportSelection>>;
  /** The text of the pieces before the middle. */
  let firstText = "";

  before(async () => {
    simulator = await startSimulator({ pace: "instant" });
    const url = new URL(simulator.baseUrl);
    transports = { direct: selectTransport("direct", url), host: selectTransport("host", url) };
    const broken = await ask({ name: "", faults: [{ kind: "end-early", afterChunks: MIDDLE }] });
    firstText = broken.text;
    assert.ok(firstText !== "" && firstText.length < CONTENT.length && CONTENT.startsWith(firstText));
  });

  after(async () => {
    await simulator.close();
    await transports.direct.close();
  });

  /**
   * One request through the real gateway. Its faults travel in a header, so that requests can go side by side; without
   * any it takes those that are queued.
   */
  function ask(
    { faults, timeouts = TIMEOUTS }: FaultCase,
    { transport = "direct", stream = true, readerPauseMs = 0 }: Way = {},
  ) {
    const script = encodeURIComponent(JSON.stringify([{ kind: "answer", content: CONTENT }, ...faults]));
    const gateway = createOpenRouterGateway({
      baseUrl: new URL(simulator.baseUrl),
      credential: async () => ({ origin: simulator.origin, key: simulator.key }),
      now: () => Date.now(),
      timeouts,
      transport: (request) =>
        transports[transport].send({
          ...request,
          headers: { ...request.headers, ...(faults.length > 0 && { [FAULT_HEADER]: script }) },
          body: JSON.stringify({ ...JSON.parse(request.body ?? "{}"), stream }),
        }),
    });
    const batches = gateway.streamChat(REQUEST, new AbortController().signal);
    return collectReading(readerPauseMs === 0 ? batches : slowly(batches, readerPauseMs));
  }

  async function check(scripted: FaultCase, how: Way = {}): Promise<void> {
    const startedAtMs = performance.now();
    const { text, rest, error } = await ask(scripted, how);
    const name = `${scripted.name} ${JSON.stringify(how)}: ${error ?? "finish"}`;
    assert.ok(performance.now() - startedAtMs < PATIENCE_MS, `${name} came too late`);
    assert.ok(text.startsWith(scripted.text ?? ""), `${name} lost text: ${text}`);
    assert.equal(rest.filter(({ type }) => type === "finish").length, error === undefined ? 1 : 0, name);
    if (error === undefined) assert.equal(rest.at(-1)?.type, "finish", name);
    else assert.match(error, GATEWAY_ERRORS, name);
    if (scripted.end !== undefined) assert.equal(error ?? "finish", scripted.end, name);
  }

  async function checkAll(cases: readonly FaultCase[], how: Way = {}): Promise<void> {
    const waiting = [...cases];
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await check(next, how);
    };
    await Promise.all(Array.from({ length: PARALLEL }, work));
  }

  for (const place of FAULT_PLACES) {
    for (const transport of ["direct", "host"] as const) {
      it(`in a stream ${place}, ${transport}, ends well or in a known error and loses no text`, async () => {
        const cases = [...streamCases(place, firstText), ...oddFrameCases(place, firstText)];
        await checkAll(cases, { transport });
      });
    }

    it(`in a stream ${place}, cut into tiny writes with CRLF, ends the same`, async () => {
      const shape: readonly SingleFault[] = [{ kind: "split-every", bytes: 13 }, { kind: "crlf" }];
      const cases = streamCases(place, firstText);
      await checkAll(cases.map((scripted) => ({ ...scripted, faults: [...scripted.faults, ...shape] })));
    });

    it(`with a frame of 5 MB ${place} ends as a protocol error`, async () => {
      const [before, index] = startOf(place);
      const huge = deltaFrame({ content: "", padding: "x".repeat(5_000_000) });
      simulator.faultNext({
        kind: "all",
        faults: [
          { kind: "answer", content: CONTENT },
          { kind: "garbage", afterChunks: index, frame: before + huge },
        ],
      });
      const text = index === 0 ? "" : firstText;
      await check({ name: `huge ${place}`, faults: [], text, end: "protocol" });
    });
  }

  for (const transport of ["direct", "host"] as const) {
    it(`that cuts the connection of a slow reader costs no text, ${transport}`, async () => {
      const cut: SingleFault = { kind: "cut", afterChunks: MIDDLE };
      const scripted: FaultCase = { name: "cut", faults: [cut], text: firstText, end: "network" };
      await check(scripted, { transport, readerPauseMs: 50 });
    });
  }

  for (const stream of [true, false]) {
    const mode = stream ? "a stream" : "an answer in one piece";

    it(`of every status with every shape of error, asked for ${mode}, ends in a known error`, async () => {
      await checkAll(statusCases(), { stream });
    });

    it(`of every named error, asked for ${mode}, ends in a known error`, async () => {
      const names = Object.keys(NAMED_ERRORS) as NamedError[];
      await checkAll(
        names.map((error): FaultCase => ({ name: error, faults: [{ kind: "error", error }] })),
        { stream },
      );
    });
  }

  it("in an answer in one piece ends well or in a known error", async () => {
    const faults: readonly SingleFault[] = [
      { kind: "none" },
      { kind: "error-in-200" },
      { kind: "error-in-choice" },
      { kind: "no-finish-reason" },
      { kind: "usage-missing" },
      { kind: "usage-multiplied", factor: -1 },
      { kind: "cut", afterChunks: 0 },
    ];
    await checkAll(
      faults.map((fault): FaultCase => ({ name: fault.kind, faults: [fault] })),
      { stream: false },
    );
  });

  it("of time ends within the timers, and never while something still comes", async () => {
    const short: RequestTimeouts = { headMs: 300, idleMs: 500, totalMs: 8_000 };
    await checkAll([
      { name: "hang", faults: [{ kind: "hang" }], end: "timeout", timeouts: short },
      { name: "late head", faults: [{ kind: "delay", beforeFirstByteMs: 5_000 }], end: "timeout", timeouts: short },
      {
        name: "silence",
        faults: [{ kind: "pace", tokensPerSecond: 1 }],
        end: "timeout",
        timeouts: { ...short, headMs: 4_000 },
      },
      {
        name: "keep-alive for longer than the idle time",
        faults: [{ kind: "keep-alive", forMs: 1_500, everyMs: 60 }],
        text: CONTENT,
        end: "finish",
        timeouts: { ...short, headMs: 4_000 },
      },
      {
        name: "slow for longer than the idle time",
        faults: [{ kind: "pace", tokensPerSecond: 30 }],
        text: CONTENT,
        end: "finish",
        timeouts: { ...short, headMs: 4_000, idleMs: 900 },
      },
      {
        name: "longer than the total time",
        faults: [{ kind: "pace", tokensPerSecond: 12 }],
        end: "timeout",
        timeouts: { headMs: 4_000, idleMs: 4_000, totalMs: 900 },
      },
    ]);
  });
});

async function* slowly<Batch>(batches: AsyncIterable<Batch>, pauseMs: number): AsyncGenerator<Batch> {
  for await (const batch of batches) {
    yield batch;
    await sleep(pauseMs);
  }
}

import assert from "node:assert/strict";

import { NAMED_ERRORS, leadsToFallback } from "./errors/namedErrors.ts";
import type { NamedError } from "./errors/namedErrors.ts";
import { faultSchema } from "./faults/fault.ts";
import { postChat, readStream, usageIn } from "./simulatorClient.ts";
import type { ReadStream } from "./simulatorClient.ts";
import { startSimulator } from "./startSimulator.ts";
import type { Fault, Simulator } from "./startSimulator.ts";

const STREAM = { stream: true };

describe("the simulator plays faults", () => {
  let simulator: Simulator;
  let whole: ReadStream;
  before(async () => {
    simulator = await startSimulator({ pace: "instant" });
    whole = await readStream(await postChat(simulator, STREAM));
  });
  beforeEach(() => simulator.reset());
  after(() => simulator.close());

  async function streamWith(fault: Fault): Promise<ReadStream> {
    simulator.faultNext(fault);
    return readStream(await postChat(simulator, STREAM));
  }

  for (const name of Object.keys(NAMED_ERRORS)) {
    it(`answers the named error ${name} with the status its body names`, async () => {
      const parsed = faultSchema.parse({ kind: "error", error: name });
      simulator.faultNext(parsed);
      const response = await postChat(simulator, STREAM);
      const text = await response.text();
      assert.ok(response.status >= 400);
      const [, code] = /"(?:code|http_status)":(\d{3})/.exec(text) ?? [];
      assert.equal(Number(code ?? 400), response.status);
      const mustWait = [
        "in-flight-budget",
        "upstream-rate-limit",
        "capacity-exhausted",
        "overloaded",
        "provider-overloaded",
      ];
      assert.equal(response.headers.has("retry-after"), mustWait.includes(name));
      assert.equal(response.headers.has("x-ratelimit-reset"), name.startsWith("free-per-"));
    });
  }

  it("falls back on the next model when the first one fails, and tells so", async () => {
    simulator.faultNext({ kind: "error", error: "upstream-rate-limit" });
    const body = { ...STREAM, models: ["qwen/qwen3.7-flash"] };
    const stream = await readStream(
      await postChat(simulator, body, { headers: { "X-OpenRouter-Metadata": "enabled" } }),
    );
    assert.equal(stream.events[0]?.model, "qwen/qwen3.7-flash");
    assert.match(stream.raw, /"strategy":"fallback"/);
    assert.equal(simulator.books()[0]?.modelServed, "qwen/qwen3.7-flash");
  });

  it("falls back on nothing when the error is meant for all models or for the account", async () => {
    const models = ["qwen/qwen3.7-flash"];
    simulator.faultNext([
      { kind: "error", error: "provider-error", models: "all" },
      { kind: "error", error: "insufficient-credits" },
    ]);
    assert.equal((await postChat(simulator, { models })).status, 502);
    assert.equal((await postChat(simulator, { models })).status, 402);
    assert.ok(!leadsToFallback("insufficient-credits" satisfies NamedError));
  });

  it("serves the next model when the first has expired", async () => {
    const response = await postChat(simulator, {
      ...STREAM,
      model: "openai/gpt-3.5-turbo-0613",
      models: ["openai/gpt-5.6-luna"],
    });
    assert.equal((await readStream(response)).events[0]?.model, "openai/gpt-5.6-luna");
  });

  it("splits the bytes anywhere without changing them", async () => {
    const content = "Grüße 👩‍💻 – déjà vu ✓";
    const answer = { kind: "answer", content } as const;
    for (const split of [
      { kind: "split-every", bytes: 1 },
      { kind: "split-at", offsets: [3, 400, 401, 402, 403] },
    ] as const) {
      const stream = await streamWith({ kind: "all", faults: [answer, split] });
      assert.equal(stream.content, content);
      assert.ok(stream.isDone);
    }
  });

  it("ends lines with CRLF", async () => {
    const stream = await streamWith({ kind: "crlf" });
    assert.ok(!/[^\r]\n/.test(stream.raw));
    assert.equal(stream.content, whole.content);
  });

  it("sends an error in mid-stream with a number or a word for a code, and no end mark", async () => {
    for (const code of [429, "server_error"]) {
      const stream = await streamWith({ kind: "stream-error", afterChunks: 4, code });
      assert.equal(stream.events.at(-1)?.error?.code, code);
      assert.equal(stream.events.at(-1)?.choices?.[0]?.finish_reason, "error");
      assert.equal(stream.events.length, 5);
      assert.ok(!stream.isDone);
    }
  });

  it("sends an error as the first and only event", async () => {
    const stream = await streamWith({ kind: "stream-error", afterChunks: 0 });
    assert.equal(stream.events.length, 1);
    assert.equal(stream.content, "");
  });

  it("cuts the socket", async () => {
    simulator.faultNext({ kind: "cut", afterChunks: 3 });
    const response = await postChat(simulator, STREAM);
    await assert.rejects(response.text(), { name: "TypeError", message: "terminated" });
    assert.equal(simulator.books()[0]?.isCancelled, true);
  });

  it("ends early, without the end mark, or without a finish reason", async () => {
    const early = await streamWith({ kind: "end-early", afterChunks: 3 });
    assert.deepEqual([early.events.length, early.isDone], [3, false]);
    const unmarked = await streamWith({ kind: "no-done" });
    assert.deepEqual([unmarked.content, unmarked.isDone], [whole.content, false]);
    const unnamed = await streamWith({ kind: "no-finish-reason" });
    assert.ok(unnamed.isDone && unnamed.events.every(({ choices }) => !choices?.[0]?.finish_reason));
  });

  it("sends a garbage frame between good ones", async () => {
    simulator.faultNext({ kind: "garbage", afterChunks: 2, frame: "data: {not json\n\n" });
    const raw = await (await postChat(simulator, STREAM)).text();
    assert.ok(raw.includes("data: {not json\n\n") && raw.endsWith("data: [DONE]\n\n"));
  });

  it("reports a wrong usage or none, while the books stay right", async () => {
    const wrong = usageIn(await streamWith({ kind: "usage-multiplied", factor: 10 }));
    const [row] = simulator.books();
    assert.ok(row);
    assert.equal(Math.round(wrong.cost * 1e9), row.costNanoUsd * 10);
    assert.equal(wrong.completion_tokens, row.completionTokens * 10);
    assert.ok((await streamWith({ kind: "usage-missing" })).events.every(({ usage }) => usage === undefined));
  });

  it("names another model and provider than asked for", async () => {
    const stream = await streamWith({
      kind: "substitute",
      model: "openai/gpt-4o-mini-2024-07-18",
      provider: "Mystery",
    });
    assert.deepEqual(
      [stream.events[0]?.model, stream.events[0]?.provider],
      ["openai/gpt-4o-mini-2024-07-18", "Mystery"],
    );
  });

  it("sends a page instead of JSON", async () => {
    for (const status of [200, 403, 502]) {
      simulator.faultNext({ kind: "html", status });
      const response = await postChat(simulator, STREAM);
      assert.equal(response.status, status);
      assert.match(await response.text(), /^<!DOCTYPE html>/);
    }
  });

  it("redirects, and sends any status with any body", async () => {
    simulator.faultNext([
      { kind: "redirect", status: 307, location: "https://elsewhere.example/" },
      { kind: "http", status: 418, body: { teapot: true }, headers: { "X-Odd": "yes" } },
    ]);
    assert.equal((await postChat(simulator)).headers.get("location"), "https://elsewhere.example/");
    const odd = await postChat(simulator);
    assert.deepEqual([odd.status, odd.headers.get("x-odd"), await odd.json()], [418, "yes", { teapot: true }]);
  });

  it("answers 200 with only an error, or with an error in the choice", async () => {
    simulator.faultNext([{ kind: "error-in-200" }, { kind: "error-in-choice" }]);
    const only = await (await postChat(simulator)).text();
    assert.ok(only.includes('"error"') && !only.includes("choices"));
    const partial = await (await postChat(simulator)).text();
    assert.ok(partial.includes('"finish_reason":"error"') && partial.includes('"content":"##'));
    assert.equal(simulator.billNanoUsd(), 0);
  });

  it("empties the model list or spoils some rows", async () => {
    const list = async (): Promise<unknown[]> => {
      const body: unknown = await (await fetch(`${simulator.baseUrl}/models`)).json();
      assert.ok(typeof body === "object" && body !== null && "data" in body && Array.isArray(body.data));
      return body.data;
    };
    const good = await list();
    simulator.faultNext([{ kind: "empty-catalog" }, { kind: "malformed-catalog" }]);
    assert.deepEqual(await list(), []);
    assert.equal((await list()).length, good.length + 7);
    assert.equal((await list()).length, good.length);
  });

  it("leaves faults for other endpoints to those endpoints", async () => {
    simulator.faultNext({ kind: "error", error: "internal-error", on: "key" });
    assert.equal((await postChat(simulator)).status, 200);
    const headers = { Authorization: `Bearer ${simulator.key}` };
    assert.equal((await fetch(`${simulator.baseUrl}/key`, { headers })).status, 500);
  });

  it("waits before the first byte, sends comments meanwhile, and slows down", async () => {
    const startMs = performance.now();
    const delayed = await streamWith({ kind: "delay", beforeFirstByteMs: 60 });
    assert.ok(performance.now() - startMs >= 59 && delayed.isDone);
    const kept = await streamWith({ kind: "keep-alive", forMs: 60, everyMs: 10 });
    assert.ok(kept.comments >= 6);
    const slowStartMs = performance.now();
    await streamWith({ kind: "pace", tokensPerSecond: 1_500 });
    assert.ok(performance.now() - slowStartMs > 50);
  });

  it("never answers when told to hang", async () => {
    simulator.faultNext({ kind: "hang" });
    const signal = AbortSignal.timeout(60);
    await assert.rejects(postChat(simulator, STREAM, { signal }), { name: "TimeoutError" });
    await simulator.settled();
    assert.deepEqual(
      simulator.books().map(({ status }) => status),
      [0],
    );
  });

  it("sends a line as long as asked", async () => {
    const stream = await streamWith({ kind: "huge-line", bytes: 300_000 });
    assert.ok(stream.raw.length > 300_000);
    assert.equal(stream.content, whole.content);
  });

  it("says what the script says, reasoning and tool calls too", async () => {
    const toolCalls = [
      { name: "read_file", arguments: '{"path":"a.ts"}' },
      { name: "list_files", arguments: "{}" },
    ];
    const stream = await streamWith({ kind: "answer", content: "Let me look.", reasoning: "Which file?", toolCalls });
    const deltas = stream.events.map(({ choices }) => choices?.[0]?.delta);
    assert.equal(deltas.map((delta) => delta?.reasoning ?? "").join(""), "Which file?");
    const calls = deltas.map((delta) => delta?.tool_calls ?? []).flat();
    assert.equal(calls.map(({ function: part }) => part.arguments ?? "").join(""), '{"path":"a.ts"}{}');
    assert.equal(stream.events.at(-1)?.choices?.[0]?.finish_reason, "tool_calls");
  });

  it("takes faults from the header of the request and from another process", async () => {
    const header = encodeURIComponent(JSON.stringify([{ kind: "crlf" }, { kind: "answer", content: "ü" }]));
    const stream = await readStream(await postChat(simulator, STREAM, { headers: { "x-simulator-fault": header } }));
    assert.ok(stream.content === "ü" && stream.raw.includes("\r\n"));
    const scripted = await fetch(`${simulator.origin}/__simulator/faults`, {
      method: "POST",
      body: '{"kind":"error","error":"bad-key","times":2}',
    });
    assert.equal(scripted.status, 200);
    assert.deepEqual(
      [(await postChat(simulator)).status, (await postChat(simulator)).status, (await postChat(simulator)).status],
      [401, 401, 200],
    );
    const invalid = await postChat(simulator, {}, { headers: { "x-simulator-fault": "%7B%7D" } });
    assert.equal(invalid.status, 400);
  });
});

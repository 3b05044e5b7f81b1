import assert from "node:assert/strict";
import fc from "fast-check";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { readChatStream } from "../../src/gateway/readChatStream.ts";
import { readWholeAnswer } from "../../src/gateway/readWholeAnswer.ts";
import {
  DONE,
  NOW,
  collectReading,
  deltaFrame,
  finishOf,
  frame,
  inPieces,
  readInPieces as read,
} from "./streamReading.ts";

const TOOLS_END = `${deltaFrame({ content: "" }, "tool_calls")}${DONE}`;

/** Pieces as they stand in `delta.tool_calls`, one to a frame, and the calls they make. */
async function checkCalls(pieces: readonly unknown[], expected: readonly unknown[]): Promise<void> {
  const reading = await read(pieces.map((piece) => deltaFrame({ tool_calls: [piece] })).join("") + TOOLS_END);
  assert.equal(reading.error, undefined);
  const calls = reading.rest.flatMap((event) =>
    event.type === "tool-call" ? [{ id: event.id, name: event.name, arguments: event.arguments }] : [],
  );
  assert.deepEqual(calls, expected);
  assert.equal(finishOf(reading).reason, "tool-calls");
}

describe("a tool call in a stream", () => {
  it("comes once and whole at the end, from pieces by index", async () => {
    await checkCalls(
      [
        { index: 0, id: "a", type: "function", function: { name: "read", arguments: '{"p' } },
        { index: 1, id: "b", function: { name: "list" } },
        { index: 0, function: { arguments: '":1}' } },
        { index: 1, function: { arguments: "[]" } },
      ],
      [
        { id: "a", name: "read", arguments: '{"p":1}' },
        { id: "b", name: "list", arguments: "[]" },
      ],
    );
  });

  it("is put together without an index, by id or by order", async () => {
    await checkCalls(
      [
        { id: "a", function: { name: "f", arguments: "{" } },
        { id: "a", function: { arguments: "}" } },
        { id: "b", function: { name: "f", arguments: "{" } },
        { function: { arguments: "}" } },
      ],
      [
        { id: "a", name: "f", arguments: "{}" },
        { id: "b", name: "f", arguments: "{}" },
      ],
    );
  });

  it("is another one when the same index comes with another id and a name", async () => {
    await checkCalls(
      [
        { index: 0, id: "a", function: { name: "f", arguments: "{}" } },
        { index: 0, id: "b", function: { name: "g", arguments: "[1]" } },
      ],
      [
        { id: "a", name: "f", arguments: "{}" },
        { id: "b", name: "g", arguments: "[1]" },
      ],
    );
  });

  it("gets an id when it never had one, and `{}` without arguments", async () => {
    await checkCalls(
      [
        { index: 0, function: { name: "f", arguments: "" } },
        { index: 1, function: { name: "g" } },
      ],
      [
        { id: "call_1", name: "f", arguments: "{}" },
        { id: "call_2", name: "g", arguments: "{}" },
      ],
    );
  });

  it("does not come twice when white space or an empty piece follows its complete arguments", async () => {
    await checkCalls(
      [
        { index: 0, id: "a", function: { name: "f", arguments: '{"x":1}' } },
        { index: 0, function: { arguments: " \n" } },
        { index: 0, function: { arguments: "" } },
      ],
      [{ id: "a", name: "f", arguments: '{"x":1}' }],
    );
  });

  it("takes arguments that are data instead of text, and skips pieces that are none", async () => {
    await checkCalls(
      [{ index: "0", id: "a", function: { name: "f", arguments: { x: [1] } } }, 7, null],
      [{ id: "a", name: "f", arguments: '{"x":[1]}' }],
    );
  });

  it("without a name is left out with a warning", async () => {
    const reading = await read(deltaFrame({ tool_calls: [{ index: 0, id: "a" }] }) + TOOLS_END);
    assert.deepEqual(
      reading.rest.map(({ type }) => type),
      ["served", "warning", "finish"],
    );
  });

  it("ends an answer that stops with another reason, or with none before the end mark", async () => {
    const call = deltaFrame({ tool_calls: [{ index: 0, id: "a", function: { name: "f" } }] });
    assert.equal(finishOf(await read(`${call}${deltaFrame({}, "stop")}${DONE}`)).reason, "tool-calls");
    assert.equal(finishOf(await read(`${call}${deltaFrame({}, "length")}${DONE}`)).reason, "length");
    assert.equal(finishOf(await read(`${call}${DONE}`)).reason, "tool-calls");
    assert.equal((await read(call)).error, "incomplete");
  });

  it("is the same however its arguments were cut", async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.array(fc.nat({ max: 30 }), { maxLength: 4 }), async (json, cuts) => {
        const ends = [...cuts.filter((cut) => cut < json.length).toSorted((a, b) => a - b), json.length];
        const parts = ends.map((end, index) => json.slice(ends[index - 1] ?? 0, end));
        const [first = "", ...others] = parts;
        await checkCalls(
          [
            { index: 0, id: "a", function: { name: "f", arguments: first } },
            ...others.map((part) => ({ index: 0, function: { arguments: part } })),
          ],
          [{ id: "a", name: "f", arguments: json.trim() }],
        );
      }),
    );
  });
});

describe("what else a stream may carry", () => {
  const END = `${deltaFrame({}, "stop")}${DONE}`;

  it("keeps reasoning details complete, in order and unchanged, and tells their text once", async () => {
    const details = [
      { type: "reasoning.text", text: "Hm", format: "anthropic-claude-v1", index: 0 },
      { type: "reasoning.text", signature: "c2ln", format: "anthropic-claude-v1", index: 0 },
      { type: "reasoning.encrypted", data: "eA==", id: null, new_field: [1] },
    ];
    const reading = await read(
      deltaFrame({ content: "", reasoning: "Hm", reasoning_details: details.slice(0, 1) }) +
        deltaFrame({ content: "", reasoning_details: details.slice(1) }) +
        END,
    );
    assert.equal(reading.reasoning, "Hm");
    assert.deepEqual(finishOf(reading).reasoningDetails, details);
  });

  it("tells an empty list of details from none, since it must be sent back too", async () => {
    assert.deepEqual(finishOf(await read(deltaFrame({ reasoning_details: [] }) + END)).reasoningDetails, []);
    assert.equal(finishOf(await read(END)).reasoningDetails, undefined);
  });

  it("finds reasoning under its other names", async () => {
    assert.equal((await read(deltaFrame({ reasoning_content: "Hm" }) + END)).reasoning, "Hm");
    const details = [{ type: "reasoning.summary", summary: "a" }, 3, { type: "reasoning.text", text: "b" }];
    assert.equal((await read(deltaFrame({ reasoning_details: details }) + END)).reasoning, "ab");
  });

  it("gives images, citations and refusals as events, and audio as one warning", async () => {
    const reading = await read(
      deltaFrame({ refusal: "I can" }) +
        deltaFrame({ refusal: "not" }) +
        deltaFrame({ images: [{ type: "image_url", image_url: { url: "data:image/png;base64,AA==" } }, {}, null] }) +
        deltaFrame({
          annotations: [
            { type: "url_citation", url_citation: { url: "https://e.example", title: "E", start_index: 3 } },
            { type: "file", file: { hash: "h" } },
          ],
        }) +
        deltaFrame({ audio: { data: "AA==" } }) +
        deltaFrame({ audio: { data: "AA==" } }) +
        END,
    );
    assert.equal(reading.refusal, "I cannot");
    assert.deepEqual(reading.rest.slice(1, -1), [
      { type: "image", url: "data:image/png;base64,AA==" },
      {
        type: "citation",
        url: "https://e.example",
        title: "E",
        quote: undefined,
        startIndex: 3,
        endIndex: undefined,
      },
      { type: "warning", warning: "audio-ignored" },
    ]);
  });

  it("hands over the router's metadata as it came", async () => {
    const last = frame({ choices: [], openrouter_metadata: { attempt: 2, pipeline: [] } });
    assert.deepEqual(finishOf(await read(deltaFrame({}, "stop") + last + DONE)).routerMetadata, {
      attempt: 2,
      pipeline: [],
    });
  });

  it("takes an error without an object, a finish reason `error`, and empty reasons and frames for what they are", async () => {
    assert.equal((await read(frame({ error: "out of memory" }))).error, "provider-down");
    assert.equal((await read(deltaFrame({ content: "a" }, "error") + DONE)).error, "provider-down");
    assert.equal((await read(deltaFrame({ content: "a" }, "") + DONE)).error, "incomplete");
    const idle = await read(`data:\n\n${"data: \n\n".repeat(3)}${deltaFrame({ content: "a" }, "stop")}`);
    assert.deepEqual([idle.text, idle.error], ["a", undefined]);
  });

  it("never takes counts or money that make no sense", async () => {
    const usage = { prompt_tokens: 1.5, completion_tokens: -1, cost: 9e6, is_byok: true };
    const details = { cost_details: { upstream_inference_cost: 9e6 } };
    const finish = finishOf(await read(deltaFrame({}, "stop") + frame({ usage: { ...usage, ...details } }) + DONE));
    assert.deepEqual([finish.usage, finish.cost], [undefined, undefined]);
  });
});

describe("an error inside an answer", () => {
  const RATE_LIMIT = {
    code: 429,
    message: "Provider returned error",
    metadata: { provider_name: "Acme Cloud", retry_after_seconds: 7, raw: "busy" },
  };

  async function failureOf(batches: Iterable<unknown> | AsyncIterable<unknown>): Promise<WaybillError> {
    try {
      for await (const batch of batches) assert.ok(batch);
    } catch (error) {
      assert.ok(error instanceof WaybillError, String(error));
      return error;
    }
    assert.fail("it ended well");
  }
  const inStream = (text: string) => failureOf(readChatStream(inPieces(new TextEncoder().encode(text), []), () => NOW));

  it("says when to come back, counted from when it was read, and who failed", async () => {
    const half = { id: "gen-1", provider: "Other", choices: [{ delta: { content: "half" } }] };
    const error = await inStream(frame(half) + frame({ id: "gen-1", error: RATE_LIMIT }));
    assert.deepEqual([error.code, error.retryAtMs, error.provider], ["rate-limited", NOW + 7_000, "Acme Cloud"]);
    assert.equal(error.generationId, "gen-1");
    const whole = await failureOf(readWholeAnswer(JSON.stringify({ error: RATE_LIMIT }), () => NOW));
    assert.deepEqual([whole.code, whole.retryAtMs, whole.provider], ["rate-limited", NOW + 7_000, "Acme Cloud"]);
  });

  it("is of the provider that was serving, unless it says otherwise", async () => {
    const error = await inStream(frame({ id: "gen-1", provider: "Acme", error: { code: 502, message: "gone" } }));
    assert.deepEqual([error.code, error.provider], ["provider-down", "Acme"]);
    assert.equal((await inStream(frame({ error: { code: 502, message: "gone" } }))).provider, undefined);
  });
});

describe("an answer in one piece", () => {
  const readWhole = (body: string) =>
    collectReading(
      (async function* batches() {
        yield* readWholeAnswer(body, () => NOW);
      })(),
    );

  it("gives the same events as a stream", async () => {
    const message = {
      role: "assistant",
      content: "pong",
      reasoning: "Hm",
      reasoning_details: [{ type: "reasoning.text", text: "Hm" }],
      tool_calls: [{ id: "a", type: "function", function: { name: "f", arguments: "{}" } }],
    };
    const body = { id: "gen-1", model: "a/b", choices: [{ index: 0, message, finish_reason: "stop" }] };
    const reading = await readWhole(JSON.stringify({ ...body, usage: { prompt_tokens: 1, cost: 0 } }));
    assert.deepEqual([reading.text, reading.reasoning, reading.error], ["pong", "Hm", undefined]);
    assert.deepEqual(
      reading.rest.map(({ type }) => type),
      ["served", "tool-call", "finish"],
    );
    assert.equal(finishOf(reading).cost, 0);
  });

  it("gives the text before an error in the choice, and an error alone as what it is", async () => {
    const error = { code: 502, message: "gone" };
    const partial = { choices: [{ message: { content: "half" }, finish_reason: "error", error }] };
    const reading = await readWhole(JSON.stringify(partial));
    assert.deepEqual([reading.text, reading.error], ["half", "provider-down"]);
    assert.equal((await readWhole(JSON.stringify({ id: "gen-1", error }))).error, "provider-down");
  });

  it("that is no data is a protocol error, and one without an end incomplete", async () => {
    for (const body of ["", "[]", "null", "<html>", "{"]) {
      const { error } = await readWhole(body);
      assert.ok(error === "protocol" || error === "incomplete", body);
    }
  });
});

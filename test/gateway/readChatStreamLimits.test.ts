import assert from "node:assert/strict";
import fc from "fast-check";
import { type ChatChunk, chatChunkSchema } from "../../src/gateway/chatChunkSchema.ts";
import { MAX_EVENT_CHARACTERS, MAX_STREAM_BYTES, readChatStream } from "../../src/gateway/readChatStream.ts";
import { isPlainChunk } from "../../src/gateway/readChunk.ts";
import { DONE, NOW, collectReading, deltaFrame, readInPieces as read } from "./streamReading.ts";

const encoder = new TextEncoder();
const MEGABYTE = 1024 * 1024;

describe("the limits of a stream", function () {
  this.timeout(20_000);

  it("let a large frame pass and refuse a larger one, the same however they are split", async () => {
    const padded = (length: number) => deltaFrame({ content: "", padding: "x".repeat(length) });
    const overhead = padded(0).length - "data: \n\n".length;
    const good = padded(MAX_EVENT_CHARACTERS - overhead) + deltaFrame({ content: "ok" }, "stop");
    const bad = deltaFrame({ content: "ok" }) + padded(MAX_EVENT_CHARACTERS - overhead + 1);
    for (const sizes of [[], [65_536], [MEGABYTE + 1]]) {
      assert.deepEqual(await read(good, sizes).then(({ text, error }) => [text, error]), ["ok", undefined]);
      assert.deepEqual(await read(bad, sizes).then(({ text, error }) => [text, error]), ["ok", "protocol"]);
    }
  });

  it("refuse an endless answer, whatever it is made of, and keep the text before", async () => {
    for (const noise of [`:${" still".repeat(99)}\n`, deltaFrame({ padding: "y".repeat(4_000) }), "x".repeat(99)]) {
      let sent = 0;
      const block = encoder.encode(noise.repeat(Math.ceil(MEGABYTE / noise.length)));
      const endless = async function* endless(): AsyncGenerator<Uint8Array> {
        yield encoder.encode(deltaFrame({ content: "text" }));
        for (; ; sent += block.length) yield block;
      };
      const reading = await collectReading(readChatStream(endless(), () => NOW));
      assert.deepEqual([reading.text, reading.error], ["text", "protocol"]);
      assert.ok(sent <= MAX_STREAM_BYTES + block.length);
    }
  });

  it("ask for bytes only when events are asked for", async () => {
    let reads = 0;
    const bytes = async function* bytes(): AsyncGenerator<Uint8Array> {
      for (; reads < 100; reads += 1) yield encoder.encode(deltaFrame({ content: "x" }));
    };
    const events = readChatStream(bytes(), () => NOW);
    for (let pulls = 1; pulls <= 5; pulls += 1) {
      await events.next();
      assert.ok(reads <= pulls, `${reads} reads after ${pulls} pulls`);
    }
    await events.return(undefined);
  });

  it("end with the end mark, although the connection stays open", async () => {
    const open = async function* open(): AsyncGenerator<Uint8Array> {
      yield encoder.encode(deltaFrame({ content: "all" }, "stop") + DONE);
      await new Promise(() => undefined);
    };
    const startedAtMs = performance.now();
    assert.equal((await collectReading(readChatStream(open(), () => NOW))).text, "all");
    assert.ok(performance.now() - startedAtMs < 3_000);
  });
});

describe("the short way of reading a chunk", () => {
  const odd = fc.oneof(
    { weight: 3, arbitrary: fc.string() },
    fc.constantFrom(null, undefined, 0, -1, 1.5, true, "", [], {}, [null], [{}]),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const delta = fc.record(
    {
      content: odd,
      role: odd,
      reasoning: odd,
      reasoning_content: odd,
      refusal: odd,
      reasoning_details: odd,
      tool_calls: odd,
      images: odd,
      annotations: odd,
      audio: odd,
    },
    { requiredKeys: [] },
  );
  const choice = fc.record(
    { index: odd, delta: fc.oneof(delta, odd), message: odd, finish_reason: odd, error: odd },
    { requiredKeys: [] },
  );
  const chunk = fc.record(
    {
      id: odd,
      model: odd,
      provider: odd,
      choices: fc.oneof(fc.array(fc.oneof(choice, odd), { maxLength: 2 }), odd),
      usage: odd,
      error: odd,
      openrouter_metadata: odd,
    },
    { requiredKeys: [] },
  );
  const text = fc.oneof(fc.string(), fc.constant(null));
  const plainDelta = fc.record(
    {
      content: text,
      role: odd,
      reasoning: text,
      refusal: text,
      reasoning_details: fc.array(fc.jsonValue()),
      audio: odd,
    },
    { requiredKeys: ["content"] },
  );
  const plain = fc.record({
    id: fc.string(),
    model: fc.string(),
    provider: text,
    choices: fc.tuple(fc.record({ delta: plainDelta, finish_reason: text, error: odd }, { requiredKeys: ["delta"] })),
  });

  const whatIsRead = ({ id, model, provider, choices, usage, error, openrouter_metadata }: ChatChunk) => {
    const [choice] = choices ?? [];
    const { delta, message, finish_reason, error: choiceError } = choice ?? {};
    const { content, reasoning, reasoning_content, refusal, audio } = delta ?? {};
    const { reasoning_details, tool_calls, images, annotations } = delta ?? {};
    return {
      ...{ id, model, provider, usage, error, openrouter_metadata, message, finish_reason, choiceError },
      ...{ content, reasoning, reasoning_content, refusal, audio },
      ...{ reasoning_details, tool_calls, images, annotations },
    };
  };

  it("takes only what the schema takes unchanged", function () {
    this.timeout(20_000);
    let taken = 0;
    fc.assert(
      fc.property(fc.oneof(chunk, plain, fc.jsonValue()), (value) => {
        const received: unknown = JSON.parse(JSON.stringify(value));
        if (!isPlainChunk(received)) return;
        taken += 1;
        assert.deepEqual(whatIsRead(chatChunkSchema.parse(received)), whatIsRead(received));
      }),
      { numRuns: 3_000 },
    );
    assert.ok(taken > 500, `${taken} chunks took it`);
  });

  it("takes the chunks that nearly all of a stream is made of", () => {
    const head = { id: "gen-1", object: "chat.completion.chunk", created: 1, model: "a/b", provider: "P" };
    const going = { index: 0, finish_reason: null, native_finish_reason: null };
    for (const delta of [
      { role: "assistant", content: "word" },
      { content: "", role: "assistant", reasoning: "Hm", reasoning_details: [{ type: "reasoning.text", text: "Hm" }] },
    ]) {
      assert.ok(isPlainChunk({ ...head, choices: [{ ...going, delta }] }));
    }
  });
});

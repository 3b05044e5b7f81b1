import assert from "node:assert/strict";
import fc from "fast-check";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { readChatStream } from "../../src/gateway/readChatStream.ts";
import { DONE, NOW, deltaFrame, finishOf, frame, readInPieces as read } from "./streamReading.ts";

const encoder = new TextEncoder();

const delta = (content: string) =>
  frame({ id: "gen-1", model: "a/b", provider: "P", choices: [{ index: 0, delta: { role: "assistant", content } }] });
const USAGE = {
  prompt_tokens: 3,
  completion_tokens: 2,
  cost: 0.00001234,
  is_byok: false,
  cost_details: { upstream_inference_cost: 0.00001234 },
};
const FINISH = frame({ id: "gen-1", choices: [{ index: 0, delta: { content: "" }, finish_reason: "stop" }] });
const GOOD = `: OPENROUTER PROCESSING\n\n${delta("Grüße ")}${delta("👋 你好")}${FINISH}${frame({ id: "gen-1", choices: [], usage: USAGE })}data: [DONE]\n\n`;
const DOUBLED = `${delta("hi")}${FINISH}${frame({ id: "gen-1", choices: [{ delta: { content: "" }, finish_reason: "stop" }], usage: USAGE })}data: [DONE]\n\n`;

describe("a chat stream", () => {
  it("gives text, provider, finish, usage and cost", async () => {
    const reading = await read(GOOD);
    assert.equal(reading.text, "Grüße 👋 你好");
    assert.deepEqual(reading.rest, [
      { type: "served", model: "a/b", provider: "P" },
      {
        type: "finish",
        reason: "stop",
        usage: { promptTokens: 3, completionTokens: 2, cachedTokens: 0, reasoningTokens: 0 },
        cost: 12_340,
        reasoningDetails: undefined,
        routerMetadata: undefined,
      },
    ]);
  });

  it("tells the tokens so far where a server reports them before the end, and the last ones with the end only", async () => {
    const counted = (tokens: number) =>
      frame({ choices: [{ delta: { content: "a" } }], usage: { prompt_tokens: 3, completion_tokens: tokens } });
    const { rest } = await read(`${counted(1)}${counted(2)}${DOUBLED}`);
    assert.deepEqual(
      rest.filter(({ type }) => type === "usage"),
      [
        { type: "usage", completionTokens: 1 },
        { type: "usage", completionTokens: 2 },
      ],
    );
    assert.ok(!(await read(DOUBLED)).rest.some(({ type }) => type === "usage"));
  });

  it("ends once when the finish reason comes twice", async () => {
    const { rest } = await read(DOUBLED);
    assert.equal(rest.filter(({ type }) => type === "finish").length, 1);
  });

  it("reads the same at every two-way split, and byte by byte", async () => {
    const bytes = encoder.encode(GOOD);
    const whole = await read(bytes);
    assert.deepEqual(await read(bytes, [1]), whole);
    for (let first = 1; first < bytes.length; first += 1) {
      assert.deepEqual(await read(bytes, [first, bytes.length]), whole, `split at ${first}`);
    }
  });

  it("reads CRLF, CR and missing spaces after the colon", async () => {
    assert.equal((await read(GOOD.replaceAll("\n", "\r\n"))).text, "Grüße 👋 你好");
    assert.deepEqual(await read(GOOD.replaceAll("\n", "\r"), [3]), await read(GOOD));
    assert.equal((await read(GOOD.replaceAll("data: ", "data:"))).text, "Grüße 👋 你好");
  });

  it("without a finish reason is incomplete, with or without the end mark", async () => {
    assert.deepEqual((await read(delta("half"))).error, "incomplete");
    assert.deepEqual((await read(`${delta("half")}data: [DONE]\n\n`)).error, "incomplete");
    assert.equal((await read(delta("half"))).text, "half");
    assert.equal((await read("")).error, "incomplete");
  });

  it("is complete without the end mark once a finish reason came", async () => {
    assert.equal((await read(`${delta("all")}${FINISH}`)).error, undefined);
  });

  it("gives the text before an error, then the error, whatever its code's type", async () => {
    for (const [code, expected] of [
      [429, "rate-limited"],
      ["server_error", "provider-down"],
      [502, "provider-down"],
    ] as const) {
      const reading = await read(
        `${delta("half")}${frame({ error: { code, message: "x" }, choices: [{ delta: { content: "" }, finish_reason: "error" }] })}`,
      );
      assert.equal(reading.text, "half");
      assert.equal(reading.error, expected);
    }
  });

  it("loses one garbage frame, and gives up after three in a row", async () => {
    const one = await read(`${delta("a")}data: {"broken\n\n${delta("b")}${FINISH}data: [DONE]\n\n`);
    assert.equal(one.text, "ab");
    assert.deepEqual(one.rest[1], { type: "warning", warning: "garbage-frame" });
    assert.equal((await read(`${delta("a")}${"data: nonsense\n\n".repeat(3)}${delta("b")}`)).error, "protocol");
  });

  it("takes fields of the wrong type as missing", async () => {
    const odd = frame({
      id: 7,
      model: {},
      choices: [{ delta: { content: "ok", reasoning: 3 }, finish_reason: "stop" }],
      usage: { cost: "free" },
    });
    const reading = await read(`${odd}data: [DONE]\n\n`);
    assert.equal(reading.text, "ok");
    assert.equal(finishOf(reading).cost, undefined);
  });

  it("adds the provider's bill under BYOK only, and never takes a missing part as 0", async () => {
    const costOf = async (usage: unknown) => {
      const end = frame({ choices: [{ delta: {}, finish_reason: "stop" }], usage });
      return finishOf(await read(`${end}${DONE}`)).cost;
    };
    assert.equal(
      await costOf({ cost: 0.001, is_byok: false, cost_details: { upstream_inference_cost: 0.001 } }),
      1_000_000,
    );
    assert.equal(
      await costOf({ cost: 0.001, is_byok: true, cost_details: { upstream_inference_cost: 0.02 } }),
      21_000_000,
    );
    assert.equal(await costOf({ cost: 0, is_byok: true }), undefined);
    assert.equal(await costOf({ cost: -1 }), undefined);
    assert.equal(await costOf({ cost: null }), undefined);
    assert.equal(await costOf({}), undefined);
    assert.equal(await costOf({ cost: 0 }), 0);
  });

  it("ends every sequence of bytes in an answer or in one of our errors, the same however it is split", async function () {
    this.timeout(20_000);
    const piece = fc.oneof(
      fc.constantFrom(
        delta("x"),
        deltaFrame({ tool_calls: [{ index: 0, id: "c", function: { name: "f", arguments: " " } }] }),
        deltaFrame({ reasoning_details: [{ type: "reasoning.text", text: "t" }], images: [7], annotations: [{}] }),
        FINISH,
        DONE,
        "data: nonsense\n\n",
        "\r\n",
        "\r",
        ": note\n",
        "data:",
        "data\n\n",
        "id: 7\nevent: x\nretry: no\n",
        "\uFEFF",
        frame({ error: {} }),
        frame({ choices: [null, 3], usage: { prompt_tokens: -1, cost: "1" } }),
        frame(null),
      ),
      fc.json({ maxDepth: 3 }).map((json) => `data: ${json}\n\n`),
      fc.string({ unit: "binary", maxLength: 20 }),
    );
    const bytes = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((pieces) => encoder.encode(pieces.join(""))),
      fc
        .array(piece, { maxLength: 6 })
        .chain((pieces) =>
          fc.uint8Array({ maxLength: 12 }).map((noise) => Buffer.concat([encoder.encode(pieces.join("")), noise])),
        ),
    );
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(bytes, sizes, async (stream, splits) => {
        assert.deepEqual(await read(stream, splits), await read(stream));
      }),
      { numRuns: 300 },
    );
  });

  it("refuses a frame without end instead of keeping it", async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      const bytes = encoder.encode("x".repeat(1024 * 1024));
      yield encoder.encode("data: ");
      for (let index = 0; index < 20; index += 1) yield bytes;
    }
    let error: unknown;
    try {
      for await (const batch of readChatStream(endless(), () => NOW)) assert.equal(batch.length, 0);
    } catch (caught) {
      error = caught;
    }
    assert.ok(error instanceof WaybillError && error.code === "protocol");
  });
});

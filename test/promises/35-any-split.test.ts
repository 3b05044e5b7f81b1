import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { MAX_EVENT_CHARACTERS, MAX_STREAM_BYTES, readChatStream } from "../../src/gateway/readChatStream.ts";
import { DONE, NOW, collectReading, deltaFrame, frame, readInPieces } from "../gateway/streamReading.ts";

const MEGABYTE = 1024 * 1024;
/** Far below what is sent, far above what one frame takes. */
const MEMORY_BYTES = 160 * MEGABYTE;
const encoder = new TextEncoder();

/** With signs of two, three and four bytes, comments, all kinds of line ends, and a frame of several lines. */
const ANSWER = encoder.encode(
  [
    ": OPENROUTER PROCESSING\n\n",
    deltaFrame({ content: "Grüße 你好 👋 " }),
    deltaFrame({ reasoning: "Ä🙂" }).replaceAll("\n", "\r\n"),
    deltaFrame({ content: "e\u0301 👩‍👩‍👧" }).replaceAll("\n", "\r"),
    'data: {"choices":[{"index":0,\ndata: "delta":{"content":"two lines"}}]}\n\n',
    deltaFrame({ content: "" }, "stop"),
    frame({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 2, cost: 0.00001234 } }),
    DONE,
  ].join(""),
);

setFlagsFromString("--expose-gc");
const collectGarbage: unknown = runInNewContext("gc");

describe("promise 35: however bytes are split, the answer is the same; no stream takes memory without bound", function () {
  this.timeout(60_000);

  it("at sampled three-way splits, whose pieces may be empty", async () => {
    const whole = await readInPieces(ANSWER);
    assert.equal(whole.error, undefined);
    assert.ok(whole.text.includes("👩‍👩‍👧two lines") && whole.reasoning === "Ä🙂");
    const place = fc.nat({ max: ANSWER.length });
    await fc.assert(
      fc.asyncProperty(place, place, async (one, other) => {
        const [first, second] = [Math.min(one, other), Math.max(one, other)];
        const pieces = [ANSWER.subarray(0, first), ANSWER.subarray(first, second), ANSWER.subarray(second)];
        assert.deepEqual(await collectReading(readChatStream(stream(pieces), () => NOW)), whole);
      }),
      { numRuns: 1_500 },
    );
  });

  const line = encoder.encode("x".repeat(MEGABYTE));
  const endless: readonly (readonly [string, string, () => Uint8Array, number])[] = [
    ["a line of 50 MB", "data: ", () => line, 50],
    ["a comment without end", ": ", () => line, 1e6],
    ["a frame of 50 MB in lines", "", () => encoder.encode(`data: ${"x".repeat(999)}\n`.repeat(1_000)), 50],
    [
      "an endless row of whole frames",
      "",
      () => encoder.encode(deltaFrame({ padding: "y".repeat(9_000) }).repeat(100)),
      1e6,
    ],
    ["an endless row of comments", "", () => encoder.encode(`:${" still".repeat(99)}\n\n`.repeat(1_700)), 1e6],
  ];
  for (const [what, start, block, blocks] of endless) {
    it(`of ${what} stops at the limit with the text before it, and keeps none of it`, async () => {
      const before = residentBytes();
      let [sent, most] = [0, 0];
      const bytes = async function* bytes(): AsyncGenerator<Uint8Array> {
        yield encoder.encode(deltaFrame({ content: "text" }) + start);
        for (let index = 0; index < blocks; index += 1) {
          const next = block();
          sent += next.length;
          if (index % 8 === 0) most = Math.max(most, residentBytes() - before);
          yield next;
        }
      };
      const { text, error } = await collectReading(readChatStream(bytes(), () => NOW));
      assert.deepEqual([text, error], ["text", "protocol"]);
      // What is one frame stops at the limit of frames already.
      const limit = blocks === 50 ? MAX_EVENT_CHARACTERS : MAX_STREAM_BYTES;
      assert.ok(sent <= limit + 2 * MEGABYTE, `${sent} bytes were taken`);
      assert.ok(most < MEMORY_BYTES, `${most} bytes were held`);
    });
  }
});

async function* stream(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

/** After what nobody holds is gone. */
function residentBytes(): number {
  assert.ok(typeof collectGarbage === "function");
  collectGarbage();
  return process.memoryUsage().rss;
}

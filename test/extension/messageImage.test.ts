import assert from "node:assert/strict";
import { measureMessages } from "../../src/core/conversation/measureMessages.ts";
import { MAX_IMAGE_BYTES, type MessageImage, imageTokens } from "../../src/core/conversation/messageImage.ts";
import { readImage } from "../../src/extension/features/chat/mentions/readImage.ts";

const PNG = encoded("iVBORw0KGgoAAAANSUhEUgAAAyAAAAJYCAIAAAAVFBUnAAAAC0lEQVR4nGMAAQAABQABDQottAAAAABJRU5ErkJggg==");
const GIF = encoded("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
const MODEL = { tokenizer: "GPT", id: "a/model" };

function encoded(base64: string): { bytes: Uint8Array; base64: string } {
  return { bytes: Buffer.from(base64, "base64"), base64 };
}

describe("a picture that goes along", () => {
  it("is known by its bytes, with its size", () => {
    assert.deepEqual(readImage(PNG), { mimeType: "image/png", base64: PNG.base64, width: 800, height: 600 });
    assert.deepEqual(readImage(GIF), { mimeType: "image/gif", base64: GIF.base64, width: 1, height: 1 });
  });

  it("is refused when it is none, or too large", () => {
    for (const text of ["", "<svg xmlns='http://www.w3.org/2000/svg'/>", "GIF", "%PDF-1.7"]) {
      assert.equal(readImage(encoded(Buffer.from(text).toString("base64"))), undefined);
    }
    const bytes = Buffer.concat([PNG.bytes, Buffer.alloc(MAX_IMAGE_BYTES)]);
    assert.equal(readImage({ bytes, base64: "" }), undefined);
  });

  it("that is cut off is read without a size, or not at all", () => {
    for (let length = 0; length < PNG.bytes.length; length += 1) {
      const image = readImage({ bytes: PNG.bytes.subarray(0, length), base64: "" });
      assert.ok(image === undefined || image.mimeType === "image/png");
    }
  });

  it("counts more tokens the larger it is, up to a limit, and at most more than about", () => {
    const sizes = [1, 100, 500, 1000, 2000, 8000];
    const tokens = sizes.map((width) => imageTokens({ width, height: width }));
    for (const [index, { expected, atMost }] of tokens.entries()) {
      assert.ok(expected < atMost);
      assert.ok(atMost >= (tokens[index - 1]?.atMost ?? 0));
    }
    assert.deepEqual(imageTokens({ width: 0, height: 0 }), imageTokens({ width: 100_000, height: 100_000 }));
  });

  it("is part of what a prompt is held for", () => {
    const image: MessageImage = { mimeType: "image/png", base64: "", width: 800, height: 600 };
    const [plain, seen] = [[], [image, image]].map((images) =>
      measureMessages([{ role: "user", content: "What is this?", images }], new Map()),
    );
    assert.ok(plain !== undefined && seen !== undefined);
    const each = imageTokens(image);
    assert.equal(seen.byteBound - plain.byteBound, 2 * each.atMost);
    assert.equal(seen.tokensOf(MODEL).atMost - plain.tokensOf(MODEL).atMost, 2 * each.atMost);
    assert.equal(seen.tokensOf(MODEL).expected - plain.tokensOf(MODEL).expected, 2 * each.expected);
  });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { type FromComposer, MAX_DROPPED_FILES, MAX_IMAGE_BYTES } from "../../src/protocol/composerMessages.ts";
import { parseChatMessage } from "../../src/protocol/parseChatMessage.ts";

const GOOD: readonly FromComposer[] = [
  { type: "complete-mention", requestId: 0, query: "" },
  { type: "add-mention", id: "file:src/a.ts" },
  { type: "drop-files", uris: ["file:///home/a.ts", "https://example.org/"] },
  { type: "paste-image", name: "image.png", mimeType: "image/png", base64: "iVBORw0KGgo=" },
  { type: "remove-attachment", id: "a.ts:1-2" },
  { type: "preview-attachment", id: "a.ts:1-2" },
  { type: "queue", text: "And then?" },
  { type: "unqueue" },
  { type: "choose-model" },
  { type: "run-slash", command: "why", rest: "" },
];

function assertDropped(message: object): void {
  assert.equal(parseChatMessage(message), undefined);
}

describe("messages of the composer", () => {
  it("are taken when they are exactly what the protocol says", () => {
    for (const message of GOOD) assert.deepEqual(parseChatMessage(message), message);
  });

  it("are dropped when anything is added, missing or of another type", () => {
    for (const message of GOOD) {
      assertDropped({ ...message, path: "/etc/passwd" });
      for (const field of Object.keys(message)) {
        assertDropped({ ...message, [field]: { is: "wrong" } });
        assertDropped(Object.fromEntries(Object.entries(message).filter(([name]) => name !== field)));
      }
    }
  });

  it("are dropped when they say more than a person does", () => {
    assertDropped({ type: "complete-mention", requestId: -1, query: "" });
    assertDropped({ type: "complete-mention", requestId: 0.5, query: "" });
    assertDropped({ type: "complete-mention", requestId: 0, query: "x".repeat(10_000) });
    assertDropped({ type: "drop-files", uris: [] });
    assertDropped({ type: "drop-files", uris: Array.from({ length: MAX_DROPPED_FILES + 1 }, () => "file:///a.ts") });
    assertDropped({ type: "run-slash", command: "quit", rest: "" });
  });

  it("bring images of the kinds that models take, up to the limit", () => {
    const image = (parts: object) => ({
      type: "paste-image",
      name: "",
      mimeType: "image/png",
      base64: "AAAA",
      ...parts,
    });
    const largest = Buffer.alloc(MAX_IMAGE_BYTES).toString("base64");
    assert.deepEqual(parseChatMessage(image({ base64: largest })), image({ base64: largest }));
    assertDropped(image({ base64: `${largest}AAAA` }));
    assertDropped(image({ base64: "" }));
    assertDropped(image({ base64: "AA AA" }));
    assertDropped(image({ base64: "data:image/png;base64,AAAA" }));
    assertDropped(image({ mimeType: "image/svg+xml" }));
  });

  it("of any shape never throw, and pass only with the fields that the protocol knows", () => {
    const fields = new Set([
      "type",
      "requestId",
      "query",
      "id",
      "uris",
      "name",
      "mimeType",
      "base64",
      "text",
      "command",
      "rest",
    ]);
    const type = fc.constantFrom(...GOOD.map((message) => message.type));
    fc.assert(
      fc.property(type, fc.object({ withBigInt: true }), (type, rest) => {
        const parsed = parseChatMessage({ ...rest, type });
        assert.ok(parsed === undefined || Object.keys(parsed).every((field) => fields.has(field)));
      }),
    );
  });
});

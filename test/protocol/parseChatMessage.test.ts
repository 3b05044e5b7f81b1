import assert from "node:assert/strict";
import fc from "fast-check";
import type { FromChatView } from "../../src/protocol/chatMessages.ts";
import { parseChatMessage } from "../../src/protocol/parseChatMessage.ts";

const GOOD: readonly FromChatView[] = [
  { type: "ready" },
  { type: "resync" },
  { type: "send", text: "hello" },
  { type: "send", text: "hello", answer: "ask-cheaper" },
  { type: "stop" },
  { type: "new-chat" },
  { type: "draft-changed", text: "" },
  { type: "remove-attachment", id: "a.ts:1-2" },
  { type: "open-link", href: "https://example.org/" },
  { type: "copy-text", text: "x" },
  { type: "copy-text", text: "x", messageId: "m1" },
  { type: "correct-task", messageId: "m1", taskType: "refactor" },
  { type: "run-action", action: "try-again", messageId: "m1" },
  { type: "run-action", action: "enter-key" },
  { type: "try-stronger", messageId: "m1" },
  { type: "view-failed", message: "x" },
  { type: "code-action", action: "terminal", messageId: "m1", code: "ls", languageId: "sh" },
  { type: "resolve-names", requestId: 1, messageId: "m1", candidates: ["src/a.ts:3"] },
  { type: "open-path", path: "src/a.ts" },
  { type: "open-symbol", name: "parseLine" },
  { type: "count-files", messageId: "m1" },
  { type: "apply-answer", messageId: "m1" },
];

const CODE_ACTION = { type: "code-action", action: "insert", messageId: "m1", code: "x", languageId: "ts" };
const RESOLVE = { type: "resolve-names", requestId: 1, messageId: "m1", candidates: ["a.ts"] };

function mustNameMessage({ type }: FromChatView): boolean {
  return ["try-stronger", "code-action", "resolve-names", "count-files", "apply-answer"].includes(type);
}

describe("messages from the view", () => {
  it("are taken when they are exactly what the protocol says", () => {
    for (const message of GOOD) assert.deepEqual(parseChatMessage(message), message);
  });

  it("are dropped when anything is added, missing or of another type", () => {
    for (const message of GOOD) {
      assert.equal(parseChatMessage({ ...message, command: "workbench.action.quit" }), undefined);
      for (const field of Object.keys(message).filter(
        (name) => name !== "answer" && (name !== "messageId" || mustNameMessage(message)),
      )) {
        assert.equal(parseChatMessage({ ...message, [field]: -7 }), undefined);
        assert.equal(
          parseChatMessage(Object.fromEntries(Object.entries(message).filter(([name]) => name !== field))),
          undefined,
        );
      }
    }
    assert.equal(parseChatMessage({ type: "run-action", action: "delete-everything" }), undefined);
    assert.equal(parseChatMessage({ ...CODE_ACTION, action: "run" }), undefined);
    assert.equal(parseChatMessage({ ...RESOLVE, candidates: Array.from({ length: 51 }, () => "a.ts") }), undefined);
    assert.equal(parseChatMessage({ ...RESOLVE, requestId: 0.5 }), undefined);
    assert.equal(parseChatMessage({ type: "open-path", path: "a".repeat(261) }), undefined);
    assert.equal(parseChatMessage({ type: "open-symbol", name: "a".repeat(121) }), undefined);
    assert.equal(parseChatMessage({ type: "send", text: "x", answer: "allow-once" }), undefined);
    assert.equal(parseChatMessage({ type: "send", text: "x".repeat(3_000_000) }), undefined);
  });

  it("of any shape never throw and never pass by accident", () => {
    const known = new Set(GOOD.map(({ type }) => type as string));
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const parsed = parseChatMessage(value);
        assert.ok(parsed === undefined || known.has(parsed.type));
      }),
    );
    assert.equal(parseChatMessage(JSON.parse('{"type":"ready","__proto__":{"type":"send"}}')), undefined);
  });
});

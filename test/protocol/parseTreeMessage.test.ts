import assert from "node:assert/strict";
import { parseChatMessage } from "../../src/protocol/parseChatMessage.ts";
import type { FromTree } from "../../src/protocol/treeMessages.ts";

const GOOD: readonly FromTree[] = [
  { type: "edit-question", messageId: "m", text: "why not?" },
  { type: "regenerate", messageId: "m", how: "same" },
  { type: "regenerate", messageId: "m", how: "choose" },
  { type: "show-sibling", messageId: "m", offset: -1 },
  { type: "show-sibling", messageId: "m", offset: 1 },
  { type: "delete-message", messageId: "m" },
  { type: "rename-chat" },
  { type: "show-chats" },
];

describe("what the view says of the tree", () => {
  it("is taken when it is exactly what the protocol says", () => {
    for (const message of GOOD) assert.deepEqual(parseChatMessage(message), message);
  });

  it("is dropped when anything is added, missing or of another type", () => {
    for (const message of GOOD) {
      assert.equal(parseChatMessage({ ...message, title: "Mine" }), undefined);
      for (const field of Object.keys(message)) {
        const without = Object.fromEntries(Object.entries(message).filter(([name]) => name !== field));
        assert.equal(parseChatMessage(without), undefined, field);
        assert.equal(parseChatMessage({ ...message, [field]: null }), undefined, field);
      }
    }
    assert.equal(parseChatMessage({ type: "show-sibling", messageId: "m", offset: 2 }), undefined);
    assert.equal(parseChatMessage({ type: "regenerate", messageId: "m", how: "openai/any" }), undefined);
  });
});

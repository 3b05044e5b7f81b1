import assert from "node:assert/strict";
import { MAX_PAGE_LENGTH } from "../../src/protocol/pagingMessages.ts";
import { parseChatMessage } from "../../src/protocol/parseChatMessage.ts";

const GOOD = { type: "load-earlier", beforeId: "m1", count: 50 } as const;

describe("a wish for earlier messages", () => {
  it("is taken when it is exactly what the protocol says", () => {
    assert.deepEqual(parseChatMessage(GOOD), GOOD);
    assert.ok(parseChatMessage({ ...GOOD, count: MAX_PAGE_LENGTH }));
  });

  it("is dropped when anything is added, missing, out of range or of another type", () => {
    for (const count of [0, -1, 1.5, MAX_PAGE_LENGTH + 1, Number.NaN, "50", undefined]) {
      assert.equal(parseChatMessage({ ...GOOD, count }), undefined);
    }
    for (const beforeId of [7, undefined, "x".repeat(3_000)]) {
      assert.equal(parseChatMessage({ ...GOOD, beforeId }), undefined);
    }
    assert.equal(parseChatMessage({ ...GOOD, chatId: "other" }), undefined);
  });
});

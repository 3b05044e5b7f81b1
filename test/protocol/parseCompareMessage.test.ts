import assert from "node:assert/strict";
import type { FromCompare } from "../../src/protocol/compareMessages.ts";
import { parseChatMessage } from "../../src/protocol/parseChatMessage.ts";
import { readStoredDetails, writeStoredDetails } from "../../src/protocol/storedDetails.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";

const GOOD: readonly FromCompare[] = [
  { type: "use-answer", messageId: "m" },
  { type: "summarise-answers" },
  { type: "show-comparison", messageId: "m" },
];

describe("what the view says of a comparison", () => {
  it("is taken when it is exactly what the protocol says", () => {
    for (const message of GOOD) assert.deepEqual(parseChatMessage(message), message);
  });

  it("is dropped when anything is added, missing or of another type", () => {
    for (const message of GOOD) {
      assert.equal(parseChatMessage({ ...message, model: "openai/any" }), undefined);
      for (const field of Object.keys(message)) {
        assert.equal(parseChatMessage({ ...message, [field]: null }), undefined, field);
      }
    }
    assert.equal(parseChatMessage({ type: "use-answer" }), undefined);
  });
});

describe("what is stored of a compared answer", () => {
  it("comes back whole; a cost that is none is not understood", () => {
    const paid = { cost: toNanoUsd(12), source: "billed" } as const;
    const details = { compared: { kind: "answer", modelId: "a/b", name: "B", paid }, turnId: "t" } as const;
    assert.deepEqual(readStoredDetails(writeStoredDetails(details)), details);
    assert.deepEqual(readStoredDetails(JSON.stringify({ compared: { kind: "summary", paid: { cost: 0.5 } } })), {});
  });
});

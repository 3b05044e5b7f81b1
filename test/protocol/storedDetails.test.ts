import assert from "node:assert/strict";
import type { AttachmentView } from "../../src/protocol/composerMessages.ts";
import { readStoredDetails, writeStoredDetails } from "../../src/protocol/storedDetails.ts";

describe("the attachments of a stored question", () => {
  it("come back as they were shown", () => {
    const attachments: readonly AttachmentView[] = [
      {
        id: "d1",
        kind: "diff",
        label: "Changes",
        languageId: "diff",
        text: "+1",
        tokens: "3 tokens",
        note: "Shortened",
      },
    ];
    assert.deepEqual(readStoredDetails(writeStoredDetails({ attachments })), { attachments });
  });

  it("of versions that knew selections only are selections", () => {
    const stored = { attachments: [{ label: "a.ts:1-2", languageId: "typescript", text: "let a;" }] };
    assert.deepEqual(readStoredDetails(JSON.stringify(stored)).attachments, [
      { id: "a.ts:1-2", kind: "selection", label: "a.ts:1-2", languageId: "typescript", text: "let a;" },
    ]);
  });
});

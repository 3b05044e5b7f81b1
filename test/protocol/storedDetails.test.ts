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

describe("the sources of a stored answer", () => {
  const SOURCE = { url: "https://example.com/a", title: "A" };

  it("come back, and an older answer has none", () => {
    assert.deepEqual(readStoredDetails(writeStoredDetails({ sources: [SOURCE] })), { sources: [SOURCE] });
    assert.deepEqual(readStoredDetails('{"note":"x"}'), { note: "x" });
  });

  it("are read like a stranger's, for an imported file may hold anything", () => {
    const stored = [
      { url: "javascript:alert(1)", title: "x" },
      SOURCE,
      { url: "https://b.example/", title: "\u202Ex" },
    ];
    const { sources } = readStoredDetails(JSON.stringify({ sources: stored }));
    assert.deepEqual(sources, [SOURCE, { url: "https://b.example/", title: "x" }]);
  });
});

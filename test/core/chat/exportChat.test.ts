import assert from "node:assert/strict";
import { type ExportedChat, chatJson, chatMarkdown } from "../../../src/core/chat/exportChat.ts";

const NOW_MS = Date.UTC(2026, 10, 21, 10);
const RECEIPT = {
  model: "Flash",
  cost: "$0.01",
  costSource: "billed",
  tokens: "10 in · 20 out",
  time: "1.5 s",
} as const;

function message(id: string, fields: Partial<ExportedChat["messages"][number]>): ExportedChat["messages"][number] {
  return { id, role: "user", text: "", reasoning: "", state: "done", details: {}, ...fields };
}

const CHAT: ExportedChat = {
  title: "Of totals",
  titleSource: "person",
  tipId: "a2",
  choice: "",
  messages: [
    message("q", {
      text: "Why?",
      details: { attachments: [{ label: "a.ts:1-2", languageId: "typescript", text: "let s = `\n```\n`;" }] },
    }),
    message("a1", { parentId: "q", role: "assistant", text: "The other answer." }),
    message("a2", {
      parentId: "q",
      role: "assistant",
      text: "Because.\n\n```ts\n1;\n```",
      details: { waybill: { ...RECEIPT, provider: "P", alarm: "not the model that was asked" }, note: "It was short." },
    }),
  ],
};

describe("a chat as Markdown", () => {
  it("is the branch that was looked at, with code in fences and receipts in a line", () => {
    assert.equal(
      chatMarkdown(CHAT, "Of totals", NOW_MS),
      [
        "# Of totals",
        "_Exported from Waybill on 2026-11-21._",
        "_One more message is on other branches; the JSON has them._",
        "## Question",
        "Why?",
        "a.ts:1-2:\n````typescript\nlet s = `\n```\n`;\n````",
        "## Answer",
        "Because.\n\n```ts\n1;\n```",
        "_It was short._",
        "> Waybill: Flash via P · $0.01 (billed) · 10 in · 20 out · 1.5 s · not the model that was asked\n",
      ].join("\n\n"),
    );
  });

  const answerOf = (fields: Partial<ExportedChat["messages"][number]>) =>
    chatMarkdown({ ...CHAT, tipId: "x", messages: [message("x", { role: "assistant", ...fields })] }, "T", NOW_MS);

  it("says what an answer lacks", () => {
    assert.match(answerOf({ text: "Half", state: "stopped" }), /Half\n\n_This answer is incomplete\._/);
    const problem = { sentence: "Nobody answered." };
    assert.match(answerOf({ state: "failed", details: { problem } }), /## Answer\n\n_Nobody answered\._\n$/);
  });

  it("names the pages that an answer is from", () => {
    const sources = [{ url: "https://example.com/", title: "Example" }];
    assert.match(answerOf({ text: "So.", details: { sources } }), /So\.\n\nSources:\n\n1\. \[Example\]\(<https:/);
    assert.doesNotMatch(answerOf({ text: "So.", details: { sources: [] } }), /Sources/);
  });

  it("never says that an unknown cost is something else", () => {
    const waybill = { ...RECEIPT, cost: "cost unknown", costSource: "unknown" } as const;
    assert.match(answerOf({ text: "x", details: { waybill } }), /> Waybill: Flash · cost unknown · 10 in/);
  });

  it("ends with the last message where the tip is not there, and ends at all in a ring", () => {
    const ring = [message("a", { parentId: "b", text: "A" }), message("b", { parentId: "a", text: "B" })];
    const text = chatMarkdown({ ...CHAT, tipId: "gone", messages: ring }, "T", NOW_MS);
    assert.deepEqual(text.match(/^[AB]$/gm), ["A", "B"]);
    assert.match(chatMarkdown({ ...CHAT, messages: [] }, "T", NOW_MS), /^# T\n\n_Exported.*_\n$/);
  });
});

describe("a chat as JSON", () => {
  it("has every branch, and says of which version it is", () => {
    const value: unknown = JSON.parse(chatJson(CHAT, NOW_MS));
    assert.deepEqual(value, { format: "waybill-chat", version: 1, exportedAt: "2026-11-21T10:00:00.000Z", ...CHAT });
  });
});

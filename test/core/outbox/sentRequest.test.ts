import assert from "node:assert/strict";
import { buildChatMessages, userMessage } from "../../../src/core/conversation/buildMessages.ts";
import type { CodeContext } from "../../../src/core/conversation/conversationMessage.ts";
import { itemsOf } from "../../../src/core/outbox/itemsOf.ts";
import { presentSent, sentPage } from "../../../src/core/outbox/presentSent.ts";
import { sentRow } from "../../store/sentRow.ts";

const code = (label: string, fields: Partial<CodeContext> = {}): CodeContext => ({
  label,
  languageId: "typescript",
  text: "const ä = 1;",
  diagnostics: [],
  ...fields,
});

const image = { mimeType: "image/png", base64: "A".repeat(400), width: 10, height: 10 } as const;

describe("what a request held", () => {
  it("is its question, what goes along with it, what was said before, pictures and our own words", () => {
    const history = [
      userMessage("Before?", [code("src/old.ts:1-3")]),
      { role: "assistant", content: "After." } as const,
    ];
    const messages = buildChatMessages(history, "Why?", [
      code("src/invoice.ts:1-2"),
      code("AGENTS.md", { kind: "instructions", text: "Be kind." }),
      code("shot.png", { kind: "image", text: "PNG", image }),
    ]);
    const items = itemsOf(messages).map(({ what, label, bytes }) => [what, label, bytes]);
    assert.deepEqual(
      items.map(([what, label]) => [what, label]),
      [
        ["question", ""],
        ["instructions", "AGENTS.md"],
        ["selection", "src/old.ts:1-3"],
        ["selection", "src/invoice.ts:1-2"],
        ["earlier messages", "2"],
        ["image", "image/png"],
        ["Waybill's own words", ""],
      ],
    );
    assert.equal(items[2]?.[2], 13);
    assert.equal(items[5]?.[2], 300);
  });

  it("adds up to the texts of its messages", () => {
    const messages = buildChatMessages([], "Why? ✓", [
      code("a.ts"),
      code("b.ts"),
      code("AGENTS.md", { kind: "instructions" }),
    ]);
    const sum = itemsOf(messages).reduce((total, { bytes }) => total + bytes, 0);
    assert.equal(
      sum,
      messages.reduce((total, { content }) => total + Buffer.byteLength(content), 0),
    );
  });
});

describe("a request in the list of what was sent", () => {
  const time = () => "12:00";
  const items = [
    { what: "question", label: "", bytes: 10 },
    { what: "earlier messages", label: "1", bytes: 10 },
    { what: "file", label: "a.ts", bytes: 10 },
    { what: "file", label: "b.ts", bytes: 10 },
    { what: "image", label: "image/png", bytes: 10 },
    { what: "Waybill's own words", label: "", bytes: 10 },
  ];

  it("is said in three short texts", () => {
    const rules = { dataCollection: "deny", zdr: true, ignore: ["y"] } as const;
    assert.deepEqual(presentSent(sentRow({ items, bytes: 12_345, privacy: "zero-retention", rules }), time), {
      label: "12:00  a/b",
      description: "12.3 KB to openrouter.ai",
      detail: "chat, question, 1 earlier message, a.ts, b.ts, 1 more · zero retention, not y",
    });
    assert.match(presentSent(sentRow(), time).detail, /nothing asked of providers$/);
  });

  it("has a page with everything that is kept, in which nothing is markup", () => {
    const page = sentPage(
      sentRow({ items: [{ what: "file", label: "![x](https://evil.example)|`", bytes: 1_234 }] }),
      time,
    );
    assert.match(page, /\| file \| \\!\\\[x\\\]\\\(https\\:\/\/evil\\\.example\\\)\\\|\\` \| 1,234 \|/);
    assert.match(page, /The text itself is not in this list/);
    assert.doesNotMatch(page, /Masked/);
    assert.match(sentPage(sentRow({ maskedSecrets: 2 }), time), /\| Masked \| 2 secrets \|/);
  });

  it("has the text in a block that it cannot close", () => {
    const page = sentPage(sentRow({ text: JSON.stringify({ content: "```\n![x](https://evil.example)" }) }), time);
    assert.match(page, /````json\n\{\n {2}"content"/);
  });
});

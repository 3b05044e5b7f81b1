import assert from "node:assert/strict";
import fc from "fast-check";
import { type ExportedChat, chatJson } from "../../src/core/chat/exportChat.ts";
import { treeOfStored } from "../../src/extension/features/chat/chatRecords.ts";
import { comparisonOf } from "../../src/extension/features/chat/compare/comparisonOf.ts";
import { ShownTree } from "../../src/extension/features/chat/shownTree.ts";
import { readImportedChat } from "../../src/extension/features/chats/readImportedChat.ts";
import { readStoredDetails } from "../../src/protocol/storedDetails.ts";

const CHAT: ExportedChat = {
  title: "Of totals",
  titleSource: "person",
  tipId: "b",
  choice: '{"profile":"economy"}',
  messages: [
    { id: "a", role: "user", text: "Why? 配置 🙂", reasoning: "", state: "done", details: {} },
    { id: "b", parentId: "a", role: "assistant", text: "Because.", reasoning: "hm", state: "done", details: {} },
    { id: "c", parentId: "a", role: "assistant", text: "Or not.", reasoning: "", state: "streaming", details: {} },
  ],
};

function read(text: string) {
  let ids = 0;
  return readImportedChat(text, { workspace: "w", newId: () => `new-${(ids += 1)}` });
}

function chatOf(text: string) {
  const result = read(text);
  assert.ok(result.kind === "chat", JSON.stringify(result));
  return result.chat;
}

const withMessages = (messages: readonly object[]) => JSON.stringify({ ...JSON.parse(chatJson(CHAT, 0)), messages });

describe("an imported chat", function () {
  this.timeout(20_000);
  it("is read however deep its details are, and without them", () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const message = JSON.stringify({ id: "a", role: "user", text: "why?", reasoning: "", state: "done", details: 0 });
    const chat = chatOf(
      withMessages([]).replace('"messages":[]', `"messages":[${message.replace(":0}", `:${deep}}`)}]`),
    );
    assert.deepEqual([chat.messages[0]?.text, chat.messages[0]?.details], ["why?", "{}"]);
  });

  it("brings no cost that no answer can have: added up, it would be no money any more", () => {
    const costs = [Number.MAX_SAFE_INTEGER, 5_000];
    const answers = costs.map((cost, place) => ({
      ...{ id: `b${place}`, parentId: "a", role: "assistant", text: "so", reasoning: "", state: "done" },
      details: { compared: { kind: "answer", modelId: "m", name: "M", paid: { cost, source: "billed" } } },
    }));
    const chat = chatOf(withMessages([CHAT.messages[0] ?? {}, ...answers]));
    const paid = chat.messages.map(({ details }) => readStoredDetails(details).compared?.paid?.cost);
    assert.deepEqual(paid, [undefined, undefined, 5_000]);
    const tree = new ShownTree(treeOfStored(chat.messages, 0), chat.messages[0]?.id, {
      emit: () => undefined,
      save: () => undefined,
      remove: () => undefined,
      saveTip: () => undefined,
    });
    assert.match(comparisonOf(tree)?.total?.text ?? "", /at least/);
  });

  it("is the exported one with ids of its own, in this workspace", () => {
    const chat = chatOf(`\uFEFF${chatJson(CHAT, 0)}`);
    assert.deepEqual(
      [chat.workspace, chat.title, chat.titleSource, chat.choice],
      ["w", "Of totals", "person", '{"profile":"economy"}'],
    );
    const [first, second, third] = chat.messages;
    assert.deepEqual(
      chat.messages.map(({ text, reasoning, state }) => [text, reasoning, state]),
      [
        ["Why? 配置 🙂", "", "done"],
        ["Because.", "hm", "done"],
        ["Or not.", "", "incomplete"],
      ],
    );
    assert.deepEqual(
      [first?.parentId, second?.parentId, third?.parentId, chat.tipId],
      [undefined, first?.id, first?.id, second?.id],
    );
    const ids = [chat.id, ...chat.messages.map(({ id }) => id)];
    assert.equal(new Set(ids).size, 4);
    assert.ok(ids.every((id) => id.startsWith("new-")));
  });

  it("keeps receipts and attachments, and neither turns nor offers", () => {
    const attachments = [{ id: "a.ts", kind: "selection", label: "a.ts", languageId: "ts", text: "1" }];
    const stronger = { than: "a", next: "b", label: "l", title: "t" };
    const [message] = chatOf(
      withMessages([{ ...CHAT.messages[0], details: { attachments, stronger, turnId: "t", other: 1 } }]),
    ).messages;
    assert.deepEqual(readStoredDetails(message?.details ?? ""), { attachments });
  });

  it("takes messages in any order, and puts what is followed before what follows", () => {
    const [a, b, c] = CHAT.messages;
    const chat = chatOf(withMessages([c ?? {}, b ?? {}, a ?? {}]));
    assert.deepEqual(
      chat.messages.map(({ text }) => text),
      ["Why? 配置 🙂", "Or not.", "Because."],
    );
  });

  const good = JSON.parse(chatJson(CHAT, 0)) as object;
  const [first] = CHAT.messages;
  const bad: readonly (readonly [string, string, RegExp])[] = [
    ["no JSON", "hello", /no chat that Waybill exported/],
    ["nothing", "", /no chat that Waybill exported/],
    ["null", "null", /no chat that Waybill exported/],
    ["another JSON", "[]", /no chat that Waybill exported/],
    ["deep brackets", "[".repeat(1_000_000), /no chat that Waybill exported/],
    ["a newer version", JSON.stringify({ ...good, version: 2, messages: "?" }), /newer version/],
    ["no messages", JSON.stringify({ ...good, messages: undefined }), /missing or changed/],
    ["a wrong role", withMessages([{ ...first, role: "system" }]), /missing or changed/],
    ["a choice without end", JSON.stringify({ ...good, choice: "x".repeat(5_000) }), /missing or changed/],
    ["messages without end", withMessages(Array.from({ length: 20_001 }, () => first ?? {})), /missing or changed/],
    ["an id twice", withMessages([first ?? {}, first ?? {}]), /do not follow/],
    ["a message after nothing", withMessages([{ ...first, parentId: "gone" }]), /do not follow/],
    [
      "a ring",
      withMessages([
        { ...first, parentId: "z" },
        { ...first, id: "z", parentId: "a" },
      ]),
      /do not follow/,
    ],
  ];
  for (const [name, text, because] of bad) {
    it(`is refused for ${name}`, () => {
      const result = read(text);
      assert.ok(result.kind === "refused");
      assert.match(result.because, because);
    });
  }

  it("survives whatever is put into the file", () => {
    const details = fc.oneof(
      fc.jsonValue({ maxDepth: 4 }),
      fc.constant({ attachments: "x", __proto__: { turnId: "t" } }),
    );
    const message = fc.record({
      id: fc.constantFrom("a", "b", "c", "__proto__", ""),
      parentId: fc.option(fc.constantFrom("a", "b", "__proto__"), { nil: undefined }),
      role: fc.constantFrom("user", "assistant"),
      text: fc.string(),
      reasoning: fc.string(),
      state: fc.string(),
      details,
    });
    fc.assert(
      fc.property(fc.array(message, { maxLength: 5 }), fc.string(), (messages, title) => {
        const result = read(JSON.stringify({ ...good, title, messages }));
        if (result.kind === "refused") return;
        const seen = new Set<string | undefined>([undefined]);
        for (const { id, parentId } of result.chat.messages) {
          assert.ok(seen.has(parentId) && !seen.has(id));
          seen.add(id);
        }
        assert.ok(seen.has(result.chat.tipId));
      }),
    );
  });
});

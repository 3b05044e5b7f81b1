import assert from "node:assert/strict";
import type { CodeContext } from "../../src/core/conversation/conversationMessage.ts";
import { LeftOut } from "../../src/extension/features/chat/mentions/leftOut.ts";
import { PendingContext } from "../../src/extension/features/chat/pendingContext.ts";
import { INSTRUCTIONS, pendingItemOf } from "./pendingItemOf.ts";

const SELECTED: CodeContext = { label: "a.ts:1-2", languageId: "typescript", text: "let a;\nlet b;", diagnostics: [] };

describe("what goes along with the next question", () => {
  let selected: CodeContext | undefined;
  let chatId = "one";
  let pending: PendingContext;
  beforeEach(() => {
    selected = undefined;
    chatId = "one";
    pending = new PendingContext({ selected: () => selected, chatId: () => chatId, leftOut: new Set() });
  });
  const labels = () => pending.code().map(({ label }) => label);

  it("is the instructions, then mentions as they were added, then the selection as it is now", () => {
    pending.add(pendingItemOf("b"));
    pending.add(pendingItemOf("a"));
    pending.setInstructions([INSTRUCTIONS]);
    selected = SELECTED;
    assert.deepEqual(labels(), ["AGENTS.md", "b.ts", "a.ts", "a.ts:1-2"]);
    selected = { ...SELECTED, label: "a.ts:1-3" };
    assert.deepEqual(labels(), ["AGENTS.md", "b.ts", "a.ts", "a.ts:1-3"]);
  });

  it("is shown as it is sent", () => {
    pending.add(pendingItemOf("a", { remark: "only the first 32 KB" }));
    selected = SELECTED;
    const fields = pending
      .code()
      .map(({ id, kind, label, languageId, text, note }) => ({ id, kind, label, languageId, text, note }));
    assert.deepEqual(
      pending
        .views()
        .map(({ id, kind, label, languageId, text, note }) => ({ id, kind, label, languageId, text, note })),
      fields,
    );
    assert.equal(fields[1]?.text, SELECTED.text);
  });

  it("keeps the instructions and what was added meanwhile when a question is sent", () => {
    pending.setInstructions([INSTRUCTIONS]);
    pending.add(pendingItemOf("a"));
    selected = SELECTED;
    const sent = pending.code();
    pending.add(pendingItemOf("late"));
    pending.noteSent(sent);
    assert.deepEqual(labels(), ["AGENTS.md", "late.ts"]);
    selected = { ...SELECTED, text: "let c;" };
    assert.deepEqual(labels(), ["AGENTS.md", "late.ts", "a.ts:1-2"]);
  });

  it("loses what is taken off; instructions only in this chat, a selection until it is another", () => {
    pending.setInstructions([INSTRUCTIONS]);
    pending.add(pendingItemOf("a"));
    selected = SELECTED;
    for (const { id } of pending.views()) pending.remove(id);
    assert.deepEqual(labels(), []);
    pending.setInstructions([{ ...INSTRUCTIONS, parts: ["Changed.\n"] }]);
    assert.deepEqual(labels(), []);
    chatId = "two";
    assert.deepEqual(labels(), ["AGENTS.md"]);
  });

  it("has again what went along with a question that came back, as it was then", () => {
    pending.setInstructions([INSTRUCTIONS]);
    pending.add(pendingItemOf("a", { remark: "only the first 32 KB" }));
    selected = SELECTED;
    const queued = pending.code();
    pending.noteSent(queued);
    assert.deepEqual(labels(), ["AGENTS.md"]);
    pending.giveBack(queued);
    assert.deepEqual(labels(), ["AGENTS.md", "a.ts", "a.ts:1-2"], "what is still selected is the selection");
    const withoutIds = () => pending.code().map(({ id: _id, ...code }) => code);
    const before = queued.map(({ id: _id, ...code }) => code);
    assert.deepEqual(withoutIds(), before);
    pending.noteSent(queued);
    selected = { ...SELECTED, text: "let c;" };
    pending.giveBack(queued);
    assert.deepEqual(labels(), ["AGENTS.md", "a.ts", "a.ts:1-2", "a.ts:1-2"]);
    assert.deepEqual(new Set(pending.views().map(({ id }) => id)).size, 4);
    for (const { id } of pending.views()) pending.remove(id);
    assert.deepEqual(labels(), []);
  });

  it("keeps instructions taken off in later windows, for the chat they were taken off in", () => {
    const state = new Map<string, unknown>();
    const memento = {
      keys: () => [...state.keys()],
      get: (key: string) => state.get(key),
      update: async (key: string, value: unknown) => void state.set(key, structuredClone(value)),
    };
    const open = () => {
      const leftOut = new LeftOut(memento as never);
      pending = new PendingContext({ selected: () => undefined, chatId: () => chatId, leftOut });
      pending.setInstructions([INSTRUCTIONS]);
    };
    open();
    pending.remove(INSTRUCTIONS.id);
    open();
    assert.deepEqual(labels(), []);
    chatId = "two";
    assert.deepEqual(labels(), ["AGENTS.md"]);
    for (let count = 0; count < 600; count += 1) {
      chatId = `chat ${count}`;
      pending.remove(INSTRUCTIONS.id);
    }
    assert.equal([...state.values()].flat().length, 500, "what is kept does not grow for ever");
    state.set([...state.keys()][0] ?? "", "nonsense");
    open();
    assert.deepEqual(labels(), ["AGENTS.md"]);
  });

  it("takes the same thing mentioned again as it is now, and no more than 50", () => {
    pending.add(pendingItemOf("a"));
    assert.equal(pending.add(pendingItemOf("a", { parts: ["new"] })), true);
    assert.deepEqual(
      pending.code().map(({ text }) => text),
      ["new"],
    );
    for (let count = 1; count < 50; count += 1) pending.add(pendingItemOf(`x${count}`));
    assert.equal(pending.add(pendingItemOf("y")), false);
    assert.equal(labels().length, 50);
  });

  it("is sent as far as it fits, and what does not fit at all shows without being sent", () => {
    const [cut, gone] = [pendingItemOf("cut", { parts: ["1\n", "2\n"] }), pendingItemOf("gone")];
    pending.add(cut);
    pending.add(gone);
    pending.weigh(cut, { fitted: { text: "1\n", note: "last of 2 lines left out" }, tokens: "1 token · free" });
    pending.weigh(gone, { fitted: { text: "", note: "left out: too long for the model's window" } });
    assert.deepEqual(labels(), ["cut.ts"]);
    assert.deepEqual(
      pending.views().map(({ text, note, tokens }) => ({ text, note, tokens })),
      [
        { text: "1\n", note: "last of 2 lines left out", tokens: "1 token · free" },
        { text: "", note: "left out: too long for the model's window", tokens: undefined },
      ],
    );
  });

  it("tells a change once", () => {
    pending.add(pendingItemOf("a"));
    assert.equal(pending.tellChange()?.length, 1);
    assert.equal(pending.tellChange(), undefined);
    pending.remove("a");
    assert.deepEqual(pending.tellChange(), []);
  });

  it("has what the selection uses only beside the selection, last, until it is taken off in this chat", () => {
    const nearby = pendingItemOf("near", { id: "nearby:", kind: "nearby", rank: "nearby", label: "nearby: total" });
    pending.setNearby(nearby);
    assert.deepEqual(labels(), []);
    selected = SELECTED;
    pending.add(pendingItemOf("a"));
    assert.deepEqual(labels(), ["a.ts", "a.ts:1-2", "nearby: total"]);
    pending.noteSent(pending.code());
    assert.deepEqual(labels(), []);
    selected = { ...SELECTED, text: "let c;" };
    pending.remove("nearby:");
    pending.setNearby({ ...nearby, parts: ["other"] });
    assert.deepEqual(labels(), ["a.ts:1-2"]);
    chatId = "two";
    assert.deepEqual(labels(), ["a.ts:1-2", "nearby: total"]);
    pending.setNearby(undefined);
    assert.deepEqual(labels(), ["a.ts:1-2"]);
  });

  it("tells nothing when the same is found nearby again", () => {
    const nearby = () => pendingItemOf("near", { id: "nearby:", kind: "nearby", rank: "nearby" });
    selected = SELECTED;
    pending.setNearby(nearby());
    const [, item] = pending.items();
    assert.ok(item);
    pending.weigh(item, { fitted: { text: "const near = 1;\n" }, tokens: "9 tokens · free" });
    assert.equal(pending.tellChange()?.length, 2);
    pending.setNearby(nearby());
    assert.equal(pending.tellChange(), undefined);
  });

  it("has what the definition around the cursor uses where nothing is selected, once in a chat", () => {
    const nearby = pendingItemOf("near", { id: "nearby:", kind: "nearby", rank: "nearby", label: "nearby: total" });
    pending.setNearby(nearby, "cursor");
    assert.deepEqual(labels(), ["nearby: total"]);
    selected = SELECTED;
    assert.deepEqual(labels(), ["a.ts:1-2"], "it says nothing of the selection");
    pending.dismissSelection();
    assert.deepEqual(labels(), []);
    selected = undefined;
    const sent = pending.code();
    pending.noteSent(sent);
    assert.deepEqual(labels(), []);
    pending.setNearby({ ...nearby }, "cursor");
    assert.deepEqual(labels(), [], "the cursor came back");
    pending.giveBack(sent);
    assert.deepEqual(labels(), ["nearby: total"], "by itself, and once");
    pending.noteSent(sent);
    pending.setNearby({ ...nearby, label: "nearby: other", parts: ["other"] }, "cursor");
    assert.deepEqual(labels(), ["nearby: other"]);
    pending.giveBack(sent);
    assert.deepEqual(labels(), ["nearby: total", "nearby: other"]);
    const [returned] = pending.views();
    pending.remove(returned?.id ?? "");
    assert.deepEqual(labels(), ["nearby: other"]);
    pending.remove("nearby:");
    assert.deepEqual(labels(), []);
    assert.ok(pending.isLeftOut("nearby:"));
    chatId = "two";
    assert.deepEqual(labels(), ["nearby: other"]);
  });

  it("comes back once where a question about a selection does", () => {
    pending.setNearby(pendingItemOf("near", { id: "nearby:", kind: "nearby", rank: "nearby", label: "nearby: total" }));
    selected = SELECTED;
    const sent = pending.code();
    pending.noteSent(sent);
    assert.deepEqual(labels(), []);
    pending.giveBack(sent);
    assert.deepEqual(labels(), ["a.ts:1-2", "nearby: total"]);
  });
});

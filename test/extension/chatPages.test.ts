import assert from "node:assert/strict";
import fc from "fast-check";
import { lastPage, loadEarlier } from "../../src/extension/features/chat/chatPages.ts";
import type { ChatChange, ChatViewState, MessageView } from "../../src/protocol/chatMessages.ts";
import { PAGE_LENGTH } from "../../src/protocol/pagingMessages.ts";
import { applyChange } from "../../src/webview/chat/applyChange.ts";
import { withoutEarlier } from "../../src/webview/chat/pages.ts";
import { QUESTION, stage } from "./chatStage.ts";

const LENGTH = 130;

function longChat(): readonly MessageView[] {
  return Array.from({ length: LENGTH }, (_, index): MessageView => {
    const place = { id: `m${index}`, ...(index === 0 ? {} : { parentId: `m${index - 1}` }), text: `text ${index}` };
    return index % 2 === 0
      ? { ...place, role: "user", attachments: [] }
      : { ...place, role: "assistant", reasoning: "", state: "done" };
  });
}

/** Turns that end without a word of the gateway. */
async function* nothing() {}

/** A view that begins with the last page and is told of every change. */
function view() {
  const on = stage(nothing, longChat());
  const begin: ChatViewState = {
    chatId: "c",
    keyState: "present",
    draft: "",
    pendingAttachments: [],
    history: [],
    ...lastPage(on.session.tree),
  };
  let chat = begin;
  let told = on.changes.length;
  return {
    on,
    get chat(): ChatViewState {
      for (const change of on.changes.slice(told)) chat = applyChange(chat, change);
      told = on.changes.length;
      return chat;
    },
    take(change: ChatChange): void {
      chat = applyChange(this.chat, change);
    },
    leave(beforeId: string): void {
      chat = withoutEarlier(this.chat, beforeId);
    },
    ask(count: number): void {
      const beforeId = this.chat.messages[0]?.id ?? "";
      loadEarlier(on.session, { type: "load-earlier", beforeId, count });
    },
  };
}

describe("a long chat", () => {
  it("begins in its view with the last page, and says what stands before", () => {
    const { chat } = view();
    assert.equal(chat.messages.length, PAGE_LENGTH);
    assert.equal(chat.messages.at(-1)?.id, `m${LENGTH - 1}`);
    assert.equal(chat.earlier, LENGTH - PAGE_LENGTH);
    assert.equal(chat.firstQuestion, "text 0");
  });

  it("brings what was asked for, to its first message", () => {
    const shown = view();
    shown.ask(20);
    assert.deepEqual([shown.chat.messages[0]?.id, shown.chat.earlier], ["m60", 60]);
    shown.ask(500);
    assert.deepEqual(shown.chat.messages, shown.on.session.tree.view);
    assert.deepEqual([shown.chat.earlier, shown.chat.firstQuestion], [undefined, undefined]);
    const before = shown.on.changes.length;
    shown.ask(50);
    loadEarlier(shown.on.session, { type: "load-earlier", beforeId: "of another branch", count: 50 });
    assert.equal(shown.on.changes.length, before, "there is nothing to tell");
  });

  it("does not take a page twice, nor one for a first message that is gone", () => {
    const shown = view();
    shown.ask(20);
    const page = shown.on.changes.at(-1);
    assert.ok(page);
    const once = shown.chat;
    shown.take(page);
    assert.equal(shown.chat, once);
    shown.leave("m100");
    shown.take(page);
    assert.deepEqual([shown.chat.messages[0]?.id, shown.chat.earlier], ["m100", 100]);
  });

  it("still shows its end when all that the view held is deleted", () => {
    const shown = view();
    shown.on.actions.deleteMessage(`m${LENGTH - PAGE_LENGTH}`);
    const { messages, earlier } = shown.chat;
    assert.equal(messages.at(-1)?.id, `m${LENGTH - PAGE_LENGTH - 1}`);
    assert.equal(messages.length + (earlier ?? 0), LENGTH - PAGE_LENGTH);
  });

  it("is in its view the end of what the chat holds, whatever is scrolled, asked, edited and deleted", async () => {
    const steps = fc.array(fc.tuple(fc.nat(6), fc.nat(200)), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(steps, async (made) => {
        const shown = view();
        const { session, actions } = shown.on;
        for (const [what, pick] of made) {
          const { messages } = shown.chat;
          const id = messages[pick % Math.max(1, messages.length)]?.id ?? "";
          if (what === 0) shown.ask(1 + pick);
          else if (what === 1) shown.leave(id);
          else if (what === 2) await session.ask({ ...QUESTION, text: `q${pick}` });
          else if (what === 3) await actions.editQuestion(id, `e${pick}`);
          else if (what === 4) actions.showSibling(id, pick % 2 === 0 ? 1 : -1);
          else if (what === 5) actions.deleteMessage(id);
          else await actions.tryAgain(id);
          const { messages: held, earlier = 0 } = shown.chat;
          const all = session.tree.view;
          assert.equal(earlier + held.length, all.length);
          assert.deepEqual(
            held.map((message) => message.id),
            all.slice(earlier).map((message) => message.id),
          );
          assert.ok(held.length > 0 || all.length === 0, "the newest message is always held");
        }
      }),
      { numRuns: 60 },
    );
  });
});

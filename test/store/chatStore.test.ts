import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ChatStore, openChatStore } from "../../src/store/chatStore.ts";

describe("the chat store", () => {
  let folder: string;
  let store: ChatStore;
  const message = { id: "m1", role: "user", text: "hello", reasoning: "", state: "done", details: "{}" } as const;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "waybill-chats-"));
    store = await openChatStore(join(folder, "chats.sqlite"));
  });
  afterEach(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("gives back the chat that was last used in a workspace, in order", async () => {
    await store.createChat("one", "w", 1);
    await store.createChat("two", "w", 2);
    await store.createChat("else", "other", 3);
    await store.saveMessage("one", message, 4);
    await store.saveMessage("one", { ...message, id: "a0", role: "assistant", text: "hi" }, 5);
    await store.saveDraft("one", "half a question");
    const chat = await store.latestChat("w");
    assert.equal(chat?.id, "one");
    assert.equal(chat.draft, "half a question");
    assert.deepEqual(
      chat.messages.map(({ id }) => id),
      ["m1", "a0"],
    );
    assert.equal(await store.latestChat("nowhere"), undefined);
  });

  it("replaces a message that is saved again, in its place", async () => {
    await store.createChat("one", "w", 1);
    await store.saveMessage("one", message, 2);
    await store.saveMessage("one", { ...message, id: "m2" }, 3);
    await store.saveMessage("one", { ...message, text: "hello again" }, 4);
    const chat = await store.latestChat("w");
    assert.deepEqual(
      chat?.messages.map(({ text }) => text),
      ["hello again", "hello"],
    );
  });
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import type { ChatStore } from "../../src/store/chatStore.ts";
import { type ChatFolder, storedChat, storedMessage, withNewChats } from "./chatFolder.ts";

describe("the chat store", () => {
  let folder: ChatFolder;
  let store: ChatStore;
  withNewChats((madeFolder, madeStore) => {
    folder = madeFolder;
    store = madeStore;
  });

  it("gives back the chat that was last used in a workspace, in order", async () => {
    await store.createChat("one", "w", 1);
    await store.createChat("two", "w", 2);
    await store.createChat("else", "other", 3);
    await store.saveMessage("one", storedMessage("m1"), 4);
    await store.saveMessage("one", storedMessage("a0", { role: "assistant", text: "hi", parentId: "m1" }), 5);
    await store.saveDraft("one", "half a question");
    assert.deepEqual(
      await store.latestChat("w"),
      storedChat("one", {
        draft: "half a question",
        messages: [storedMessage("m1"), storedMessage("a0", { role: "assistant", text: "hi", parentId: "m1" })],
      }),
    );
    assert.equal(await store.latestChat("nowhere"), undefined);
  });

  it("replaces a message that is saved again, in its place", async () => {
    await store.createChat("one", "w", 1);
    await store.saveMessage("one", storedMessage("m1"), 2);
    await store.saveMessage("one", storedMessage("m2", { parentId: "m1" }), 3);
    await store.saveMessage("one", storedMessage("m1", { text: "hello again" }), 4);
    assert.deepEqual((await store.readChat("one"))?.messages, [
      storedMessage("m1", { text: "hello again" }),
      storedMessage("m2", { parentId: "m1" }),
    ]);
  });

  it("keeps a tree, its tip, its choice and its title for the next window", async () => {
    await store.createChat("one", "w", 1);
    for (const [id, parentId] of [["a"], ["b", "a"], ["c", "a"]] as const) {
      await store.saveMessage("one", storedMessage(id, parentId === undefined ? {} : { parentId }), 2);
    }
    await store.saveTip("one", "b");
    await store.saveChoice("one", '{"profile":"economy"}');
    await store.saveTitle("one", "Of trees", "auto");
    store.close();
    const chat = await (await folder.open()).readChat("one");
    assert.deepEqual(
      chat,
      storedChat("one", {
        title: "Of trees",
        titleSource: "auto",
        tipId: "b",
        choice: '{"profile":"economy"}',
        messages: [storedMessage("a"), storedMessage("b", { parentId: "a" }), storedMessage("c", { parentId: "a" })],
      }),
    );
  });

  it("forgets the tip when told so", async () => {
    await store.createChat("one", "w", 1);
    await store.saveTip("one", "b");
    await store.saveTip("one", undefined);
    assert.deepEqual(await store.readChat("one"), storedChat("one"));
  });

  it("never puts an automatic title over a person's", async () => {
    await store.createChat("one", "w", 1);
    await store.saveTitle("one", "Guessed", "auto");
    await store.saveTitle("one", "Mine", "person");
    await store.saveTitle("one", "Guessed again", "auto");
    assert.deepEqual(await store.readChat("one"), storedChat("one", { title: "Mine", titleSource: "person" }));
    await store.saveTitle("one", "Mine too", "person");
    assert.equal((await store.readChat("one"))?.title, "Mine too");
  });

  it("removes the messages that are named, of this chat only", async () => {
    for (const chat of ["one", "two"]) {
      await store.createChat(chat, "w", 1);
      await store.saveMessage(chat, storedMessage("a"), 2);
      await store.saveMessage(chat, storedMessage("b", { parentId: "a" }), 2);
    }
    await store.removeMessages("one", ["b", "never there"]);
    assert.deepEqual((await store.readChat("one"))?.messages, [storedMessage("a")]);
    assert.equal((await store.readChat("two"))?.messages.length, 2);
  });

  it("puts a deleted chat aside until it is restored", async () => {
    await store.createChat("old", "w", 1);
    await store.createChat("one", "w", 2);
    await store.saveMessage("one", storedMessage("a"), 3);
    await store.deleteChat("one", 4);
    assert.equal((await store.latestChat("w"))?.id, "old");
    assert.equal(await store.readChat("one"), undefined);
    await store.restoreChat("one");
    assert.deepEqual(await store.latestChat("w"), storedChat("one", { messages: [storedMessage("a")] }));
  });

  it("brings a deleted chat back when the person asks on in it, and not when its last answer ends", async () => {
    await store.createChat("one", "w", 1);
    await store.deleteChat("one", 2);
    await store.saveMessage("one", storedMessage("a", { role: "assistant" }), 3);
    assert.equal(await store.readChat("one"), undefined);
    await store.saveMessage("one", storedMessage("b"), 4);
    assert.equal((await store.readChat("one"))?.messages.length, 2);
  });

  it("takes off the disk only what was deleted before the moment", async () => {
    for (const id of ["early", "late", "kept"]) {
      await store.createChat(id, "w", 1);
      await store.saveMessage(id, storedMessage("a", { text: `secret of ${id}` }), 2);
    }
    assert.equal((await store.listChats({ query: "secret", limit: 9 })).length, 3);
    await store.deleteChat("early", 10);
    await store.deleteChat("late", 20);
    await store.purgeDeleted(20);
    await store.restoreChat("early");
    await store.restoreChat("late");
    assert.equal(await store.readChat("early"), undefined);
    assert.equal((await store.readChat("late"))?.messages.length, 1);
    assert.deepEqual((await store.listChats({ query: "secret", limit: 9 })).map(({ id }) => id).toSorted(), [
      "kept",
      "late",
    ]);
    store.close();
    const bytes = readFileSync(folder.path);
    assert.ok(bytes.includes("secret of late"));
    assert.ok(!bytes.includes("secret of early"));
  });

  it("imports a whole chat, and nothing of one whose id is taken", async () => {
    const chat = storedChat("one", {
      title: "Imported",
      titleSource: "person",
      tipId: "b",
      messages: [storedMessage("a"), storedMessage("b", { parentId: "a" })],
    });
    await store.importChat(chat, 5);
    assert.deepEqual(await store.readChat("one"), chat);
    const other = storedChat("one", { messages: [storedMessage("x")] });
    await assert.rejects(store.importChat(other, 6), WaybillError);
    assert.deepEqual(await store.readChat("one"), chat);
  });

  it("waits for another window's lock with each kind of writing", async () => {
    await store.createChat("one", "w", 1);
    const other = new DatabaseSync(folder.path);
    other.exec("BEGIN IMMEDIATE");
    let isLocked = true;
    const release = setTimeout(() => {
      isLocked = false;
      other.exec("COMMIT");
      other.close();
    }, 150);
    const writes = [
      () => store.saveMessage("one", storedMessage("a"), 2),
      () => store.saveTip("one", "a"),
      () => store.importChat(storedChat("two"), 3),
      () => store.removeMessages("one", ["never there"]),
    ];
    await Promise.all(
      writes.map(async (write) => {
        await write();
        assert.equal(isLocked, false, "it waited");
      }),
    );
    clearTimeout(release);
    assert.deepEqual(await store.readChat("one"), storedChat("one", { tipId: "a", messages: [storedMessage("a")] }));
    assert.ok(await store.readChat("two"));
  });

  it("says that it is busy where a lock is never given back", async () => {
    const other = new DatabaseSync(folder.path);
    other.exec("BEGIN IMMEDIATE");
    const busy = (error: unknown) => error instanceof WaybillError && error.code === "ledger-busy";
    await assert.rejects(store.createChat("one", "w", 1), busy);
    other.exec("ROLLBACK");
    other.close();
    await store.createChat("one", "w", 1);
  }).timeout(15_000);
});

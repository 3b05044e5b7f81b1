import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import fc from "fast-check";
import { writerOfProcess } from "../../src/store/answerLease.ts";
import type { ChatStore } from "../../src/store/chatStore.ts";
import { type ChatFolder, storedMessage, withNewChats } from "./chatFolder.ts";

const underWay = (text: string, writtenUntilMs: number) =>
  storedMessage("a", { role: "assistant", state: "streaming", text, parentId: "q", writtenUntilMs });

describe("two windows with the same chat", () => {
  let folder: ChatFolder;
  let first: ChatStore;
  let second: ChatStore;
  withNewChats((madeFolder, made) => {
    folder = madeFolder;
    first = made;
  });
  beforeEach(async () => {
    second = await folder.open();
    await first.createChat("one", "w", 1);
    await first.saveMessage("one", storedMessage("q"), 1);
  });

  async function answerIn(store: ChatStore) {
    return (await store.readChat("one"))?.messages.find(({ id }) => id === "a");
  }

  it("know of each other's answers until when they are being written, and of their own that they are their own", async () => {
    await first.saveMessage("one", underWay("half", 5_000), 1);
    assert.equal((await answerIn(second))?.writtenUntilMs, 5_000);
    assert.equal((await second.latestChat("w"))?.messages.at(-1)?.writtenUntilMs, 5_000);
    assert.equal((await answerIn(first))?.writtenUntilMs, undefined);
  });

  it("know when an answer has ended, and when it was taken out", async () => {
    await first.saveMessage("one", underWay("half", 5_000), 1);
    const { writtenUntilMs: _until, ...ended } = { ...underWay("whole", 0), state: "done" };
    await first.saveMessage("one", ended, 2);
    assert.deepEqual(await answerIn(second), ended);
    await first.saveMessage("one", underWay("again", 9_000), 3);
    await first.removeMessages("one", ["a"]);
    await second.saveMessage("one", ended, 4);
    assert.deepEqual(await answerIn(first), ended);
  });

  it("say for all their answers that they go on, and for none of the other's", async () => {
    await first.saveMessage("one", underWay("half", 5_000), 1);
    await second.saveMessage("one", { ...underWay("other", 4_000), id: "b" }, 1);
    await first.holdAnswers(20_000);
    assert.equal((await answerIn(second))?.writtenUntilMs, 20_000);
    const other = (await first.readChat("one"))?.messages.find(({ id }) => id === "b");
    assert.equal(other?.writtenUntilMs, 4_000);
  });

  it("know when something was written by the other, and only then", async () => {
    const before = await second.otherWrites();
    await second.saveDraft("one", "mine");
    assert.equal(await second.otherWrites(), before);
    await first.saveDraft("one", "theirs");
    assert.notEqual(await second.otherWrites(), before);
  });

  it("lose no message when both write at once, whatever the order", async () => {
    const property = fc.asyncProperty(fc.array(fc.tuple(fc.boolean(), fc.nat(3)), { maxLength: 12 }), async (steps) => {
      const chat = crypto.randomUUID();
      await first.createChat(chat, "w", 1);
      const expected = new Map<string, string>();
      const saves = steps.map(async ([isFirst, follows], step) => {
        const id = `${isFirst ? "first" : "second"}-${follows}`;
        expected.set(id, `text ${step}`);
        const message = storedMessage(id, { text: `text ${step}` });
        await (isFirst ? first : second).saveMessage(chat, message, step);
      });
      await Promise.all(saves);
      const found = (await second.readChat(chat))?.messages ?? [];
      assert.deepEqual(new Map(found.map(({ id, text }) => [id, text])), expected);
    });
    await fc.assert(property, { numRuns: 30 });
  });

  it("see in each other's trees both branches that were asked at the same time", async () => {
    const ask = (store: ChatStore, id: string) => store.saveMessage("one", storedMessage(id, { parentId: "q" }), 2);
    await Promise.all([
      ask(first, "here"),
      ask(second, "there"),
      first.saveTip("one", "here"),
      second.saveTip("one", "there"),
    ]);
    for (const store of [first, second]) {
      const below = (await store.readChat("one"))?.messages.filter(({ parentId }) => parentId === "q");
      assert.deepEqual(below?.map(({ id }) => id).toSorted(), ["here", "there"]);
    }
  });

  describe("of which one has died", () => {
    it("is no longer believed once its process has ended", async () => {
      const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"], { stdio: "ignore" });
      await once(child, "spawn");
      const dying = await folder.open(writerOfProcess(child.pid));
      await dying.saveMessage("one", underWay("half", 5_000), 1);
      assert.equal((await answerIn(second))?.writtenUntilMs, 5_000);
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
      assert.deepEqual(await answerIn(second), storedMessage("a", { ...AS_READ, text: "half" }));
    });

    it("is believed until its lease is over where it ran on another machine", async () => {
      const remote = await folder.open("some-id 1 another machine");
      await remote.saveMessage("one", underWay("half", 5_000), 1);
      assert.equal((await answerIn(second))?.writtenUntilMs, 5_000);
    });
  });
});

const AS_READ = { role: "assistant", state: "streaming", parentId: "q" } as const;

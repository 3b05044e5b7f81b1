import assert from "node:assert/strict";
import { openDatabase } from "../../src/store/openDatabase.ts";
import { CHAT_MIGRATIONS } from "../../src/store/chatSchema.ts";
import { type ChatFolder, createChatFolder, storedChat, storedMessage } from "./chatFolder.ts";

/** A file as the first version left it. */
async function writeFirstVersion(path: string): Promise<void> {
  const database = await openDatabase({ path, version: 1, loadMigrations: async () => CHAT_MIGRATIONS.slice(0, 1) });
  const addChat = database.prepare("INSERT INTO chat VALUES (?, ?, ?, ?, ?)");
  addChat.run("two", "w", "a draft", 1, 20);
  addChat.run("one", "w", "", 2, 10);
  addChat.run("empty", "v", "only a draft", 3, 3);
  const addMessage = database.prepare("INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  // Saved in turns, as two windows do; the order within a chat is that of the positions.
  addMessage.run("one", "q1", 1, "user", "was heißt 配置?", "", "done", '{"attachments":[]}');
  addMessage.run("two", "z", 2, "assistant", "the answer", "thought", "streaming", "no JSON");
  addMessage.run("two", "y", 1, "user", "the question", "", "done", "{}");
  addMessage.run("one", "a1", 2, "assistant", "🙂", "", "done", "{}");
  addMessage.run("one", "a0", 3, "assistant", "better", "", "done", '{"relation":"replaces"}');
  database.close();
}

describe("chats of the first version", () => {
  let folder: ChatFolder;
  beforeEach(async () => {
    folder = createChatFolder();
    await writeFirstVersion(folder.path);
  });
  afterEach(() => folder.remove());

  it("become trees of one branch, with every byte of what was said", async () => {
    const store = await folder.open();
    assert.deepEqual(
      await store.readChat("one"),
      storedChat("one", {
        tipId: "a0",
        messages: [
          storedMessage("q1", { text: "was heißt 配置?", details: '{"attachments":[]}' }),
          storedMessage("a1", { role: "assistant", text: "🙂", parentId: "q1" }),
          storedMessage("a0", {
            role: "assistant",
            text: "better",
            parentId: "a1",
            details: '{"relation":"replaces"}',
          }),
        ],
      }),
    );
    const answer = { role: "assistant", text: "the answer", reasoning: "thought", state: "streaming" } as const;
    assert.deepEqual(
      await store.latestChat("w"),
      storedChat("two", {
        draft: "a draft",
        tipId: "z",
        messages: [
          storedMessage("y", { text: "the question" }),
          storedMessage("z", { ...answer, parentId: "y", details: "no JSON" }),
        ],
      }),
    );
    assert.deepEqual(await store.readChat("empty"), storedChat("empty", { workspace: "v", draft: "only a draft" }));
  });

  it("are found by what was said, and go on", async () => {
    const store = await folder.open();
    const ids = async (query: string) => (await store.listChats({ query, limit: 9 })).map(({ id }) => id);
    assert.deepEqual(await ids("question"), ["two"]);
    assert.deepEqual(await ids("配置"), ["one"]);
    await store.saveMessage("one", storedMessage("q2", { parentId: "a0", text: "a further question" }), 30);
    assert.deepEqual(await ids("question"), ["one", "two"]);
  });

  it("are brought up to date once by windows that open them at the same moment", async () => {
    const stores = await Promise.all([folder.open(), folder.open(), folder.open()]);
    for (const store of stores) assert.equal((await store.readChat("one"))?.messages.length, 3);
  });
});

describe("chats of the second version", () => {
  it("stay as they are, and their answers can be held by the window that writes them", async () => {
    const folder = createChatFolder();
    try {
      const migrations = CHAT_MIGRATIONS.slice(0, 2);
      const old = await openDatabase({ path: folder.path, version: 2, loadMigrations: async () => migrations });
      old.exec("INSERT INTO chat (id, workspace, draft, created_at_ms, updated_at_ms) VALUES ('one', 'w', '', 1, 1)");
      old.exec(
        "INSERT INTO message (chat_id, id, role, text, reasoning, state, details) VALUES ('one', 'q', 'user', 'why?', '', 'done', '{}')",
      );
      old.close();
      const [first, second] = [await folder.open(), await folder.open()];
      assert.deepEqual((await first.readChat("one"))?.messages, [storedMessage("q", { text: "why?" })]);
      const answer = storedMessage("a", { role: "assistant", parentId: "q", state: "waiting", writtenUntilMs: 9 });
      await first.saveMessage("one", answer, 2);
      assert.deepEqual((await second.readChat("one"))?.messages.at(-1), answer);
    } finally {
      folder.remove();
    }
  });
});

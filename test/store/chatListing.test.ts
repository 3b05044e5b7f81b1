import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { listChats } from "../../src/store/chatListing.ts";
import type { ChatStore } from "../../src/store/chatStore.ts";
import { type ChatFolder, storedMessage, withNewChats } from "./chatFolder.ts";

describe("the list of chats", () => {
  let folder: ChatFolder;
  let store: ChatStore;
  withNewChats((madeFolder, madeStore) => {
    folder = madeFolder;
    store = madeStore;
  });
  const add = async (id: string, texts: readonly string[], { workspace = "w", title = "", atMs = 1 } = {}) => {
    await store.createChat(id, workspace, atMs);
    if (title !== "") await store.saveTitle(id, title, "person");
    for (const [index, text] of texts.entries()) {
      const role = index % 2 === 0 ? "user" : "assistant";
      await store.saveMessage(id, storedMessage(`${id}-${index}`, { text, role }), atMs);
    }
  };
  const find = async (query: string) => (await store.listChats({ query, limit: 20 })).map(({ id }) => id);

  it("has the newest first, with what it is about", async () => {
    await add("old", ["What is a\n\n  monad?", "A burrito."], { atMs: 1 });
    await add("new", ["Hello"], { atMs: 5, title: "Greetings", workspace: "v" });
    assert.deepEqual(await store.listChats({ limit: 5 }), [
      {
        id: "new",
        workspace: "v",
        title: "Greetings",
        createdAtMs: 5,
        updatedAtMs: 5,
        messageCount: 1,
        beginning: "Hello",
        excerpt: "Hello",
      },
      {
        id: "old",
        workspace: "w",
        title: "",
        createdAtMs: 1,
        updatedAtMs: 1,
        messageCount: 2,
        beginning: "What is a monad?",
        excerpt: "What is a monad?",
      },
    ]);
  });

  it("keeps to a workspace and to a number", async () => {
    for (const index of [1, 2, 3]) await add(`w${index}`, ["x"], { atMs: index });
    await add("other", ["x"], { workspace: "v", atMs: 9 });
    const ids = async (query: Parameters<ChatStore["listChats"]>[0]) =>
      (await store.listChats(query)).map(({ id }) => id);
    assert.deepEqual(await ids({ workspace: "w", limit: 2 }), ["w3", "w2"]);
    assert.deepEqual(await ids({ workspace: "v", query: "x", limit: 2 }), ["other"]);
  });

  it("shows a chat with nothing but a draft, and none without either", async () => {
    await store.createChat("blank", "w", 1);
    await store.createChat("begun", "w", 2);
    await store.saveDraft("begun", "how do I");
    assert.deepEqual(
      (await store.listChats({ limit: 5 })).map(({ id, excerpt }) => [id, excerpt]),
      [["begun", "how do I"]],
    );
  });

  it("finds words anywhere in a chat, in any order, in its title too", async () => {
    await add("one", ["How do I parse TOML?", "Use a parser called smol-toml."], { title: "Configuration" });
    await add("two", ["How do I parse YAML?"]);
    assert.deepEqual(await find("smol parse"), ["one"]);
    assert.deepEqual(await find("config toml"), ["one"]);
    assert.deepEqual((await find("PARSE how")).toSorted(), ["one", "two"]);
    assert.deepEqual(await find("toml yaml"), []);
  });

  it("finds accents that stand apart from their letters, and the other way round", async () => {
    await add("apart", ["The file is Re\u0301sume\u0301.md."]);
    await add("whole", ["The file is R\u00E9sum\u00E9.md."], { title: "Caf\u00E9" });
    for (const query of ["r\u00E9sum\u00E9", "re\u0301sume\u0301", "R\u00C9", "re\u0301"])
      assert.deepEqual((await find(query)).toSorted(), ["apart", "whole"], query);
    assert.deepEqual(await find("cafe\u0301"), ["whole"]);
    const [{ excerpt } = { excerpt: "" }] = await store.listChats({ query: "r\u00E9sum\u00E9 file", limit: 1 });
    assert.match(excerpt, /sum/);
  });

  it("shows the place that was found", async () => {
    await add("one", [`${"before ".repeat(50)}the needle is here${" after".repeat(50)}`, "and no more"]);
    const [found] = await store.listChats({ query: "needle", limit: 1 });
    assert.match(found?.excerpt ?? "", /^….*the needle is here.*…$/);
    assert.match(found?.beginning ?? "", /^before before/);
    assert.ok((found?.excerpt.length ?? 0) < 110);
  });

  it("knows what was changed, removed and added since the last search", async () => {
    await add("one", ["first version"]);
    await add("two", ["first of another"]);
    assert.deepEqual((await find("first")).toSorted(), ["one", "two"]);
    await store.saveMessage("one", storedMessage("one-0", { text: "second version" }), 3);
    await store.removeMessages("two", ["two-0"]);
    await store.saveMessage("two", storedMessage("two-1", { text: "something else" }), 2);
    assert.deepEqual(await find("first"), []);
    assert.deepEqual(await find("second"), ["one"]);
    assert.deepEqual(await find("something"), ["two"]);
  });

  it("is not shaken by what a person may type", async () => {
    await add("quotes", ['he said "no" AND left; it\'s 100% a_b \\ NEAR(x, 2) col:value* -minus ^up (a OR b)']);
    await add("wide", ["请解释这个配置文件。日本語のテスト", "👩‍💻 🙂 Übergröße ΑΒΓ"]);
    const finds: readonly (readonly [string, string])[] = [
      ['"no"', "quotes"],
      ['"', "quotes"],
      ["'", "quotes"],
      ["AND", "quotes"],
      ["NEAR(x, 2)", "quotes"],
      ["col:value*", "quotes"],
      ["-minus", "quotes"],
      ["^up", "quotes"],
      ["(a OR b)", "quotes"],
      ["100%", "quotes"],
      ["%", "quotes"],
      ["a_b", "quotes"],
      ["_", "quotes"],
      ["\\", "quotes"],
      ["配置", "wide"],
      ["配置文件", "wide"],
      ["本", "wide"],
      ["テスト", "wide"],
      ["🙂", "wide"],
      ["👩‍💻", "wide"],
      ["übergrö", "wide"],
      ["ÜBERGR", "wide"],
      ["ü", "wide"],
      ["αβγ", "wide"],
    ];
    for (const [query, id] of finds) assert.deepEqual(await find(query), [id], query);
    for (const query of ["zzz", "a%b", "x_y_z", "\ud83d", "NOT", '""', "*", "配文"]) {
      assert.deepEqual(await find(query), query === "*" ? ["quotes"] : [], query);
    }
    for (const query of ["", "   ", "\0", "\n\t"]) assert.equal((await find(query)).length, 2);
    await find("x".repeat(100_000));
    await find("word ".repeat(1_000));
  });

  it("finds the same with an index and without one", async () => {
    const alphabet = fc.constantFrom("a", "b", "A", "é", "É", "日", "本", "🙂", " ", '"', "%", "_", "\\", "'", "*");
    const text = fc.string({ unit: alphabet, maxLength: 12 });
    const texts = fc.sample(text, { numRuns: 120, seed: 6 });
    for (const [index, said] of texts.entries()) await add(`c${index}`, [said]);
    await store.listChats({ query: "what is indexed first", limit: 1 });
    const database = new DatabaseSync(folder.path);
    assert.deepEqual(database.prepare("SELECT * FROM message_to_index").all(), [], "all of it is in the index");
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: alphabet, minLength: 1, maxLength: 6 }), async (query) => {
        const indexed = await store.listChats({ query, limit: 500 });
        const read = await listChats(database, { query, limit: 500 }, async () => false);
        assert.deepEqual(indexed, read);
      }),
      { numRuns: 300 },
    );
    database.close();
  }).timeout(60_000);

  it("reads a chat of 2,000 messages and finds a word in it", async () => {
    const filler = "The quick brown fox jumps over the lazy dog. ".repeat(40);
    const messages = Array.from({ length: 2_000 }, (_, index) =>
      storedMessage(`m${index}`, {
        text: `${filler} number-${index}`,
        ...(index === 0 ? {} : { parentId: `m${index - 1}` }),
      }),
    );
    await store.importChat(
      { id: "long", workspace: "w", title: "", titleSource: "none", draft: "", choice: "", messages },
      1,
    );
    assert.deepEqual((await store.readChat("long"))?.messages, messages);
    // Most of it is not in the index yet, and is by and by.
    assert.deepEqual(await find("number-1733"), ["long"]);
    await store.saveMessage("long", storedMessage("m1733", { text: "something else" }), 2);
    await store.removeMessages("long", ["m0"]);
    for (let search = 0; search < 10; search += 1) {
      assert.deepEqual(await find("number-1733"), []);
      assert.deepEqual(await find("number-1999"), ["long"]);
    }
  }).timeout(20_000);
});

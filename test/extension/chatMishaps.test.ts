import assert from "node:assert/strict";
import { join } from "node:path";
import type { OpenChats } from "../../src/extension/features/chat/openChats.ts";
import type { ChatChange } from "../../src/protocol/chatMessages.ts";
import { type ChatStore, openChatStore } from "../../src/store/chatStore.ts";
import { toStoreError } from "../../src/store/sqliteFailure.ts";
import type { TurnEvent } from "../../src/turn/turnEvent.ts";
import { eventually as eventuallyWithin } from "../setup/eventually.ts";
import { servicesWith } from "./chatServices.ts";
import { END, QUESTION, text } from "./chatStage.ts";
import { type EditorStage, openEditorStage } from "./editorStage.ts";

interface TestWindow {
  readonly chats: OpenChats;
  readonly store: ChatStore;
  readonly changes: ChatChange[];
  readonly returned: string[];
  /** What the view is told of the store, each time it changes. */
  readonly problems: (string | undefined)[];
}

/** What goes wrong with the file. */
interface Mishap {
  /** No chat can be read or written. */
  isGone?: boolean;
  /** SQLite's code for what writing ends with. */
  errcode?: number;
}

const FULL = 13;
const CONSTRAINT = 19;
const WRITES = ["createChat", "saveMessage", "saveDraft", "saveTip", "saveTitle", "saveChoice"];

describe("a chat that something goes wrong with", function () {
  this.timeout(20_000);
  let editor: EditorStage;
  let stores: ChatStore[];
  beforeEach(() => {
    editor = openEditorStage();
    stores = [];
  });
  afterEach(() => {
    for (const store of stores) store.close();
    editor.remove();
  });

  async function openWindow({
    mishap = {},
    state = new Map<string, unknown>(),
    runTurn = answering("because"),
  }: {
    mishap?: Mishap;
    state?: Map<string, unknown>;
    runTurn?: () => AsyncIterable<TurnEvent>;
  } = {}): Promise<TestWindow> {
    const { OpenChats } = await import("../../src/extension/features/chat/openChats.ts");
    const store = await openChatStore(join(editor.root, "chats.sqlite"));
    stores.push(store);
    const services = servicesWith(troubled(store, mishap), { done: [], logged: [], runTurn, state });
    const [changes, returned, problems]: [ChatChange[], string[], (string | undefined)[]] = [[], [], []];
    const chats: OpenChats = new OpenChats(services, {
      emit: (change) => void changes.push(change),
      tellAll: async () => undefined,
      isSeen: () => true,
      returnCode: (code) => void returned.push(...code.map(({ label }) => label)),
      tellProblem: () => void problems.push(chats.storeProblem?.sentence),
    });
    return { chats, store, changes, returned, problems };
  }

  const wordsIn = async ({ store }: TestWindow, chatId: string) =>
    (await store.readChat(chatId))?.messages.map((message) => message.text);

  it("keeps what was typed when a new chat takes it over and the window is reloaded", async () => {
    const state = new Map<string, unknown>();
    const { chats, store } = await openWindow({ state });
    const old = await chats.shown();
    old.keepDraft("half a question");
    await chats.startNew();
    const fresh = await chats.shown();
    await eventually(async () => assert.equal((await store.readChat(fresh.chatId))?.draft, "half a question"));
    await eventually(async () => assert.equal((await store.readChat(old.chatId))?.draft, ""));
    assert.equal((await (await openWindow({ state })).chats.shown()).draft, "half a question");
  });

  it("is kept whole once the disk has room again, and says meanwhile that it is not", async () => {
    const mishap: Mishap = { errcode: FULL };
    const window = await openWindow({ mishap });
    const session = await window.chats.shown();
    await session.ask(QUESTION);
    await eventually(async () =>
      assert.match(window.problems.at(-1) ?? "", /cannot be saved now \(the disk is full\)/),
    );
    assert.equal(await wordsIn(window, session.chatId), undefined);
    delete mishap.errcode;
    await window.chats.reload();
    assert.deepEqual(await wordsIn(window, session.chatId), ["why?", "because"]);
    assert.equal(window.problems.at(-1), undefined);
    assert.equal(await window.chats.shown(), session, "nothing was taken off the view");
  });

  it("is written with the next word where nobody has tried again", async () => {
    const mishap: Mishap = { errcode: FULL };
    const window = await openWindow({ mishap });
    const session = await window.chats.shown();
    await session.ask(QUESTION);
    await eventually(async () => assert.equal(window.problems.length, 1));
    delete mishap.errcode;
    session.keepDraft("and");
    await eventually(async () => {
      assert.deepEqual(await wordsIn(window, session.chatId), ["why?", "because"]);
      assert.equal((await window.store.readChat(session.chatId))?.draft, "and");
    });
    assert.deepEqual(window.problems.slice(1), [undefined]);
  });

  it("goes on being kept after one write that is refused for itself", async () => {
    const mishap: Mishap = { errcode: CONSTRAINT };
    const window = await openWindow({ mishap });
    const session = await window.chats.shown();
    session.keepDraft("lost");
    await new Promise((resolve) => setTimeout(resolve, 50));
    delete mishap.errcode;
    await session.ask(QUESTION);
    await eventually(async () => assert.deepEqual(await wordsIn(window, session.chatId), ["why?", "because"]));
    assert.deepEqual(window.problems, []);
  });

  it("is kept anew where another window has deleted it for good", async () => {
    const window = await openWindow();
    const session = await window.chats.shown();
    await session.ask(QUESTION);
    await eventually(async () => assert.deepEqual(await wordsIn(window, session.chatId), ["why?", "because"]));
    const other = await openWindow();
    await other.store.deleteChat(session.chatId, 1);
    await other.store.purgeDeleted(2);
    await session.ask({ ...QUESTION, text: "and?" });
    await eventually(async () => assert.deepEqual(await wordsIn(window, session.chatId), ["and?", "because"]));
  });

  it("is kept from its first word on when the file that could not be opened can be", async () => {
    const mishap: Mishap = { isGone: true };
    const window = await openWindow({ mishap });
    const session = await window.chats.shown();
    assert.match(window.chats.storeProblem?.sentence ?? "", /cannot be kept/);
    await session.ask(QUESTION);
    session.keepDraft("and");
    session.rename("Of reasons", "person");
    delete mishap.isGone;
    await window.chats.reload();
    assert.equal(window.chats.storeProblem, undefined);
    assert.equal(await window.chats.shown(), session);
    await eventually(async () => assert.deepEqual(await wordsIn(window, session.chatId), ["why?", "because"]));
    const stored = await window.store.readChat(session.chatId);
    assert.deepEqual([stored?.title, stored?.draft, stored?.tipId], ["Of reasons", "and", session.messages.at(-1)?.id]);
  });

  it("is the same one again for whoever still works with it after another was looked at", async () => {
    const window = await openWindow();
    const session = await window.chats.shown();
    await session.ask(QUESTION);
    await window.chats.startNew();
    await window.chats.open(session.chatId);
    assert.equal(await window.chats.shown(), session);
    await session.ask({ ...QUESTION, text: "and?" });
    await eventually(async () => {
      const words = await wordsIn(window, session.chatId);
      assert.deepEqual(words, ["why?", "because", "and?", "because"]);
    });
  });

  it("gives back what went along with a question that came back while another chat was shown", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const runTurn = async function* (): AsyncGenerator<TurnEvent> {
      yield text("be");
      await promise;
      throw new Error("cut");
    };
    const { chats, returned } = await openWindow({ runTurn });
    const session = await chats.shown();
    const asking = session.ask(QUESTION);
    const code = { label: "src/a.ts", languageId: "ts", text: "a", diagnostics: [] };
    session.queue({ ...QUESTION, text: "and?", code: [code] });
    await chats.startNew();
    resolve();
    await assert.rejects(asking, /cut/);
    assert.deepEqual([session.draft, returned], ["and?", []], "the other chat gets nothing of it");
    await chats.open(session.chatId);
    assert.deepEqual(returned, ["src/a.ts"]);
    await chats.startNew();
    await chats.open(session.chatId);
    assert.deepEqual(returned, ["src/a.ts"], "once");
  });
});

const eventually = (check: () => Promise<void>) => eventuallyWithin(check, 5_000);

function answering(words: string) {
  return async function* (): AsyncGenerator<TurnEvent> {
    yield text(words);
    yield END;
  };
}

/** The store, where its file has something. */
function troubled(store: ChatStore, mishap: Mishap): ChatStore {
  return new Proxy(store, {
    get: (target, name) => {
      const method = Reflect.get(target, name) as (...values: unknown[]) => unknown;
      if (typeof method !== "function") return method;
      return async (...values: unknown[]) => {
        const fails = mishap.errcode !== undefined && WRITES.includes(String(name));
        const errcode = mishap.isGone === true ? 14 : fails ? mishap.errcode : undefined;
        if (errcode !== undefined) throw toStoreError(Object.assign(new Error("mishap"), { errcode }));
        return Reflect.apply(method, target, values);
      };
    },
  });
}

import assert from "node:assert/strict";
import { join } from "node:path";
import type { OpenChats } from "../../src/extension/features/chat/openChats.ts";
import type { ChatSession } from "../../src/extension/features/chat/chatSession.ts";
import type { ChatChange } from "../../src/protocol/chatMessages.ts";
import { type ChatStore, openChatStore } from "../../src/store/chatStore.ts";
import type { TurnEvent } from "../../src/turn/turnEvent.ts";
import { servicesWith } from "./chatServices.ts";
import { END, QUESTION, text } from "./chatStage.ts";
import { type EditorStage, openEditorStage } from "./editorStage.ts";
import { eventually as eventuallyWithin } from "../setup/eventually.ts";

/** One window: its own connection to the file, and turns that give what the test says when it says so. */
interface TestWindow {
  readonly chats: OpenChats;
  readonly store: ChatStore;
  readonly changes: ChatChange[];
  /** Gives the events to the turn under way. */
  give(...events: readonly (TurnEvent | "over")[]): void;
  /** How many turns were paid for. */
  readonly turns: () => number;
  dispose(): void;
}

describe("a chat in two windows", function () {
  this.timeout(20_000);
  let editor: EditorStage;
  let windows: TestWindow[];
  beforeEach(() => {
    editor = openEditorStage();
    windows = [];
  });
  afterEach(() => {
    for (const each of windows) each.dispose();
    editor.remove();
  });

  async function openWindow(state = new Map<string, unknown>()): Promise<TestWindow> {
    const { OpenChats } = await import("../../src/extension/features/chat/openChats.ts");
    const store = await openChatStore(join(editor.root, "chats.sqlite"));
    const queue = new TurnQueue();
    let turns = 0;
    const runTurn = () => {
      turns += 1;
      return queue.events();
    };
    const services = servicesWith(store, { done: [], logged: [], runTurn, state });
    const changes: ChatChange[] = [];
    const chats = new OpenChats(services, {
      emit: (change) => void changes.push(change),
      tellAll: async () => undefined,
      isSeen: () => true,
      returnCode: () => undefined,
      tellProblem: () => undefined,
    });
    const dispose = () => {
      services.disposables.dispose();
      store.close();
    };
    const made = { chats, store, changes, give: queue.give.bind(queue), turns: () => turns, dispose };
    windows.push(made);
    return made;
  }

  /** The first window asks and has got a part of the answer, which the second one finds in the file. */
  async function inMidAnswer(): Promise<{ first: TestWindow; second: TestWindow; asking: Promise<void> }> {
    const first = await openWindow();
    const session = await first.chats.shown();
    const asking = session.ask(QUESTION);
    first.give(text("be"));
    const second = await openWindow();
    await eventually(async () => {
      const stored = await second.store.readChat(session.chatId);
      assert.equal(stored?.messages.at(-1)?.text, "be");
    });
    await second.chats.open(session.chatId);
    return { first, second, asking };
  }

  /** A chat that was begun in the first window and is open in both. */
  async function openTwoOnOneChat() {
    const first = await openWindow();
    first.give(text("a"), END, "over");
    const one = await first.chats.shown();
    await one.ask({ ...QUESTION, text: "begin" });
    const second = await openWindow();
    await eventually(async () => assert.equal((await second.store.readChat(one.chatId))?.messages.length, 2));
    await second.chats.open(one.chatId);
    const two = await second.chats.shown();
    return { first, one, second, two };
  }

  it("is not shown after a reload where another one was looked at while its answer went on", async () => {
    const state = new Map<string, unknown>();
    const window = await openWindow(state);
    const asking = (await window.chats.shown()).ask(QUESTION);
    window.give(text("be"));
    await window.chats.startNew();
    const looked = await window.chats.shown();
    looked.keepDraft("half a question");
    window.give(text("cause"), END, "over");
    await asking;
    await eventually(async () => {
      const latest = await window.store.latestChat(`file://${editor.project}`);
      assert.equal(latest?.messages.at(-1)?.text, "because");
    });

    const reloaded = await (await openWindow(state)).chats.shown();
    assert.equal(reloaded.chatId, looked.chatId);
    assert.equal(reloaded.draft, "half a question");
  });

  it("is shown as being answered in the other one, with nothing to pay a second time for", async () => {
    const { second, first, asking } = await inMidAnswer();
    const session = await second.chats.shown();
    const answer = lastOf(session);
    assert.equal(answer.state, "streaming");
    assert.equal(answer.isElsewhere, true);
    assert.equal(answer.problem, undefined);
    assert.match(answer.note ?? "", /another window/);
    const { ChatActions } = await import("../../src/extension/features/chat/chatActions.ts");
    const actions = new ChatActions(session);
    await actions.continueAnswer(answer.id);
    await actions.tryAgain(answer.id);
    assert.equal(actions.deleteMessage(session.messages[0]?.id ?? ""), undefined);
    assert.equal(second.turns(), 0);
    first.give(END, "over");
    await asking;
  });

  it("becomes complete when the other one has finished, by itself while it is shown", async () => {
    const { second, first, asking } = await inMidAnswer();
    const session = await second.chats.shown();
    await second.chats.lookForNews();
    // An answer is kept once a second.
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    first.give(text("ca"));
    await eventually(async () => assert.equal(lastOf(session).text, "beca"));
    const appended = second.changes.flatMap((change) => (change.kind === "text-appended" ? change.text : []));
    assert.deepEqual(appended, ["ca"], "what is there already is not told again");
    assert.equal(lastOf(session).isElsewhere, true);
    first.give(text("use"), END, "over");
    await asking;
    await eventually(async () => assert.equal(lastOf(session).state, "done"));
    const { isElsewhere, note, text: words, waybill } = lastOf(session);
    assert.deepEqual([words, note, isElsewhere], ["because", undefined, undefined]);
    assert.ok(waybill);
    const told = second.changes.flatMap((change) => (change.kind === "path-changed" ? change.messages : []));
    assert.deepEqual(told.at(-1), lastOf(session));
    const changes = second.changes.length;
    await second.chats.lookForNews();
    assert.equal(second.changes.length, changes, "the same is not told twice");
  });

  it("is read again before anything is done to an answer that this window has not written", async () => {
    const { second, first, asking } = await inMidAnswer();
    const session = await second.chats.shown();
    const { id } = lastOf(session);
    assert.equal(await second.chats.isAsSeen(session, id), true);
    first.give(text("cause"), END, "over");
    await asking;
    await eventually(async () =>
      assert.equal((await second.store.readChat(session.chatId))?.messages.at(-1)?.state, "done"),
    );
    assert.equal(await second.chats.isAsSeen(session, id), false, "it was a part of an answer when it was clicked");
    assert.equal(lastOf(session).text, "because");
    assert.equal(await second.chats.isAsSeen(session, id), true);
  });

  it("asks what was typed in the second one after the answer of the first", async () => {
    const { second, first, asking } = await inMidAnswer();
    const session = await second.chats.shown();
    assert.equal(session.mustWait, true);
    await session.ask({ ...QUESTION, text: "and?" });
    assert.equal(second.turns(), 0, "not below half an answer");
    session.queue({ ...QUESTION, text: "and?" });
    second.give(text("so"), END, "over");
    first.give(text("cause"), END, "over");
    await asking;
    await second.chats.lookForNews();
    await eventually(async () => assert.deepEqual(wordsOf(session), ["why?", "because", "and?", "so"]));
    const other = await first.chats.shown();
    await eventually(async () => {
      await first.chats.lookForNews();
      assert.deepEqual(wordsOf(other), ["why?", "because", "and?", "so"], "the first one goes along");
    });
  });

  it("offers to go on only when the window that wrote it is gone", async () => {
    const { second, first } = await inMidAnswer();
    const session = await second.chats.shown();
    // As if its process had ended: nobody says any more that it goes on, and the time is over.
    await first.store.holdAnswers(1);
    await second.chats.lookForNews();
    const answer = lastOf(session);
    assert.equal(answer.state, "incomplete");
    assert.equal(answer.problem?.action?.id ?? answer.problem?.alternatives?.[0]?.id, "continue");
    assert.equal(answer.text, "be");
  });

  it("keeps both branches where both ask at once", async () => {
    const { first, one, second, two } = await openTwoOnOneChat();
    first.give(text("b"), END, "over");
    second.give(text("c"), END, "over");
    await Promise.all([one.ask({ ...QUESTION, text: "here" }), two.ask({ ...QUESTION, text: "there" })]);
    for (const [window, session, mine] of [
      [first, one, ["begin", "a", "here", "b"]],
      [second, two, ["begin", "a", "there", "c"]],
    ] as const) {
      await eventually(async () => {
        await window.chats.lookForNews();
        assert.deepEqual(wordsOf(session), mine, "each goes on where it is");
        assert.deepEqual(session.tree.view[2]?.siblings?.count, 2);
      });
    }
    const third = await openWindow();
    await eventually(async () => assert.equal((await third.store.readChat(one.chatId))?.messages.length, 6));
  });

  it("loses what the other one deleted, and nothing that it has added below meanwhile", async () => {
    const { first, one, second, two } = await openTwoOnOneChat();
    first.give(text("b"), END, "over");
    await one.ask({ ...QUESTION, text: "more" });
    await eventually(async () => {
      await second.chats.lookForNews();
      assert.deepEqual(wordsOf(two), ["begin", "a", "more", "b"]);
    });
    one.tree.remove(one.messages[2]?.id ?? "");
    await eventually(async () => {
      await second.chats.lookForNews();
      assert.deepEqual(wordsOf(two), ["begin", "a"]);
    });
    second.give(text("c"), END, "over");
    await two.ask({ ...QUESTION, text: "mine" });
    one.tree.remove(one.messages[0]?.id ?? "");
    await eventually(async () => assert.equal((await second.store.readChat(one.chatId))?.messages.length, 2));
    await second.chats.lookForNews();
    assert.deepEqual(wordsOf(two), ["begin", "a", "mine", "c"]);
  });
});

const eventually = (check: () => Promise<void>) => eventuallyWithin(check, 5_000);

function lastOf({ messages }: ChatSession) {
  const last = messages.at(-1);
  assert.ok(last?.role === "assistant");
  return last;
}

function wordsOf({ messages }: ChatSession): readonly string[] {
  return messages.map((message) => message.text);
}

/** Gives its turns one event after the other, when they are there; `over` ends the turn. */
class TurnQueue {
  readonly #left: (TurnEvent | "over")[] = [];
  #wake: () => void = () => undefined;

  give(...events: readonly (TurnEvent | "over")[]): void {
    this.#left.push(...events);
    this.#wake();
  }

  async *events(): AsyncGenerator<TurnEvent> {
    for (;;) {
      const next = this.#left.shift();
      if (next === "over") return;
      if (next !== undefined) yield next;
      else {
        const { promise, resolve } = Promise.withResolvers<void>();
        this.#wake = resolve;
        await promise;
      }
    }
  }
}

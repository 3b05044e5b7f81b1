import assert from "node:assert/strict";
import type { AnswerView, ChatChange, ChatViewState, UserMessageView } from "../../src/protocol/chatMessages.ts";
import { reduce } from "../../src/webview/chat/reduce.ts";
import { initialViewState, isRunning, type ViewInput, type ViewState } from "../../src/webview/chat/viewState.ts";

const question: UserMessageView = { role: "user", id: "q1", text: "Why?", attachments: [] };
const answer: AnswerView = {
  role: "assistant",
  id: "a1",
  text: "",
  reasoning: "",
  state: "waiting",
  status: "Asking…",
};

function chatWith(parts: Partial<ChatViewState> = {}): ChatViewState {
  return { chatId: "c1", keyState: "present", messages: [], draft: "", pendingAttachments: [], history: [], ...parts };
}

function snapshot(parts: Partial<ChatViewState> = {}): ViewInput {
  return { type: "snapshot", sequence: 1, state: chatWith(parts) };
}

function delta(change: ChatChange): ViewInput {
  return { type: "delta", sequence: 2, change };
}

function run(...inputs: readonly ViewInput[]): ViewState {
  return inputs.reduce(reduce, initialViewState);
}

function typed(text: string): ViewInput {
  return { type: "draft-typed", text };
}

describe("reduce", () => {
  it("drops a delta before the first snapshot", () => {
    assert.equal(run(delta({ kind: "message-added", message: question })), initialViewState);
  });

  it("shows the price and the question before sending as the host tells them", () => {
    const price = { text: "$0.01–$0.02 with X", notes: [], title: "", isPossible: true };
    const ask = { sentence: "This may cost up to $0.31." };
    const asked = run(
      snapshot(),
      typed("why"),
      delta({ kind: "price-changed", price }),
      delta({ kind: "ask-changed", ask }),
    );
    assert.deepEqual([asked.chat?.price, asked.chat?.ask], [price, ask]);
    assert.equal(reduce(asked, { type: "ask-cancelled" }).chat?.ask, undefined);
    assert.equal(reduce(asked, delta({ kind: "ask-changed" })).chat?.ask, undefined);
    assert.equal(reduce(asked, delta({ kind: "price-changed" })).chat?.price, undefined);
    const changed = reduce(asked, typed("why not"));
    assert.deepEqual([changed.chat?.ask, changed.composer.text], [undefined, "why not"]);
    assert.equal(asked.composer.text, "why", "a question that is asked about stays in the composer");
  });

  it("keeps with an answer how many files it changes", () => {
    const counted = run(snapshot({ messages: [answer] }), delta({ kind: "files-counted", messageId: "a1", count: 3 }));
    assert.deepEqual(counted.chat?.messages, [{ ...answer, files: 3 }]);
    const stray = reduce(counted, delta({ kind: "files-counted", messageId: "a2", count: 2 }));
    assert.deepEqual(stray.chat?.messages, counted.chat?.messages);
  });

  it("keeps what belongs to the composer as the host tells it, and takes away what is told without a value", () => {
    const items = [{ id: "f", kind: "file", label: "a.ts" }] as const;
    const told = run(
      snapshot(),
      delta({ kind: "queue-changed", queued: "And then?" }),
      delta({ kind: "choice-changed", choice: { label: "balanced", title: "" } }),
      delta({ kind: "meter-changed", meter: { text: "3 % of the window", share: 0.03 } }),
      delta({ kind: "notice-changed", notice: "a.bin is no text." }),
      delta({ kind: "mentions-offered", requestId: 4, items }),
    ).chat;
    assert.deepEqual([told?.queued, told?.choice?.label, told?.meter?.share], ["And then?", "balanced", 0.03]);
    assert.deepEqual([told?.notice, told?.mentions], ["a.bin is no text.", { requestId: 4, items }]);
    const cleared = run(
      snapshot({
        queued: "And then?",
        choice: { label: "x", title: "" },
        meter: { text: "", share: 1 },
        notice: "No.",
      }),
      delta({ kind: "queue-changed" }),
      delta({ kind: "choice-changed" }),
      delta({ kind: "meter-changed" }),
      delta({ kind: "notice-changed" }),
    ).chat;
    assert.deepEqual(cleared, chatWith());
  });

  it("clears the composer once its question waits behind those that waited before", () => {
    const queued = (text: string) => delta({ kind: "queue-changed", queued: text });
    const sent: readonly ViewInput[] = [snapshot(), typed("And then?"), { type: "question-sent", text: "And then?" }];
    assert.equal(run(...sent).composer.text, "And then?");
    assert.equal(run(...sent, queued("First this.\n\nAnd then?")).composer.text, "");
    assert.equal(run(...sent, typed("And then? More"), queued("And then?")).composer.text, "And then? More");
    assert.equal(run(...sent, delta({ kind: "queue-changed" })).composer.text, "And then?");
    assert.equal(run(snapshot(), typed("Mine"), queued("Other")).composer.text, "Mine");
  });

  it("adds each question to the history, and the same one twice in a row once", () => {
    const ask = (id: string, text: string) => delta({ kind: "message-added", message: { ...question, id, text } });
    const asked = run(snapshot({ history: ["Old?"] }), ask("q1", "Why?"), ask("q2", "Why?"), ask("q3", "How?"));
    assert.deepEqual(asked.chat?.history, ["Old?", "Why?", "How?"]);
  });

  it("appends text and reasoning to the answer that is named", () => {
    const state = run(
      snapshot({ messages: [question, answer] }),
      delta({ kind: "text-appended", messageId: "a1", text: "Be" }),
      delta({ kind: "text-appended", messageId: "a1", text: "cause" }),
      delta({ kind: "reasoning-appended", messageId: "a1", text: "hm" }),
    );
    assert.deepEqual(state.chat?.messages[1], { ...answer, text: "Because", reasoning: "hm" });
  });

  it("leaves the state before and every other message as they were", () => {
    const before = run(snapshot({ messages: [question, answer] }));
    const after = reduce(before, delta({ kind: "text-appended", messageId: "a1", text: "x" }));
    assert.equal(before.chat?.messages[1], answer);
    assert.equal(after.chat?.messages[0], question);
  });

  it("ignores text for a message that is not there or not an answer", () => {
    const before = run(snapshot({ messages: [question] }));
    for (const messageId of ["gone", "q1"]) {
      const after = reduce(before, delta({ kind: "text-appended", messageId, text: "x" }));
      assert.deepEqual(after, before);
    }
  });

  it("keeps the text of an answer that fails", () => {
    const state = run(
      snapshot({ messages: [question, { ...answer, text: "Half" }] }),
      delta({ kind: "answer-changed", messageId: "a1", state: "failed", problem: { sentence: "It broke." } }),
    );
    const failed: AnswerView = { ...answer, text: "Half", state: "failed", problem: { sentence: "It broke." } };
    assert.deepEqual(state.chat?.messages[1], failed);
  });

  it("replaces a message that comes again with the same id", () => {
    const state = run(
      snapshot({ messages: [answer] }),
      delta({ kind: "message-added", message: { ...answer, text: "new" } }),
    );
    assert.deepEqual(state.chat?.messages, [{ ...answer, text: "new" }]);
  });

  it("shows another branch from where it begins, and leaves the rest as it was", () => {
    const second: AnswerView = { ...answer, id: "a2", siblings: { index: 2, count: 2 } };
    const before = run(snapshot({ messages: [question, answer] }));
    const after = reduce(before, delta({ kind: "path-changed", keep: 1, messages: [second] }));
    assert.deepEqual(after.chat?.messages, [question, second]);
    assert.equal(after.chat?.messages[0], question);
    assert.deepEqual(reduce(after, delta({ kind: "path-changed", keep: 0, messages: [] })).chat?.messages, []);
  });

  it("shows and forgets the title of the chat", () => {
    const named = run(snapshot(), delta({ kind: "title-changed", title: "Mine" }));
    assert.equal(named.chat?.title, "Mine");
    assert.equal(reduce(named, delta({ kind: "title-changed" })).chat?.title, undefined);
  });

  it("sets and removes the problem of the panel", () => {
    const problem = { sentence: "The chats cannot be stored." };
    const shown = run(snapshot(), delta({ kind: "problem-changed", problem }));
    assert.deepEqual(shown.chat?.problem, problem);
    assert.deepEqual(reduce(shown, delta({ kind: "problem-changed" })).chat, chatWith());
  });

  it("appends 200,000 deltas to an answer in time that grows with their number only", () => {
    const start = performance.now();
    let state = run(snapshot({ messages: [question, answer] }));
    for (let count = 0; count < 200_000; count += 1) {
      state = reduce(state, delta({ kind: "text-appended", messageId: "a1", text: "word " }));
    }
    const last = state.chat?.messages[1];
    assert.equal(last?.text.length, 1_000_000);
    assert.ok(performance.now() - start < 5_000, "copying the text each time would take minutes");
  });

  it("knows whether an answer is on its way", () => {
    assert.equal(isRunning(chatWith({ messages: [question, answer] })), true);
    assert.equal(isRunning(chatWith({ messages: [question, { ...answer, state: "done" }] })), false);
    assert.equal(isRunning(chatWith()), false);
  });
});

function check(expected: string, ...inputs: readonly ViewInput[]): void {
  assert.equal(run(...inputs).composer.text, expected);
}

describe("what was typed", () => {
  const sent: ViewInput = { type: "question-sent", text: "Why?" };
  const added = delta({ kind: "message-added", message: question });

  it("comes from the draft of the first snapshot", () => check("half a th", snapshot({ draft: "half a th" })));
  it("outlives a first snapshot that arrives late", () => check("fast", typed("fast"), snapshot({ draft: "old" })));
  it("stays in the composer when it is sent", () => check("Why?", snapshot(), typed("Why?"), sent));
  it("leaves the composer when it appears in the conversation", () =>
    check("", snapshot(), typed("Why?"), sent, added));
  it("stays when more was typed meanwhile", () =>
    check("Why? And", snapshot(), typed("Why?"), sent, typed("Why? And"), added));
  it("stays when another surface asked something", () => check("Why?", snapshot(), typed("Why?"), added));
  it("outlives a new snapshot of the same chat", () =>
    check("mine", snapshot(), typed("mine"), snapshot({ draft: "m" })));
  it("leaves the composer when the first snapshot of all tells of the question", () => {
    check("", typed("Why?"), sent, snapshot({ messages: [question] }));
    check("Why? And", typed("Why?"), sent, typed("Why? And"), snapshot({ messages: [question] }));
  });
  it("leaves the composer when only a snapshot tells of the question", () =>
    check("", snapshot(), typed("Why?"), sent, snapshot({ messages: [question] })));
  it("stands behind a question that waited and was not asked", () => {
    const returned = delta({ kind: "draft-returned", text: "next" });
    check("next", snapshot(), returned);
    check("next\n\nsince", snapshot(), typed("since"), returned);
  });
  it("moves into a fresh chat", () => check("mine", snapshot(), typed("mine"), snapshot({ chatId: "c2" })));
  it("gives way to the draft of another chat", () =>
    check("theirs", snapshot(), typed("mine"), snapshot({ chatId: "c2", draft: "theirs" })));
});

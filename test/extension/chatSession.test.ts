import assert from "node:assert/strict";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { ZERO_USD, toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { problem } from "../../src/core/problems/problem.ts";
import { correctShown } from "../../src/core/waybill/correctShown.ts";
import type { SettledRow } from "../../src/core/waybill/reconciliation.ts";
import { fromStoredMessage, toStoredMessage } from "../../src/extension/features/chat/chatRecords.ts";
import { copiedText } from "../../src/extension/features/chat/copiedText.ts";
import { correctReceipts } from "../../src/extension/features/chat/correctReceipts.ts";
import type { MessageView } from "../../src/protocol/chatMessages.ts";
import { readKeptRoute } from "../../src/protocol/readKeptRoute.ts";
import type { StoredMessage } from "../../src/store/chatStore.ts";
import type { TurnEvent } from "../../src/turn/turnEvent.ts";
import { certainTask } from "../core/tasks/certainTask.ts";
import { choiceOf } from "../core/routing/choiceOf.ts";
import { waybillOf } from "../store/storeFolder.ts";
import { END, QUESTION, answerOf, script, scripts, stage, text } from "./chatStage.ts";

/** A stored message in a window where nobody writes it. */
function readAgain(stored: StoredMessage): MessageView {
  return fromStoredMessage(stored, 0);
}

describe("a conversation", () => {
  it("asks again past a budget with the leave of the click, for that turn only", async () => {
    const limit = dailyLimit("user", toNanoUsd(1));
    const blocking = { ...limit, raisedFrom: limit.limit, spent: toNanoUsd(1), reserved: toNanoUsd(0) };
    const refused: TurnEvent = {
      type: "turn-refused",
      problem: problem("No.", "allow-once"),
      exceeded: { blocking, needed: toNanoUsd(7) },
    };
    const on = stage(() => script(...(on.orders.length === 1 ? [refused] : [text("yes"), END])));
    await on.session.ask({ text: "Why?", code: [], surface: "chat", taskType: undefined });
    await on.actions.askPastBudget(answerOf(on).id, "allow-once");
    assert.deepEqual(on.orders.at(-1)?.allowance, { id: "allow-once", amount: 7 });
    assert.equal(answerOf(on).text, "yes");
    await on.actions.tryAgain(answerOf(on).id);
    assert.equal(on.orders.length, 3);
    assert.equal(on.orders.at(-1)?.allowance, undefined);
  });

  it("knows what the next question would ask, as it would be sent, without asking it", async () => {
    const on = stage(() => script(text("be"), END));
    await on.session.ask(QUESTION);
    const { messages } = on.session.orderOf({ ...QUESTION, text: "/explain closures" });
    await on.session.ask({ ...QUESTION, text: "/explain closures" });
    assert.deepEqual(messages, on.orders.at(-1)?.messages);
    assert.equal(on.orders.length, 2);
  });

  it("asks the model that the person took instead of a dearer one, also where a stronger one was wanted", async () => {
    const refused: TurnEvent = {
      type: "turn-refused",
      problem: problem("It may cost up to $1.", "send-anyway"),
      exceeded: { needed: toNanoUsd(7), cheaper: "cheap" },
    };
    const on = stage(() => script(...(on.orders.length === 1 ? [refused] : [text("yes"), END])));
    await on.session.ask({ ...QUESTION, beginWith: "dear", leave: {} });
    await on.actions.askPastBudget(answerOf(on).id, "ask-cheaper");
    assert.equal(on.orders.at(-1)?.beginWith, "cheap");
  });

  it("keeps the pages that an answer names, and copies them with the whole of it", async () => {
    const sources = [{ url: "https://example.com/", title: "Example" }];
    const on = stage(() => script(text("So."), { type: "sources-found", sources }, END));
    await on.session.ask(QUESTION);
    const { id: messageId } = answerOf(on);
    assert.deepEqual(on.view().messages.at(-1), on.session.messages.at(-1));
    const { session } = on.reload();
    const kept = session.messages.at(-1);
    assert.deepEqual(kept?.role === "assistant" ? kept.sources : undefined, sources);
    const copy = (copied: string) => copiedText({ type: "copy-text", text: copied, messageId }, session.tree);
    assert.equal(copy("So."), "So.\n\nSources:\n\n1. [Example](<https://example.com/>)\n");
    assert.equal(copy("So"), "So");
  });

  it("keeps the question before anything else, then the answer with its waybill", async () => {
    const on = stage(() => script(text("be"), text("cause"), END));
    await on.session.ask(QUESTION);
    assert.deepEqual(
      on.changes.slice(0, 2).map(({ kind }) => kind),
      ["message-added", "message-added"],
    );
    assert.equal(answerOf(on).text, "because");
    assert.equal(answerOf(on).state, "done");
    assert.equal(answerOf(on).waybill?.cost, "$0.000000005");
    assert.deepEqual([...on.saved.values()], on.session.messages);
  });

  it("sends text as deltas, so that a long answer is never sent twice", async () => {
    const on = stage(() => script(...Array.from({ length: 100 }, () => text("0123456789")), END));
    await on.session.ask(QUESTION);
    const appended = on.changes.filter((change) => change.kind === "text-appended");
    assert.equal(
      appended.reduce((sum, change) => sum + change.text.length, 0),
      1_000,
    );
    assert.equal(JSON.stringify(on.changes).length < 12_000, true);
  });

  it("keeps a long answer on the way, at most a second old", async () => {
    const on = stage(() => script(text("a"), text("b"), text("c"), text("d"), text("e"), END));
    const seen: string[] = [];
    const save = on.saved.set.bind(on.saved);
    on.saved.set = (id, message) => {
      if (message.role === "assistant") seen.push(message.text);
      return save(id, message);
    };
    await on.session.ask(QUESTION);
    assert.ok(
      seen.some((kept) => kept !== "" && kept !== "abcde"),
      seen.join(),
    );
  });

  it("sends what was said before along, and leaves failed answers out", async () => {
    const refusal = problem("No.", "set-budget");
    let turns = 0;
    const on = stage(() =>
      (turns += 1) === 2 ? script({ type: "turn-refused", problem: refusal }) : script(text(`answer ${turns}`), END),
    );
    await on.session.ask({ ...QUESTION, text: "one" });
    await on.session.ask({ ...QUESTION, text: "two" });
    assert.equal(answerOf(on).state, "failed");
    assert.equal(answerOf(on).problem?.sentence, "No.");
    await on.session.ask({ ...QUESTION, text: "three" });
    assert.deepEqual(on.orders[2]?.messages.map(({ content }) => content).slice(1), [
      "one",
      "answer 1",
      "two",
      "three",
    ]);
  });

  it("takes no second question while one runs", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const on = stage(async function* () {
      await promise;
      yield END;
    });
    const first = on.session.ask(QUESTION);
    await on.session.ask(QUESTION);
    resolve();
    await first;
    assert.equal(on.orders.length, 1);
    await on.session.ask({ ...QUESTION, text: "  \n" });
    assert.equal(on.orders.length, 1);
  });

  it("stops the turn, and is free for the next question while the cost is still looked up", async () => {
    const looking = Promise.withResolvers<void>();
    const on = stage(async function* (_order, signal) {
      yield text("half");
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      yield {
        type: "turn-end",
        waybill: waybillOf(toNanoUsd(3), { finish: "stopped", costSource: "estimated" }),
        problem: undefined,
      };
      await looking.promise;
      yield {
        type: "waybill-corrected",
        waybill: waybillOf(toNanoUsd(4), { finish: "stopped", costSource: "reconciled" }),
      };
    });
    const asking = on.session.ask(QUESTION);
    while (answerOf(on).text === "") await Promise.resolve();
    on.session.stop();
    while (on.session.isRunning) await Promise.resolve();
    assert.equal(answerOf(on).state, "stopped");
    assert.equal(answerOf(on).waybill?.costSource, "estimated");
    looking.resolve();
    await asking;
    assert.equal(answerOf(on).waybill?.costSource, "reconciled");
    assert.equal(answerOf(on).text, "half");
  });

  it("tries again in place of an answer without text, and beside one with text", async () => {
    let turns = 0;
    const failed: TurnEvent = { type: "turn-failed", problem: problem("Down.", "try-again"), waybill: undefined };
    const on = stage(() => ((turns += 1) === 1 ? script(failed) : script(text(`now ${turns}`), END)));
    await on.session.ask(QUESTION);
    await on.actions.tryAgain(answerOf(on).id);
    assert.equal(on.saved.size, 2);
    await on.actions.tryAgain(answerOf(on).id);
    assert.equal(on.saved.size, 3);
    assert.deepEqual(
      on.session.messages.map(({ text: shown }) => shown),
      ["why?", "now 3"],
    );
    assert.deepEqual(on.view().messages.at(-1)?.siblings, { index: 2, count: 2 });
    assert.deepEqual(on.orders[2]?.messages.map(({ content }) => content).slice(1), ["why?"]);
  });

  it("ends the answer when the turn itself throws", async () => {
    const on = stage(async function* () {
      yield text("x");
      throw new Error("boom");
    });
    await assert.rejects(on.session.ask(QUESTION));
    assert.equal(on.session.isRunning, false);
  });
});

describe("an answer that broke off", () => {
  const cut: TurnEvent = {
    type: "turn-end",
    waybill: waybillOf(toNanoUsd(5), { finish: "incomplete" }),
    problem: problem("It broke off.", "continue", "try-again"),
  };

  it("is continued in an answer of its own that has all of the text before it", async () => {
    const turns = [script(text("one, two, "), cut), script(text("three, "), cut), script(text("four"), END)];
    const on = stage(() => turns.shift() ?? script());
    await on.session.ask(QUESTION);
    await on.actions.continueAnswer(answerOf(on).id);
    await on.actions.continueAnswer(answerOf(on).id);
    assert.equal(answerOf(on).text, "four");
    const { messages, signals } = on.orders[2] ?? assert.fail("three turns");
    assert.deepEqual(
      messages.slice(1).map(({ role, content }) => [role, content.split(".")[0]]),
      [
        ["user", "why?"],
        ["assistant", "one, two, three, "],
        ["user", "Your last answer broke off"],
      ],
    );
    assert.equal(signals.text, "why?");
  });

  it("is continued again from the same place when the rest did not come", async () => {
    const down: TurnEvent = { type: "turn-failed", problem: problem("Down.", "try-again"), waybill: undefined };
    const turns = [script(text("one, "), cut), script(down), script(text("two"), END)];
    const on = stage(() => turns.shift() ?? script());
    await on.session.ask(QUESTION);
    await on.actions.continueAnswer(answerOf(on).id);
    await on.actions.tryAgain(answerOf(on).id);
    assert.deepEqual(on.orders[2]?.messages, on.orders[1]?.messages);
    assert.deepEqual(
      on.session.messages.map(({ text: part }) => part),
      ["why?", "one, ", "two"],
    );
  });
});

describe("an answer that is not accepted", () => {
  const rung = (id: string, next: string | undefined, nextQuality = 1): TurnEvent => ({
    type: "route-chosen",
    decision: {
      kind: "route",
      task: certainTask("explain", { hasSelection: false }),
      choice: choiceOf(id, 1_000, { quality: 0.8 }),
      stronger: next === undefined ? [] : [choiceOf(next, 20_000_000, { quality: nextQuality })],
      cheaper: [],
      standIns: [],
      free: [],
      explanation: { reasons: [], excluded: {}, candidates: [] },
    },
  });

  it("is offered to a second opinion by that name", async () => {
    const on = stage(() => script(rung("a/weak", "b/other", 0.8), text("wrong"), END));
    await on.session.ask(QUESTION);
    assert.equal(answerOf(on).stronger?.label, "Second Opinion (about $0.020)");
  });

  it("is asked of the next stronger model, with its price on the button, and replaced in what is said later", async () => {
    const turns = [
      script(rung("a/weak", "b/strong"), text("wrong"), END),
      script(rung("b/strong", undefined), text("right"), END),
      script(text("more"), END),
    ];
    const on = stage(() => turns.shift() ?? script());
    await on.session.ask(QUESTION);
    assert.equal(answerOf(on).stronger?.label, "Try Stronger (about $0.020)");
    await on.actions.tryStronger(answerOf(on).id);
    assert.deepEqual([on.orders[1]?.strongerThan, on.orders[1]?.beginWith], ["a/weak", "b/strong"]);
    assert.deepEqual(on.outcomes, ["climbed turn"]);
    assert.deepEqual(on.orders[1]?.messages, on.orders[0]?.messages);
    assert.deepEqual(on.orders[1]?.rejected, { text: "wrong", lesson: "was not accepted" });
    assert.equal(answerOf(on).stronger, undefined);
    assert.equal(answerOf(on).relation, "replaces");
    await on.session.ask({ ...QUESTION, text: "and then?" });
    const said = on.orders[2]?.messages.map(({ content }) => content).slice(1);
    assert.deepEqual(said, ["why?", "right", "and then?"]);
  });

  it("twice in a row makes the next question begin above the first of them", async () => {
    const turns = [
      script(rung("a/weak", "b/middle"), text("wrong"), END),
      script(rung("b/middle", "c/strong"), text("wrong too"), END),
      script(rung("c/strong", undefined), text("right"), END),
      script(text("more"), END),
      script(text("more"), END),
    ];
    const on = stage(() => turns.shift() ?? script());
    await on.session.ask(QUESTION);
    await on.actions.tryStronger(answerOf(on).id);
    await on.actions.tryStronger(answerOf(on).id);
    await on.session.ask({ ...QUESTION, text: "next" });
    await on.session.ask({ ...QUESTION, text: "after that" });
    assert.deepEqual(
      on.orders.map(({ strongerThan }) => strongerThan),
      [undefined, "a/weak", "b/middle", "a/weak", undefined],
    );
  });
});

describe("an answer that a check rejected", () => {
  const climb: TurnEvent = {
    type: "climb",
    from: choiceOf("a/weak", 1_000),
    choice: choiceOf("b/strong", 2_000),
    because: "The answer of a/weak was a refusal",
    waybill: waybillOf(toNanoUsd(3)),
  };

  it("stays readable with its waybill and the reason, and the next one takes its place in what is said later", async () => {
    const turns = [script(text("no"), climb, text("yes"), END), script(text("more"), END)];
    const on = stage(() => turns.shift() ?? script());
    await on.session.ask(QUESTION);
    const [, rejected, answer] = [...on.saved.values()];
    assert.ok(rejected?.role === "assistant" && answer?.role === "assistant");
    assert.deepEqual([rejected.text, rejected.state, rejected.waybill?.cost], ["no", "done", "$0.000000003"]);
    assert.equal(rejected.note, "The answer of a/weak was a refusal, so b/strong was asked.");
    assert.deepEqual([answer.text, answer.state, answer.relation], ["yes", "done", "replaces"]);
    assert.deepEqual(on.session.messages.slice(1), [answer]);
    assert.deepEqual(on.session.tree.siblings(answer.id), [rejected, answer]);
    const kept = readAgain(toStoredMessage(rejected));
    assert.ok(kept.role === "assistant");
    assert.equal(kept.note, rejected.note);
    await on.session.ask({ ...QUESTION, text: "and then?" });
    assert.deepEqual(on.orders[1]?.messages.map(({ content }) => content).slice(1), ["why?", "yes", "and then?"]);
  });

  it("is one step away when the next one fails, and is what was said for who goes back to it", async () => {
    const down: TurnEvent = { type: "turn-failed", problem: problem("Down.", "try-again"), waybill: undefined };
    const on = stage(scripts([text("no"), climb, down], [text("more"), END]));
    await on.session.ask(QUESTION);
    assert.equal(answerOf(on).problem?.sentence, "Down.");
    assert.equal(on.session.isRunning, false);
    on.actions.showSibling(answerOf(on).id, -1);
    assert.equal(answerOf(on).text, "no");
    await on.session.ask({ ...QUESTION, text: "and then?" });
    assert.deepEqual(on.orders[1]?.messages.map(({ content }) => content).slice(1), ["why?", "no", "and then?"]);
  });
});

describe("the decision behind an answer", () => {
  it("is kept with it, and comes back from the store", async () => {
    const task = certainTask("fix");
    const choice = choiceOf("a/first", 5);
    const explanation = { reasons: [], excluded: {}, candidates: [choice, choiceOf("a/other", 6)] };
    const parts = { task, choice, stronger: [], cheaper: [], standIns: [], free: [], explanation };
    const on = stage(() => script({ type: "route-chosen", decision: { kind: "route", ...parts } }, text("x"), END));
    await on.session.ask(QUESTION);
    const answer = answerOf(on);
    const restored = readAgain(toStoredMessage(answer));
    assert.ok(restored.role === "assistant" && restored.route !== undefined);
    const table = readKeptRoute(restored.route, [], String);
    assert.deepEqual(
      [table?.ladder, table?.others].map((rows) => rows?.map(({ modelId }) => modelId)),
      [["a/first"], ["a/other"]],
    );
  });
});

describe("a stored conversation", () => {
  it("comes back as it was", () => {
    const messages: MessageView[] = [
      {
        role: "user",
        id: "u",
        text: "why?",
        attachments: [{ id: "s1", kind: "selection", label: "a.ts:1-2", languageId: "ts", text: "x" }],
      },
      {
        role: "assistant",
        id: "a",
        text: "because",
        reasoning: "hm",
        state: "done",
        waybill: {
          model: "M",
          cost: "$0.00",
          costSource: "billed",
          tokens: "1 in",
          time: "1 s",
          rows: [{ label: "a", value: "b" }],
          reasons: ["r"],
        },
      },
    ];
    assert.deepEqual(messages.map((message) => toStoredMessage(message)).map(readAgain), messages);
  });

  it("marks an answer that lost its window as incomplete, with a way on", () => {
    const stored = toStoredMessage({ role: "assistant", id: "a", text: "half", reasoning: "", state: "streaming" });
    const message = readAgain(stored);
    assert.ok(message.role === "assistant");
    assert.equal(message.state, "incomplete");
    assert.equal(message.text, "half");
    assert.deepEqual([message.problem?.action?.id, message.problem?.alternatives?.[0]?.id], ["continue", "try-again"]);
    const empty = readAgain({ ...stored, text: "" });
    assert.ok(empty.role === "assistant");
    assert.deepEqual([empty.problem?.action?.id, empty.problem?.alternatives], ["try-again", undefined]);
  });

  it("survives details that nobody understands", () => {
    const stored = {
      id: "a",
      role: "assistant",
      text: "t",
      reasoning: "",
      state: "future-state",
      details: "{broken",
    } as const;
    const message = readAgain(stored);
    assert.equal(message.text, "t");
    assert.ok(message.role === "assistant" && message.state === "incomplete");
    assert.equal(ZERO_USD, 0);
  });
});

describe("what the person does with an answer", () => {
  it("is told of its turn: copying, asking the same again, also after a reload", async () => {
    const on = stage(() => script(text("because"), END));
    await on.session.ask(QUESTION);
    on.session.noteOutcome(answerOf(on).id, "copied");
    await on.session.ask({ ...QUESTION, text: " why? " });
    await on.session.ask({ ...QUESTION, text: "why not?" });
    assert.deepEqual(on.outcomes, ["copied turn", "regenerated turn"]);
    const kept = on.session.messages.map((message) => readAgain(toStoredMessage(message)));
    const reloaded = stage(() => script(END), kept);
    reloaded.session.noteOutcome(answerOf(on).id, "copied");
    await reloaded.actions.tryAgain(answerOf(on).id);
    assert.deepEqual(reloaded.outcomes, ["copied turn", "regenerated turn"]);
  });

  it("is nothing where the first answer failed or other code goes along", async () => {
    const refused = stage(() => script({ type: "turn-refused", problem: problem("No.", "set-budget") }));
    await refused.session.ask(QUESTION);
    await refused.session.ask(QUESTION);
    assert.deepEqual(refused.outcomes, []);
    const on = stage(() => script(text("because"), END));
    await on.session.ask(QUESTION);
    const code = [{ label: "a.ts:1-1", languageId: "typescript", text: "a", diagnostics: [] }];
    await on.session.ask({ ...QUESTION, code });
    assert.deepEqual(on.outcomes, []);
  });

  it("can be to say what the question was for, which is kept with the answer", async () => {
    const on = stage(() => script(text("because"), END));
    await on.session.ask(QUESTION);
    await on.actions.correctTask(answerOf(on).id, "refactor");
    assert.deepEqual(on.corrections, ["refactor: why?"]);
    assert.deepEqual(on.changes.at(-1), {
      kind: "answer-changed",
      messageId: answerOf(on).id,
      correctedTask: "refactor",
    });
    const kept = on.saved.get(answerOf(on).id);
    assert.ok(kept !== undefined);
    const reloaded = readAgain(toStoredMessage(kept));
    assert.equal(reloaded.role === "assistant" && reloaded.correctedTask, "refactor");
  });
});

describe("a slash command in the chat", () => {
  it("is shown as typed, and sent as what it stands for, also in later questions", async () => {
    const on = stage(() => script(text("because"), END));
    await on.session.ask({ ...QUESTION, text: "/explain the loop" });
    await on.session.ask(QUESTION);
    assert.equal(on.session.messages[0]?.text, "/explain the loop");
    assert.equal(on.orders[0]?.signals.text, "/explain the loop");
    const sent = on.orders.map(({ messages }) => messages.map(({ content }) => content).slice(1));
    assert.deepEqual(sent, [["Explain: the loop"], ["Explain: the loop", "because", "why?"]]);
  });
});

describe("a receipt whose cost was looked up afterwards", () => {
  const usage = { promptTokens: 1_200, completionTokens: 30, cachedTokens: 0, reasoningTokens: 0 };
  const row = {
    reservationId: "r",
    turnId: "turn",
    keyName: "default",
    startedAtMs: 0,
    day: "2026-11-20",
    model: "a/b",
  };
  const settled = (generationId: string): SettledRow => ({
    row: { ...row, generationId, cost: toNanoUsd(5), costSource: "estimated" },
    cost: toNanoUsd(2_000_000),
    usage,
    model: "a/b",
    provider: "P",
  });
  const estimated: TurnEvent = {
    type: "turn-end",
    waybill: waybillOf(toNanoUsd(5), { costSource: "estimated" }),
    problem: undefined,
  };

  it("is corrected where it is shown and where it is kept, and no other is", async () => {
    const on = stage(() => script(text("because"), estimated));
    await on.session.ask(QUESTION);
    assert.equal(answerOf(on).waybill?.cost, "about $0.000000005");
    correctReceipts(on.session, (shown) => correctShown(shown, [settled("gen-2")]));
    assert.equal(answerOf(on).waybill?.costSource, "estimated");
    correctReceipts(on.session, (shown) => correctShown(shown, [settled("gen-2"), settled("gen-1")]));
    const { waybill, id } = answerOf(on);
    assert.deepEqual(
      [waybill?.cost, waybill?.costSource, waybill?.tokens],
      ["$0.0020", "reconciled", "1,200 in · 30 out"],
    );
    const cost = waybill?.rows.find(({ label }) => label === "Cost")?.value;
    assert.equal(cost, "$0.002, looked up afterwards");
    assert.deepEqual(on.changes.at(-1), { kind: "answer-changed", messageId: id, waybill });
    const kept = on.saved.get(id);
    assert.ok(kept?.role === "assistant");
    assert.deepEqual(kept.waybill, waybill);
  });

  it("is corrected in a chat that was loaded again, too", async () => {
    const before = stage(() => script(text("because"), estimated));
    await before.session.ask(QUESTION);
    const loaded = before.session.messages.map((message) => readAgain(toStoredMessage(message)));
    const on = stage(() => script(), loaded);
    correctReceipts(on.session, (shown) => correctShown(shown, [settled("gen-1")]));
    assert.equal(answerOf(on).waybill?.costSource, "reconciled");
  });
});

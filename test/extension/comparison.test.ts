import assert from "node:assert/strict";
import { problem } from "../../src/core/problems/problem.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { correctShown } from "../../src/core/waybill/correctShown.ts";
import { Comparison, type ModelToAsk, leaveFor } from "../../src/extension/features/chat/compare/comparison.ts";
import { comparisonOf } from "../../src/extension/features/chat/compare/comparisonOf.ts";
import { correctReceipts } from "../../src/extension/features/chat/correctReceipts.ts";
import type { TurnOrder } from "../../src/extension/platform/engine.ts";
import type { TurnEvent } from "../../src/turn/turnEvent.ts";
import { shownComparison } from "../../src/webview/chat/applyCompareChange.ts";
import { isRunning } from "../../src/webview/chat/viewState.ts";
import { settledRow } from "../core/waybill/settledRow.ts";
import { waybillOf } from "../store/storeFolder.ts";
import { QUESTION, type Stage, script, stage, text } from "./chatStage.ts";

type Answers = Readonly<Record<string, readonly TurnEvent[]>>;

const model = (id: string): ModelToAsk => ({
  model: { kind: "model", modelId: id, name: id.toUpperCase() },
  leave: leaveFor(toNanoUsd(100)),
});
const askedModel = ({ choice }: TurnOrder) => (choice?.kind === "model" ? choice.modelId : "");
const end = (id: string, cost: number, fields = {}): TurnEvent => ({
  type: "turn-end",
  waybill: waybillOf(toNanoUsd(cost), { turnId: `turn-${id}`, ...fields }),
  problem: undefined,
});
const REFUSED: TurnEvent = { type: "turn-refused", problem: problem("Over budget.", "set-budget") };
const TWO: Answers = { a: [text("first"), end("a", 5)], b: [text("second"), end("b", 7)] };

/** Each model says what is written down for it; a turn that is not pinned says what is written for "". */
const answering = (answers: Answers) => (order: TurnOrder) => script(...(answers[askedModel(order)] ?? []));

async function compared(answers: Answers, ids = ["a", "b"]): Promise<Stage> {
  const on = stage(answering(answers));
  await new Comparison(on.session).ask(QUESTION, ids.map(model));
  return on;
}

const side = (on: Stage) => comparisonOf(on.session.tree);
const textsOf = (on: Stage) => side(on)?.answers.map((answer) => `${answer.state}: ${answer.text}`);
const idOf = (on: Stage, words: string) => [...on.saved.values()].find((message) => message.text === words)?.id ?? "";

/** What the view shows is what the tree holds. */
function assertSeen(on: Stage): void {
  const seen = shownComparison(on.view());
  const { total, ...held } = side(on) ?? {};
  assert.deepEqual({ ...seen, total: seen?.total?.title }, { ...held, total: total?.title });
}

describe("several models under one question", () => {
  it("are each asked in a turn of their own, pinned, with the leave that was given, and never another model instead", async () => {
    const on = await compared(TWO);
    assert.deepEqual(on.orders.map(askedModel), ["a", "b"]);
    for (const { onExceed, confirmedUpTo, messages } of on.orders) {
      assert.deepEqual([onExceed, confirmedUpTo], ["block", 100]);
      assert.deepEqual(
        messages.slice(1).map(({ content }) => content),
        ["why?"],
      );
    }
    assert.deepEqual(textsOf(on), ["done: first", "done: second"]);
    assert.equal(side(on)?.total?.title, "$0.000000012 in all");
    assertSeen(on);
  });

  it("answer at the same time, and the chat takes no other question meanwhile", async () => {
    const gate = Promise.withResolvers<void>();
    const on = stage(async function* (order) {
      yield text(askedModel(order));
      await gate.promise;
      yield end(askedModel(order), 1);
    });
    const asking = new Comparison(on.session).ask(QUESTION, ["a", "b", "c"].map(model));
    while (side(on)?.answers.some((answer) => answer.text === "") !== false) await Promise.resolve();
    assert.deepEqual(textsOf(on), ["streaming: a", "streaming: b", "streaming: c"]);
    assert.equal(isRunning(on.view()), true);
    await on.session.ask(QUESTION);
    new Comparison(on.session).choose(idOf(on, "a"));
    on.session.queue({ ...QUESTION, text: "next" });
    gate.resolve();
    await asking;
    assert.equal(on.orders.length, 3);
    assert.equal(on.session.queued, undefined, "nobody has chosen yet what it would follow");
    assert.equal(on.drafts.at(-1), "next");
    assert.equal(isRunning(on.view()), false);
    assertSeen(on);
  });

  it("are all stopped at once, and keep what they said", async () => {
    const on = stage(async function* (order, signal) {
      yield text(`${askedModel(order)}…`);
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      yield end(askedModel(order), 2, { finish: "stopped", costSource: "estimated" });
      yield { type: "waybill-corrected", waybill: waybillOf(toNanoUsd(3), { turnId: `turn-${askedModel(order)}` }) };
    });
    const asking = new Comparison(on.session).ask(QUESTION, ["a", "b"].map(model));
    while (side(on)?.answers.some((answer) => answer.text === "") !== false) await Promise.resolve();
    on.session.stop();
    await asking;
    assert.deepEqual(textsOf(on), ["stopped: a…", "stopped: b…"]);
    assert.equal(side(on)?.total?.title, "$0.000000006 in all", "the cost that was looked up counts");
    assertSeen(on);
  });

  it("are not disturbed by one that fails or is refused, which costs nothing", async () => {
    const failed: TurnEvent = { type: "turn-failed", problem: problem("Down.", "try-again"), waybill: undefined };
    const on = await compared({ ...TWO, c: [failed], d: [REFUSED] }, ["a", "c", "b", "d"]);
    assert.deepEqual(textsOf(on), ["done: first", "failed: ", "done: second", "failed: "]);
    assert.deepEqual(side(on)?.total, { text: "2 answers, $0.000000012 in all", title: "$0.000000012 in all" });
  });

  it("have an exact total once what was only estimated is looked up, in a chat that was read again, too", async () => {
    const estimated = { costSource: "estimated", generationId: "gen-b" } as const;
    const on = await compared({ ...TWO, b: [text("second"), end("b", 7, estimated)] });
    assert.match(side(on)?.total?.title ?? "", /^about \$0\.000000012 in all/);
    for (const each of [on.reload(), on]) {
      correctReceipts(each.session, (shown, paid) => correctShown(shown, [settledRow("gen-b", 9)], paid));
      assert.deepEqual(side(each)?.total, { text: "2 answers, $0.000000014 in all", title: "$0.000000014 in all" });
    }
    assertSeen(on);
  });

  it("have an exact total only when every attempt was looked up, one by one or together, also in a chat that was read again", async () => {
    const tried = { askedModel: "x", askedModelName: "X", failure: "rejected", waitedMs: 0 } as const;
    const discarded = [{ ...tried, cost: toNanoUsd(2), costSource: "estimated", generationId: "gen-x" }];
    const fields = { costSource: "estimated", generationId: "gen-b", discarded } as const;
    const on = await compared({ ...TWO, b: [text("second"), end("b", 7, fields)] });
    const titleAfter = (each: Stage, generationId: string, cost: number) => {
      correctReceipts(each.session, (shown, paid) => correctShown(shown, [settledRow(generationId, cost)], paid));
      return side(each)?.total?.title ?? "";
    };
    assert.match(titleAfter(on, "gen-b", 9), /^about \$0\.000000016 in all/);
    assert.match(titleAfter(on, "gen-b", 9), /^about \$0\.000000016 in all/);
    for (const each of [on.reload(), on]) assert.equal(titleAfter(each, "gen-x", 3), "$0.000000017 in all");
    assertSeen(on);
  });

  it("stay about where an attempt has no id, or the chat did not keep the attempts", async () => {
    const tried = { askedModel: "x", askedModelName: "X", failure: "rejected", waitedMs: 0 } as const;
    const discarded = [{ ...tried, cost: toNanoUsd(2), costSource: "estimated" }];
    const fields = { costSource: "estimated", generationId: "gen-b", discarded } as const;
    const on = await compared({ ...TWO, b: [text("second"), end("b", 7, fields)] });
    const forgetting = (shown: Parameters<typeof correctShown>[0]) => correctShown(shown, [settledRow("gen-b", 9)]);
    for (const correct of [forgetting, forgetting]) {
      correctReceipts(on.session, correct);
      assert.match(side(on)?.total?.title ?? "", /^about \$0\.000000014 in all/);
    }
    correctReceipts(on.session, (shown, paid) => correctShown(shown, [settledRow("gen-b", 9)], paid));
    assert.match(side(on)?.total?.title ?? "", /^about \$0\.000000016 in all/);
  });

  it("outlive a turn that breaks", async () => {
    const on = stage((order) => {
      if (askedModel(order) === "a") throw new Error("no engine");
      return answering(TWO)(order);
    });
    await new Comparison(on.session).ask(QUESTION, ["a", "b"].map(model));
    await assert.rejects(on.beside[0] ?? Promise.resolve(), /no engine/);
    assert.deepEqual(textsOf(on), ["incomplete: ", "done: second"]);
    assert.match(
      side(on)?.total?.title ?? "",
      /^at least \$0.000000007 in all; what one of them cost is not known yet/,
    );
    assert.equal(on.session.isRunning, false);
  });

  it("are there again after a reload, those under way as incomplete", async () => {
    const on = await compared({ ...TWO, c: [text("half")] }, ["a", "b", "c"]);
    const { waybill: _waybill, ...cut } = on.session.tree.answer(idOf(on, "second")) ?? assert.fail();
    on.saved.set(cut.id, { ...cut, state: "streaming", compared: { kind: "answer", modelId: "b", name: "B" } });
    const again = on.reload();
    assert.deepEqual(textsOf(again)?.slice(0, 2), ["done: first", "incomplete: second"]);
    assert.match(side(again)?.total?.title ?? "", /^at least \$0.000000005 in all/);
  });

  it("ask a failed one again beside the others", async () => {
    const on = stage(answering({ ...TWO, b: [REFUSED] }));
    const comparison = new Comparison(on.session);
    await comparison.ask(QUESTION, ["a", "b"].map(model));
    const failed = side(on)?.answers[1]?.id ?? "";
    assert.equal(await comparison.askAgain(failed), true);
    assert.deepEqual(on.orders.map(askedModel), ["a", "b", "b"]);
    assert.equal(on.orders.at(-1)?.onExceed, "block");
    assert.deepEqual(textsOf(on), ["done: first", "failed: "]);
    assert.equal(await comparison.askAgain(failed), false, "it is gone");
    assertSeen(on);
  });
});

describe("the answer that is chosen", () => {
  it("goes on as the chat, speaks for its model and against the others, and leaves them beside it", async () => {
    const on = await compared({ ...TWO, c: [REFUSED], "": [text("more"), end("next", 1)] }, ["a", "b", "c"]);
    new Comparison(on.session).choose(idOf(on, "second"));
    assert.deepEqual(on.outcomes, ["accepted turn-b", "outranked turn-a"]);
    assert.deepEqual(on.answered, [idOf(on, "second")]);
    assert.equal(shownComparison(on.view()), undefined);
    assert.deepEqual(on.view().messages.at(-1)?.siblings, { index: 2, count: 3 });
    await on.session.ask({ ...QUESTION, text: "and?" });
    assert.deepEqual(
      on.orders
        .at(-1)
        ?.messages.slice(1)
        .map(({ content }) => content),
      ["why?", "second", "and?"],
    );
    assert.equal(on.orders.at(-1)?.choice, undefined, "the chat itself asks what it asked before");
  });

  it("can be changed for another, which then counts", async () => {
    const on = await compared(TWO);
    const comparison = new Comparison(on.session);
    comparison.choose(idOf(on, "first"));
    comparison.show(idOf(on, "first"));
    assert.deepEqual(textsOf(on), ["done: first", "done: second"]);
    assertSeen(on);
    comparison.choose(idOf(on, "second"));
    assert.deepEqual(on.outcomes, ["accepted turn-a", "outranked turn-b", "accepted turn-b", "outranked turn-a"]);
  });

  it("is the first whole one for a question that is asked without choosing, which is no verdict", async () => {
    const on = await compared({ ...TWO, c: [REFUSED], "": [text("more"), end("next", 1)] }, ["c", "b", "a"]);
    await on.session.ask({ ...QUESTION, text: "and?" });
    assert.deepEqual(
      on.session.messages.map((message) => message.text),
      ["why?", "second", "and?", "more"],
    );
    assert.deepEqual(on.outcomes, []);
  });

  it("has to be one of those that are side by side, with a text", async () => {
    const on = await compared({ ...TWO, c: [REFUSED] }, ["a", "b", "c"]);
    const comparison = new Comparison(on.session);
    for (const id of ["", "m1", side(on)?.answers[2]?.id ?? ""]) comparison.choose(id);
    assert.equal(side(on)?.answers.length, 3);
    assert.deepEqual(on.outcomes, []);
  });
});

describe("a summary of several answers", () => {
  const SAID: Answers = { ...TWO, "": [text("they agree"), end("summary", 2)] };

  it("is one more turn by cheap rules, with the answers as quoted material", async () => {
    const on = await compared(SAID);
    await new Comparison(on.session).summarise();
    const order = on.orders.at(-1);
    assert.equal(order?.choice, undefined);
    assert.match(
      order?.messages[1]?.content ?? "",
      /Answer of A:\n```text\nfirst\n```\n\nAnswer of B:\n```text\nsecond\n```/,
    );
    assert.ok(order?.narrow !== undefined);
    assert.equal(side(on)?.summary?.text, "they agree");
    assert.equal(side(on)?.total?.title, "$0.000000014 in all");
    assertSeen(on);
    assert.deepEqual(on.outcomes, []);
    assert.equal(side(on.reload())?.summary?.text, "they agree");
  });

  it("is not asked for of one answer, nor twice, but again where it failed", async () => {
    const one = await compared({ ...SAID, b: [REFUSED] });
    assert.equal(new Comparison(one.session).summaryOrder(), undefined);
    const replies: (readonly TurnEvent[])[] = [[REFUSED], [text("they differ"), end("summary", 2)]];
    const on = stage((order) =>
      askedModel(order) === "" ? script(...(replies.shift() ?? [])) : answering(TWO)(order),
    );
    const comparison = new Comparison(on.session);
    await comparison.ask(QUESTION, ["a", "b"].map(model));
    for (let time = 0; time < 3; time += 1) await comparison.summarise();
    assert.equal(on.orders.length, 4);
    assert.equal(side(on)?.summary?.text, "they differ");
    assertSeen(on);
  });

  it("can be gone on from, without a verdict on anybody", async () => {
    const on = await compared(SAID);
    const comparison = new Comparison(on.session);
    await comparison.summarise();
    comparison.choose(idOf(on, "they agree"));
    assert.equal(on.session.messages.at(-1)?.text, "they agree");
    assert.deepEqual(on.outcomes, []);
  });
});

import assert from "node:assert/strict";
import { CONDENSED_LABEL } from "../../src/core/conversation/condensed.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { problem } from "../../src/core/problems/problem.ts";
import { DEFAULT_POLICY } from "../../src/core/routing/routePolicy.ts";
import { condense, planCondensing, priceCondensing } from "../../src/extension/features/chat/condensing.ts";
import type { RoutingOrder, TurnOrder } from "../../src/extension/platform/engine.ts";
import type { MessageView } from "../../src/protocol/chatMessages.ts";
import { routeTurn } from "../../src/turn/routeTurn.ts";
import type { TurnEvent } from "../../src/turn/turnEvent.ts";
import { waybillOf } from "../store/storeFolder.ts";
import { type TurnBench, openTurnBench, turnRequest } from "../turn/turnBench.ts";
import { END, QUESTION, type Stage, answerOf, scripts, stage, text } from "./chatStage.ts";

const answer = (said: string): readonly TurnEvent[] => [text(said), END];
const SUMMARY = answer(" They spoke of loops. ");
const SIGNAL = new AbortController().signal;

/** Two answered questions, then these turns. */
async function longChat(...turns: readonly (readonly TurnEvent[])[]): Promise<Stage> {
  const on = stage(scripts(answer("a"), answer("b"), ...turns));
  for (const said of ["one", "two"]) await on.session.ask({ ...QUESTION, text: said });
  return on;
}

async function condenseNow({ session }: Stage, signal = SIGNAL) {
  const plan = planCondensing(session);
  assert.ok(plan !== undefined);
  return condense(session, plan, signal);
}

const shown = ({ session }: Pick<Stage, "session">) => session.messages.map((each) => each.text).join(" | ");
const sent = ({ orders }: Stage) =>
  orders
    .at(-1)
    ?.messages.slice(1)
    .map(({ content }) => content);

function idOf({ session }: Stage, said: string): string {
  const found = session.messages.find((each) => each.text === said);
  assert.ok(found !== undefined);
  return found.id;
}

describe("a chat that is condensed", () => {
  it("asks one cheap and bounded turn for a summary of all that was said", async () => {
    const on = await longChat(SUMMARY);
    assert.deepEqual(await condenseNow(on), { kind: "condensed" });
    const order = on.orders.at(-1);
    assert.equal(on.orders.length, 3);
    assert.match(String(order?.messages.at(-1)?.content), /Asked:\n```\none\n```[^]*Answered:\n```\nb\n```/);
    const narrowed = order?.narrow?.({ base: { ...DEFAULT_POLICY, profile: "quality" }, tasks: {} }).base;
    assert.deepEqual([narrowed?.profile, narrowed?.maxCompletionTokens, narrowed?.climb], ["economy", 2_000, "never"]);
  });

  it("sends the summary as quoted material, then what was said after it; the messages above stay", async () => {
    const on = await longChat(SUMMARY, answer("c"), answer("d"));
    await condenseNow(on);
    await on.session.ask({ ...QUESTION, text: "three" });
    const [label, reply, question, ...more] = sent(on) ?? [];
    assert.ok(label?.startsWith(CONDENSED_LABEL) === true && label.endsWith("```markdown\nThey spoke of loops.\n```"));
    assert.deepEqual([typeof reply, question, more], ["string", "three", []]);
    await on.session.ask({ ...QUESTION, text: "four" });
    assert.deepEqual(sent(on)?.slice(2), ["three", "c", "four"]);
    assert.equal(shown(on), "one | a | two | b | They spoke of loops. | three | c | four | d");
    assert.equal(shown(on.reload()), shown(on));
    assert.deepEqual(on.view().messages, on.session.tree.view);
  });

  it("is not said to be condensed where another window writes at its end by now, or the end was deleted", async () => {
    const writing = await longChat(SUMMARY);
    const plan = planCondensing(writing.session);
    assert.ok(plan !== undefined);
    const { tree } = writing.session;
    const stored = tree.path.map((message) => message);
    const asked: MessageView = { role: "user", id: "q", parentId: plan.tipId, text: "three", attachments: [] };
    const empty = { role: "assistant", id: "o", parentId: "q", text: "", reasoning: "" } as const;
    const other: MessageView = { ...empty, state: "streaming", isElsewhere: true };
    tree.takeNews([...stored, asked, other], false);
    const before = shown(writing);
    assert.deepEqual(await condense(writing.session, plan, SIGNAL), { kind: "overtaken" });
    assert.equal(shown(writing), before);

    const deleted = await longChat(SUMMARY);
    const late = planCondensing(deleted.session);
    assert.ok(late !== undefined);
    deleted.actions.deleteMessage(late.tipId);
    assert.deepEqual(await condense(deleted.session, late, SIGNAL), { kind: "overtaken" });
  });

  it("is kept with the number of its messages and its receipt", async () => {
    const on = await longChat(SUMMARY);
    await condenseNow(on);
    const kept = answerOf(on.reload());
    assert.deepEqual([kept.condenses, kept.state, kept.waybill?.costSource], [4, "done", "billed"]);
  });

  it("sends the whole history again once the summary is deleted, and the summary once that is undone", async () => {
    const on = await longChat(SUMMARY, answer("c"), answer("d"), answer("e"));
    await condenseNow(on);
    await on.session.ask({ ...QUESTION, text: "three" });
    const deleted = on.actions.deleteMessage(idOf(on, "They spoke of loops."));
    assert.deepEqual([deleted?.role, deleted?.count], ["summary", 1]);
    assert.equal(shown(on), "one | a | two | b | three | c");
    assert.equal(shown(on.reload()), shown(on));
    await on.session.ask({ ...QUESTION, text: "four" });
    assert.deepEqual(sent(on), ["one", "a", "two", "b", "three", "c", "four"]);
    deleted?.undo();
    assert.equal(shown(on), "one | a | two | b | They spoke of loops. | three | c | four | d");
    assert.equal(shown(on.reload()), shown(on));
    assert.deepEqual(on.view().messages, on.session.tree.view);
    await on.session.ask({ ...QUESTION, text: "five" });
    assert.deepEqual(sent(on)?.slice(2), ["three", "c", "four", "d", "five"]);
  });

  it("can be condensed again, from the summary on", async () => {
    const on = await longChat(SUMMARY, answer("c"), answer("d"), answer("All of it."), answer("e"));
    await condenseNow(on);
    assert.equal(planCondensing(on.session), undefined);
    for (const said of ["three", "four"]) await on.session.ask({ ...QUESTION, text: said });
    await condenseNow(on);
    assert.match(sent(on)?.[0] ?? "", /They spoke of loops\.[^]*three/);
    assert.equal(answerOf(on).condenses, 8);
    await on.session.ask({ ...QUESTION, text: "five" });
    assert.match(sent(on)?.[0] ?? "", /```markdown\nAll of it\.\n```$/);
    assert.equal(sent(on)?.length, 3);
  });

  it("has a question that was asked meanwhile below the summary", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let turns = 0;
    const on = stage(async function* () {
      const turn = (turns += 1);
      if (turn === 3) await promise;
      yield text(`answer ${turn}`);
      yield END;
    });
    for (const said of ["one", "two"]) await on.session.ask({ ...QUESTION, text: said });
    const condensing = condenseNow(on);
    await on.session.ask({ ...QUESTION, text: "three" });
    resolve();
    await condensing;
    assert.equal(shown(on), "one | answer 1 | two | answer 2 | answer 3 | three | answer 4");
    assert.equal(answerOf(on).text, "answer 4");
    assert.equal(shown(on.reload()), shown(on));
    assert.deepEqual(on.view().messages, on.session.tree.view);
  });

  it("is asked nothing again by its summary, which nobody asked for in words", async () => {
    const on = await longChat(SUMMARY);
    await condenseNow(on);
    const { id } = answerOf(on);
    await on.actions.regenerate(id, undefined);
    await on.actions.continueAnswer(id);
    assert.equal(on.orders.length, 3);
  });

  const refused: TurnEvent = { type: "turn-refused", problem: problem("No.", "set-budget") };
  const failed: TurnEvent = { type: "turn-failed", problem: problem("No.", "try-again"), waybill: undefined };
  const long = waybillOf(toNanoUsd(5), { finish: "length" });
  const cut: TurnEvent = { type: "turn-end", waybill: long, problem: undefined };
  const failures: readonly (readonly [string, readonly TurnEvent[], string | undefined])[] = [
    ["the budget refuses", [refused], "No."],
    ["nobody answers", [failed], "No."],
    ["the summary broke off", [text("They"), failed], "No."],
    ["the summary was too long", [text("They spoke"), cut], undefined],
    ["the summary is empty", [text(" \n"), END], undefined],
  ];
  for (const [why, turn, sentence] of failures) {
    it(`is as it was when ${why}`, async () => {
      const on = await longChat(turn, answer("c"));
      const outcome = await condenseNow(on);
      assert.ok(outcome.kind === "failed");
      assert.equal(outcome.problem?.sentence, sentence);
      assert.equal(shown(on), "one | a | two | b");
      await on.session.ask({ ...QUESTION, text: "three" });
      assert.deepEqual(sent(on), ["one", "a", "two", "b", "three"]);
    });
  }

  it("is not offered for a single exchange, nor below a question without an answer", async () => {
    const on = stage(scripts(answer("a"), [failed], [failed]));
    await on.session.ask(QUESTION);
    assert.equal(planCondensing(on.session), undefined);
    await on.session.ask({ ...QUESTION, text: "two" });
    assert.equal(planCondensing(on.session), undefined);
  });
});

describe("the price of condensing", () => {
  let bench: TurnBench;
  before(async () => (bench = await openTurnBench()));
  after(() => bench.close());

  const routeKnown = ({ narrow, choice: _choice, ...order }: RoutingOrder) => {
    const policy = narrow?.({ base: DEFAULT_POLICY, tasks: {} }).base ?? DEFAULT_POLICY;
    return routeTurn(bench.services, { ...turnRequest({ policy }), ...order }, SIGNAL);
  };

  async function pricedChat(length: number) {
    const on = stage(scripts(answer("word ".repeat(length)), answer("b")));
    for (const said of ["one", "two"]) await on.session.ask({ ...QUESTION, text: said });
    const plan = planCondensing(on.session);
    assert.ok(plan !== undefined);
    const offer = await priceCondensing(on.session, plan, routeKnown);
    assert.ok(offer?.nextCost !== undefined);
    return { ...offer, nextCost: offer.nextCost };
  }

  it("grows with the chat, and so does what later questions save", async () => {
    const [long, longer] = [await pricedChat(5_000), await pricedChat(20_000)];
    assert.equal(long.count, 4);
    assert.ok(long.expectedCost > 0 && long.expectedCost <= long.worstCase && long.expectedCost < longer.expectedCost);
    const saved = ({ nextCost }: typeof long) => nextCost.before - nextCost.after;
    assert.ok(saved(long) > 0 && saved(longer) > saved(long));
  });

  it("is honest where a short chat saves nothing", async () => {
    const { nextCost } = await pricedChat(2);
    assert.ok(nextCost.after >= nextCost.before);
  });

  it("is not there where no model can be asked", async () => {
    const on = await longChat();
    const plan = planCondensing(on.session);
    assert.ok(plan !== undefined);
    assert.equal(await priceCondensing(on.session, plan, async () => undefined), undefined);
  });

  it("is paid in a turn with its row in the ledger", async () => {
    const on = await longChat();
    const plan = planCondensing(on.session);
    assert.ok(plan !== undefined);
    const policy = plan.order.narrow?.({ base: DEFAULT_POLICY, tasks: {} }).base ?? DEFAULT_POLICY;
    const events = await bench.run({ ...withoutWishes(plan.order), policy });
    assert.equal(events.at(-1)?.type, "turn-end");
    assert.equal(bench.rows().length, 1);
    assert.equal(bench.openReservations(), 0);
  });
});

function withoutWishes({ narrow: _narrow, choice: _choice, ...order }: TurnOrder) {
  return order;
}

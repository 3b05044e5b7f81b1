import assert from "node:assert/strict";
import fc from "fast-check";
import { problem } from "../../src/core/problems/problem.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { treeOfStored } from "../../src/extension/features/chat/chatRecords.ts";
import { readChoice, writeChoice } from "../../src/extension/features/chat/storedChoice.ts";
import type { ChatChoice } from "../../src/core/routing/chatChoice.ts";
import { writeStoredDetails } from "../../src/protocol/storedDetails.ts";
import type { TurnEvent } from "../../src/turn/turnEvent.ts";
import { waybillOf } from "../store/storeFolder.ts";
import { END, QUESTION, type Stage, answerOf, script, scripts, stage, text } from "./chatStage.ts";

const STOPPED: TurnEvent = {
  type: "turn-end",
  waybill: waybillOf(toNanoUsd(3), { finish: "stopped" }),
  problem: undefined,
};
const CODE = { label: "a.ts:1-2", languageId: "ts", text: "let a;", diagnostics: [] };
const REFUSED: TurnEvent = { type: "turn-refused", problem: problem("No.", "set-budget") };

const answer = (words: string): TurnEvent[] => [text(words), END];
const shown = ({ session }: Stage) => session.messages.map((message) => message.text).join(" | ");
const sent = ({ orders }: Stage) =>
  orders
    .at(-1)
    ?.messages.slice(1)
    .map(({ content }) => content)
    .join(" | ");
const idOf = (on: Stage, words: string) => [...on.saved.values()].find((message) => message.text === words)?.id ?? "";

describe("a question that is edited", () => {
  it("is asked anew beside the old one, whose branch stays and comes back whole", async () => {
    const on = stage(scripts(answer("a1"), answer("a2"), answer("b1")));
    await on.session.ask({ ...QUESTION, text: "one" });
    await on.session.ask({ ...QUESTION, text: "two" });
    await on.actions.editQuestion(idOf(on, "one"), "other");
    assert.equal(shown(on), "other | b1");
    assert.equal(sent(on), "other");
    const [edited] = on.view().messages;
    assert.deepEqual(edited?.siblings, { index: 2, count: 2 });
    on.actions.showSibling(edited.id, -1);
    assert.equal(shown(on), "one | a1 | two | a2");
    assert.equal(shown(on.reload()), "one | a1 | two | a2");
    on.actions.showSibling(idOf(on, "one"), -1);
    assert.equal(shown(on), "one | a1 | two | a2", "there is nothing before the first");
  });

  it("takes along what the old one had, and says only what came before", async () => {
    const code = [{ label: "a.ts:1-2", languageId: "ts", text: "let a;", diagnostics: [] }];
    const on = stage(scripts(answer("a1"), answer("a2"), answer("b2")));
    await on.session.ask({ ...QUESTION, text: "one" });
    await on.session.ask({ ...QUESTION, text: "two", code });
    await on.actions.editQuestion(idOf(on, "two"), "second");
    assert.equal(sent(on), "one | a1 | second\n\na.ts:1-2:\n```ts\nlet a;\n```");
  });

  it("is not asked where nothing is left of it, nor while an answer is under way", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const on = stage(async function* () {
      await promise;
      yield END;
    });
    const asking = on.session.ask(QUESTION);
    const question = on.session.messages[0]?.id ?? "";
    await on.actions.editQuestion(question, "other");
    on.actions.deleteMessage(question);
    resolve();
    await asking;
    await on.actions.editQuestion(question, " \n");
    assert.equal(on.orders.length, 1);
    assert.equal(on.session.messages.length, 2);
  });
});

describe("an answer that is asked again", () => {
  it("stands beside the first one, and only the one that is shown is said later", async () => {
    const on = stage(scripts(answer("a"), answer("b"), answer("more"), answer("less")));
    await on.session.ask(QUESTION);
    await on.actions.regenerate(answerOf(on).id, undefined);
    assert.equal(shown(on), "why? | b");
    assert.deepEqual(on.outcomes, ["regenerated turn"]);
    await on.session.ask({ ...QUESTION, text: "and?" });
    assert.equal(sent(on), "why? | b | and?");
    on.actions.showSibling(idOf(on, "b"), -1);
    assert.equal(shown(on), "why? | a");
    await on.session.ask({ ...QUESTION, text: "so?" });
    assert.equal(sent(on), "why? | a | so?");
    on.actions.showSibling(idOf(on, "a"), 1);
    assert.equal(shown(on), "why? | b | and? | more");
  });

  it("is asked of the model that was chosen, once, whatever the chat asks otherwise", async () => {
    const ofChat: ChatChoice = { kind: "profile", profile: "economy" };
    const once: ChatChoice = { kind: "model", modelId: "x/y", name: "Y" };
    const on = stage(scripts(answer("a"), answer("b"), answer("c")), [], { choice: ofChat });
    await on.session.ask(QUESTION);
    await on.actions.regenerate(answerOf(on).id, once);
    await on.session.ask({ ...QUESTION, text: "next" });
    assert.deepEqual(
      on.orders.map(({ choice }) => choice),
      [ofChat, once, ofChat],
    );
    assert.deepEqual(on.session.orderOf(QUESTION).choice, ofChat, "it is part of the price");
  });

  it("is not lost when only the rest of a failed one is asked about", async () => {
    const on = stage(scripts([REFUSED], answer("b"), answer("c")));
    await on.session.ask(QUESTION);
    const failed = answerOf(on).id;
    await on.session.ask({ ...QUESTION, text: "again?" });
    await on.actions.tryAgain(failed);
    assert.equal(shown(on), "why? | c");
    on.actions.showSibling(answerOf(on).id, -1);
    assert.equal(shown(on), "why? |  | again? | b");
  });
});

describe("a message that is deleted", () => {
  async function threeTurns(): Promise<Stage> {
    const on = stage(scripts(answer("a"), answer("b"), answer("c")));
    for (const asked of ["one", "two", "three"]) await on.session.ask({ ...QUESTION, text: asked });
    return on;
  }

  it("goes with what follows it, and comes back as it was", async () => {
    const on = await threeTurns();
    const deleted = on.actions.deleteMessage(idOf(on, "two"));
    assert.deepEqual([deleted?.role, deleted?.count], ["user", 4]);
    assert.equal(shown(on), "one | a");
    assert.equal(shown(on.reload()), "one | a");
    assert.deepEqual(on.view().messages, on.session.tree.view);
    deleted?.undo();
    assert.equal(shown(on), "one | a | two | b | three | c");
    assert.equal(shown(on.reload()), "one | a | two | b | three | c");
    assert.deepEqual(on.view().messages, on.session.tree.view);
  });

  it("leaves what stands beside it, and is not brought back below what is gone", async () => {
    const on = await threeTurns();
    await on.actions.editQuestion(idOf(on, "three"), "third");
    const third = on.actions.deleteMessage(idOf(on, "third"));
    assert.equal(shown(on), "one | a | two | b | three | c");
    const all = on.actions.deleteMessage(idOf(on, "one"));
    assert.equal(shown(on), "");
    third?.undo();
    assert.equal(shown(on), "");
    all?.undo();
    third?.undo();
    assert.equal(shown(on), "one | a | two | b | third | ");
  });
});

describe("a question of a command", () => {
  it("sends no more than the conversation shows, and the same again with the next one", async () => {
    const on = stage(scripts([text("a"), END], [text("b"), END]));
    const code = { ...CODE, diagnostics: ["line 2: no such name"] };
    await on.session.ask({ ...QUESTION, code: [code] });
    await on.session.ask({ ...QUESTION, text: "and?" });
    const [first, second] = on.orders.map(({ messages }) => messages[1]);
    assert.ok(first?.content.includes(CODE.text));
    assert.deepEqual(second, first);
  });
});

describe("a question that waits for an answer", () => {
  function running(end: TurnEvent) {
    const { promise, resolve } = Promise.withResolvers<void>();
    let turns = 0;
    const on = stage(async function* () {
      turns += 1;
      yield text(`answer ${turns}`);
      if (turns === 1) await promise;
      yield turns === 1 ? end : END;
    });
    return { on, asking: on.session.ask(QUESTION), resolve };
  }

  it("is asked when that has ended well", async () => {
    const { on, asking, resolve } = running(END);
    on.session.queue({ ...QUESTION, text: "next" });
    assert.equal(on.view().queued, "next");
    assert.equal(on.orders.length, 1);
    assert.deepEqual(on.drafts, ["next"], "a window that closes now brings it back as a draft");
    resolve();
    await asking;
    await Promise.all(on.beside);
    assert.equal(on.view().queued, undefined);
    assert.equal(shown(on), "why? | answer 1 | next | answer 2");
    assert.equal(on.drafts.at(-1), "");
  });

  for (const [what, end] of [
    ["was stopped", STOPPED],
    ["failed", REFUSED],
  ] as const) {
    it(`goes back into the composer when that ${what}, before what was typed since`, async () => {
      const { on, asking, resolve } = running(end);
      on.session.queue({ ...QUESTION, text: "next" });
      on.session.keepDraft("typed since");
      resolve();
      await asking;
      assert.equal(on.orders.length, 1);
      assert.equal(on.session.draft, "next\n\ntyped since");
      assert.equal(on.drafts.at(-1), "next\n\ntyped since");
      assert.deepEqual(on.changes.at(-1), { kind: "draft-returned", text: "next" });
      assert.equal(on.view().queued, undefined);
    });
  }

  it("goes on waiting where another window writes below the answer by then", async () => {
    const { on, asking, resolve } = running(END);
    const { tree } = on.session;
    on.session.queue({ ...QUESTION, text: "next" });
    const other = { role: "assistant", id: "o", parentId: answerOf(on).id, text: "", reasoning: "" } as const;
    tree.addBeside({ ...other, state: "streaming", isElsewhere: true });
    resolve();
    await asking;
    assert.deepEqual([on.session.queued?.text, on.orders.length], ["next", 1]);
    assert.equal(on.drafts.at(-1), "next");
  });

  it("is asked with the one queued after it, and what goes along with both is sent once", async () => {
    const { on, asking, resolve } = running(END);
    const instructions = { ...CODE, kind: "instructions", label: "AGENTS.md", text: "Never use tabs." } as const;
    on.session.queue({ ...QUESTION, text: "next", code: [instructions, CODE] });
    on.session.queue({ ...QUESTION, text: "after", code: [instructions] });
    resolve();
    await asking;
    await Promise.all(on.beside);
    const [system, , , asked] = on.orders[1]?.messages ?? [];
    assert.equal(system?.content.match(/Never use tabs\./g)?.length, 1);
    assert.ok(asked?.content.startsWith("next\n\nafter\n\n") && asked.content.includes(CODE.text));
  });

  it("can be taken back, with what was queued after it", async () => {
    const { on, asking, resolve } = running(END);
    on.session.queue({ ...QUESTION, text: "next" });
    on.session.queue({ ...QUESTION, text: "better", code: [CODE] });
    on.session.queue({ ...QUESTION, text: "  " });
    on.session.unqueue();
    on.session.unqueue();
    assert.deepEqual(on.returned, ["a.ts:1-2"], "with what went along");
    assert.equal(on.session.draft, "next\n\nbetter", "no word of the first one is lost");
    resolve();
    await asking;
    assert.equal(on.orders.length, 1);
  });
});

describe("a chat that lost its window", () => {
  it("comes back with the answer so far, marked, and goes on from there", async () => {
    const never = new Promise<void>(() => undefined);
    const on = stage(async function* () {
      for (const part of ["one ", "two ", "three ", "four "]) yield text(part);
      await never;
    });
    void on.session.ask(QUESTION);
    while (answerOf(on).text !== "one two three four ") await Promise.resolve();
    const again = on.reload(scripts(answer("five")));
    const cut = answerOf(again);
    assert.equal(cut.state, "incomplete");
    assert.ok("one two three four ".startsWith(cut.text) && cut.text !== "", cut.text);
    await again.actions.continueAnswer(cut.id);
    assert.equal(sent(again)?.startsWith(`why? | ${cut.text} | Your last answer broke off`), true);
    assert.equal(shown(again), `why? | ${cut.text} | five`);
    const rest = answerOf(again);
    const later = again.reload(scripts(answer("six")));
    await later.actions.tryAgain(rest.id);
    assert.equal(shown(later), `why? | ${cut.text} | six`, "the rest of an answer is asked for again as a rest");
  });
});

describe("a chat of an older version, kept in a line", () => {
  it("shows the last answers, with those they replaced beside them", () => {
    const line = (id: string, parentId: string | undefined, role: "user" | "assistant", relation?: "replaces") => ({
      id,
      ...(parentId === undefined ? {} : { parentId }),
      role,
      text: id,
      reasoning: "",
      state: "done",
      details: writeStoredDetails(relation === undefined ? {} : { relation }),
    });
    const stored = [
      line("q1", undefined, "user"),
      line("a1", "q1", "assistant"),
      line("a2", "a1", "assistant", "replaces"),
      line("a3", "a2", "assistant", "replaces"),
      line("q2", "a3", "user"),
    ];
    const on = stage(scripts(), treeOfStored(stored, 0), { tipId: "q2" });
    assert.equal(shown(on), "q1 | a3 | q2");
    assert.deepEqual(on.session.tree.view[1]?.siblings, { index: 3, count: 3 });
  });
});

describe("the title and the choice of a chat", () => {
  it("are the person's where they gave them", () => {
    const on = stage(scripts());
    on.session.rename("Made up", "auto");
    on.session.rename("Mine", "person");
    on.session.rename("Made up again", "auto");
    assert.deepEqual([on.session.title, on.view().title], ["Mine", "Mine"]);
    assert.deepEqual(on.titles, ["auto: Made up", "person: Mine"]);
  });

  it("come back from the store, and are none where nobody understands them", () => {
    const choices: ChatChoice[] = [
      { kind: "model", modelId: "x/y", name: "Y" },
      { kind: "profile", profile: "free" },
    ];
    for (const choice of choices) assert.deepEqual(readChoice(writeChoice(choice)), choice);
    for (const stored of ["", "{", "7", '{"kind":"profile","profile":"reckless"}']) {
      assert.equal(readChoice(stored), undefined);
    }
  });
});

describe("the view", () => {
  it("shows after any clicks what the chat holds, and so does the store after a reload", async () => {
    const clicks = fc.array(fc.tuple(fc.nat(6), fc.nat(30)), { maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(clicks, async (made) => {
        let turns = 0;
        const on = stage(() => ((turns += 1) % 5 === 0 ? script(REFUSED) : script(text(`t${turns}`), END)));
        let undo = (): void => undefined;
        for (const [what, pick] of made) {
          const { messages } = on.session;
          const id = messages[pick % Math.max(1, messages.length)]?.id ?? "";
          if (what < 2) await on.session.ask({ ...QUESTION, text: `q${pick}` });
          else if (what === 2) await on.actions.editQuestion(id, `e${pick}`);
          else if (what === 3) await on.actions.tryAgain(id);
          else if (what === 4) on.actions.showSibling(id, pick % 2 === 0 ? 1 : -1);
          else if (what === 5) undo = on.actions.deleteMessage(id)?.undo ?? undo;
          else undo();
          assert.deepEqual(on.view().messages, on.session.tree.view);
        }
        const again = on.reload();
        const plain = (stage: Stage) => stage.session.tree.view.map(({ id, siblings }) => ({ id, siblings }));
        assert.deepEqual(plain(again), plain(on));
      }),
    );
  });
});

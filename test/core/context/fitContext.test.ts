import assert from "node:assert/strict";
import fc from "fast-check";
import { CONTEXT_RANKS, type ContextItem } from "../../../src/core/context/contextItem.ts";
import { type ContextDemand, type KeptContext, fitContext } from "../../../src/core/context/fitContext.ts";
import type { ConversationMessage } from "../../../src/core/conversation/conversationMessage.ts";

interface NamedItem extends ContextItem {
  readonly name: number;
}

const QUESTION_TOKENS = 7;

/** A token a character, and some around each item. */
function measure({ items, history }: KeptContext<NamedItem>): number {
  const ofItems = items.filter(({ text }) => text !== "").reduce((sum, { text }) => sum + text.length + 3, 0);
  return QUESTION_TOKENS + ofItems + history.reduce((sum, { content }) => sum + content.length, 0);
}

const anItem = fc.record({
  rank: fc.constantFrom(...CONTEXT_RANKS),
  parts: fc.array(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 6 }),
  unit: fc.constantFrom("line" as const, "function" as const),
});

const aDemand: fc.Arbitrary<ContextDemand<NamedItem>> = fc
  .record({
    items: fc.array(anItem, { maxLength: 6 }),
    exchanges: fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.string({ minLength: 1 })), { maxLength: 5 }),
    windowTokens: fc.nat(200),
  })
  .map(({ items, exchanges, windowTokens }) => ({
    items: items.map((item, name) => ({ ...item, name })),
    history: exchanges.flatMap(([question, answer]): ConversationMessage[] => [
      { role: "user", content: question },
      { role: "assistant", content: answer },
    ]),
    windowTokens,
    measure,
  }));

describe("what goes along with a question", () => {
  it("is never above the window while anything can be left out", () => {
    fc.assert(
      fc.property(aDemand, (demand) => {
        const fitted = fitContext(demand);
        const isEmpty = fitted.history.length === 0 && fitted.items.every(({ text }) => text === "");
        assert.ok(measure(fitted) <= demand.windowTokens || isEmpty);
      }),
    );
  });

  it("loses nothing of a rank before all of the lower ones is gone, and the oldest exchanges before any item", () => {
    fc.assert(
      fc.property(aDemand, (demand) => {
        const { items, history } = fitContext(demand);
        const wholeOf = ({ item, text }: (typeof items)[number]) => text === item.parts.join("");
        if (!items.every(wholeOf)) assert.equal(history.length, 0);
        for (const high of items) {
          const rank = CONTEXT_RANKS.indexOf(high.item.rank);
          const lower = items.filter(({ item }) => CONTEXT_RANKS.indexOf(item.rank) > rank);
          if (!wholeOf(high)) assert.ok(lower.every(({ text }) => text === ""));
        }
      }),
    );
  });

  it("is the beginning of each item by whole parts, in the same order, with a note where something is missing", () => {
    fc.assert(
      fc.property(aDemand, (demand) => {
        const fitted = fitContext(demand);
        assert.deepEqual(
          fitted.items.map(({ item }) => item),
          demand.items,
        );
        for (const { item, text, note } of fitted.items) {
          const beginnings = [...item.parts.keys(), item.parts.length].map((count) =>
            item.parts.slice(0, count).join(""),
          );
          assert.ok(beginnings.includes(text));
          assert.equal(note === undefined, text === item.parts.join(""));
        }
        assert.deepEqual(fitted.history, demand.history.slice(demand.history.length - fitted.history.length));
        assert.equal(fitted.historyNote === undefined, fitted.history.length === demand.history.length);
        assert.deepEqual(fitContext(demand), fitted);
      }),
    );
  });

  it("keeps all that it can: one part more of what was cut would not fit", () => {
    fc.assert(
      fc.property(aDemand, (demand) => {
        const { items, history } = fitContext(demand);
        const cut = items.findIndex(({ item, text }) => text !== "" && text !== item.parts.join(""));
        const fitted = items[cut];
        if (fitted === undefined) return;
        const more = fitted.item.parts.find(
          (_part, place) => fitted.item.parts.slice(0, place).join("") === fitted.text,
        );
        const larger = items.with(cut, { ...fitted, text: fitted.text + (more ?? "") });
        assert.ok(measure({ items: larger, history }) > demand.windowTokens);
      }),
    );
  });

  it("says what was left out", () => {
    const parts = Array.from({ length: 12 }, () => "0123456789");
    const item = { name: 0, rank: "mention", parts, unit: "function" } as const;
    const notes = (windowTokens: number) => {
      const history: ConversationMessage[] = [
        { role: "user", content: "?" },
        { role: "assistant", content: "!" },
      ];
      const { items, historyNote } = fitContext<NamedItem>({ items: [item], history, windowTokens, measure });
      return [items[0]?.note, historyNote];
    };
    assert.deepEqual(notes(1_000), [undefined, undefined]);
    assert.deepEqual(notes(131), [undefined, "the oldest question and its answer left out"]);
    assert.deepEqual(notes(100), ["last 3 of 12 functions left out", "the oldest question and its answer left out"]);
    assert.deepEqual(notes(125)[0], "last of 12 functions left out");
    assert.deepEqual(notes(5)[0], "left out: too long for the model's window");
  });
});

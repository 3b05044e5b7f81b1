import assert from "node:assert/strict";
import fc from "fast-check";
import { promptTokensUpperBound } from "../../../src/core/budget/worstCase.ts";
import type { ConversationMessage } from "../../../src/core/conversation/conversationMessage.ts";
import { carriedTokensUpperBound, carryLesson } from "../../../src/core/routing/carryLesson.ts";
import { priceChoice } from "../../../src/core/routing/priceChoice.ts";
import { choiceOf } from "./choiceOf.ts";

const NEXT = choiceOf("b/strong", 3_000_000);
const ASKED: readonly ConversationMessage[] = [
  { role: "system", content: "Be brief." },
  { role: "user", content: "Fix this." },
];

function carry(text: string, lesson = "held no code block", choice = NEXT) {
  return carryLesson({ text, lesson }, { choice, messages: ASKED, maxCompletionTokens: 1_000, nowMs: 0 });
}

describe("a rejected answer", () => {
  it("goes along while it is cheap beside answering afresh, else only what was wrong with it", () => {
    const cheap = carry("I would rename it.");
    assert.deepEqual(
      cheap.messages.map(({ role }) => role),
      ["system", "user", "assistant", "user"],
    );
    assert.match(cheap.messages.at(-1)?.content ?? "", /it held no code block/);
    assert.match(cheap.reason, /went along, with what was wrong with it: about \$/);
    const dear = carry("word ".repeat(2_000));
    assert.equal(dear.messages.length, 2);
    assert.match(dear.messages.at(-1)?.content ?? "", /^Fix this\.\n\nAn earlier answer did not do: it held no code/);
    assert.match(dear.reason, /sending it would cost about \$/);
  });

  it("stays behind when it does not fit into the model's context, and when it has no text", () => {
    const small = { ...NEXT, model: { ...NEXT.model, contextTokens: 500 } };
    assert.match(carry("word ".repeat(50), "is wrong", small).reason, /would not fit/);
    assert.deepEqual(carry(" \n", "was empty").messages, ASKED);
    assert.match(carry("", "was empty").reason, /afresh/);
  });

  it("never costs more than a quarter of answering afresh, and is always within the bound that routing counts with", () => {
    const text = fc.oneof(
      fc.string(),
      fc.nat(5_000).map((length) => "a€".repeat(length)),
    );
    fc.assert(
      fc.property(
        text,
        fc.string(),
        fc.integer({ min: 1, max: 50_000_000 }),
        fc.nat(50_000),
        (said, lesson, price, room) => {
          const choice = choiceOf("b/strong", price);
          const next = { ...choice, model: { ...choice.model, contextTokens: room + 400 } };
          const carried = carry(said, lesson, next);
          const afresh = priceChoice(next.model, next, {
            promptTokens: promptTokensUpperBound(ASKED.map(({ content }) => content)),
            maxCompletionTokens: 1_000,
            nowMs: 0,
          });
          if (carried.messages.length > ASKED.length) {
            assert.ok((carried.choice.expectedCost - afresh.expectedCost) * 4 <= afresh.expectedCost);
            assert.ok(carried.promptTokens + 256 <= next.model.contextTokens);
          }
          assert.equal(carried.promptTokens, promptTokensUpperBound(carried.messages.map(({ content }) => content)));
          assert.ok(carried.promptTokens <= carriedTokensUpperBound(ASKED, { text: said, lesson }));
          assert.ok(carried.choice.worstCase >= afresh.worstCase);
        },
      ),
    );
  });
});

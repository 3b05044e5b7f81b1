import assert from "node:assert/strict";
import fc from "fast-check";
import { largestPrompt } from "../../../src/core/budget/promptTokens.ts";
import { measureMessages } from "../../../src/core/conversation/measureMessages.ts";
import type { ConversationMessage } from "../../../src/core/conversation/conversationMessage.ts";
import { carryLesson, waysToCarry } from "../../../src/core/routing/carryLesson.ts";
import type { ModelChoice } from "../../../src/core/routing/routeDecision.ts";
import { priceChoice } from "../../../src/core/routing/priceChoice.ts";
import { choiceOf } from "./choiceOf.ts";

const NEXT = choiceOf("b/strong", 3_000_000);
const ASKED: readonly ConversationMessage[] = [
  { role: "system", content: "Be brief." },
  { role: "user", content: "Fix this." },
];

function carry(text: string, lesson = "held no code block", choice = NEXT) {
  return carryLesson(
    { text, lesson },
    { choice, messages: ASKED, maxCompletionTokens: 1_000, nowMs: 0, tokens: new Map() },
  );
}

function tokensOf(messages: readonly ConversationMessage[], { model }: ModelChoice) {
  return measureMessages(messages, new Map()).tokensOf(model);
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
            promptTokens: tokensOf(ASKED, next).atMost,
            expectedPromptTokens: tokensOf(ASKED, next).expected,
            maxCompletionTokens: 1_000,
            nowMs: 0,
          });
          if (carried.messages.length > ASKED.length) {
            assert.ok((carried.choice.expectedCost - afresh.expectedCost) * 4 <= afresh.expectedCost);
            assert.ok(carried.promptTokensOf(next.model).atMost + 256 <= next.model.contextTokens);
          }
          assert.deepEqual(carried.promptTokensOf(next.model), tokensOf(carried.messages, next));
          const ways = waysToCarry(ASKED, { text: said, lesson }).map((way) => measureMessages(way, new Map()));
          const largest = largestPrompt(ways).tokensOf(next.model);
          assert.ok(carried.promptTokensOf(next.model).atMost <= largest.atMost);
          assert.ok(carried.choice.worstCase >= afresh.worstCase);
        },
      ),
    );
  });
});

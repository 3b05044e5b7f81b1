import assert from "node:assert/strict";
import fc from "fast-check";
import { CONTINUE_REQUEST } from "../../../src/core/conversation/buildMessages.ts";
import { condensedMessages } from "../../../src/core/conversation/condensed.ts";
import type { ConversationMessage } from "../../../src/core/conversation/conversationMessage.ts";
import { countEarlier, dropOldest } from "../../../src/core/conversation/dropOldest.ts";

const said = (role: ConversationMessage["role"], content: string): ConversationMessage => ({ role, content });
const INSTRUCTIONS = said("system", "Be brief.");

function conversation(exchanges: number, question: string): readonly ConversationMessage[] {
  const earlier = Array.from({ length: exchanges }, (_none, place) => [
    said("user", `question ${place}`),
    said("assistant", `answer ${place}`),
  ]);
  return [INSTRUCTIONS, ...earlier.flat(), said("user", question)];
}

describe("a conversation without its oldest exchanges", () => {
  it("keeps the instructions, what is asked, and the rest in its order", () => {
    fc.assert(
      fc.property(fc.nat(6), fc.nat(9), (exchanges, count) => {
        const whole = conversation(exchanges, "now");
        const rest = dropOldest(whole, count);
        assert.equal(countEarlier(whole), exchanges);
        assert.equal(countEarlier(rest), Math.max(0, exchanges - count));
        assert.deepEqual(rest[0], INSTRUCTIONS);
        assert.deepEqual(rest.slice(1), whole.slice(1 + 2 * Math.min(count, exchanges)));
      }),
    );
  });

  it("keeps the answer that is to be continued, with its question", () => {
    const whole = [...conversation(1, "why?"), said("assistant", "Becau"), said("user", CONTINUE_REQUEST)];
    assert.equal(countEarlier(whole), 1);
    assert.deepEqual(
      dropOldest(whole, 5).map(({ content }) => content),
      ["Be brief.", "why?", "Becau", CONTINUE_REQUEST],
    );
  });

  it("keeps the summary of what was condensed before", () => {
    const [first, ...rest] = conversation(2, "now");
    const whole = [INSTRUCTIONS, ...condensedMessages("They spoke of loops."), ...rest];
    assert.deepEqual(first, INSTRUCTIONS);
    assert.equal(countEarlier(whole), 2);
    assert.deepEqual(dropOldest(whole, 1), [...whole.slice(0, 3), ...whole.slice(5)]);
  });

  it("is the same where there is nothing earlier", () => {
    const alone = [said("user", "why?")];
    assert.equal(countEarlier(alone), 0);
    assert.deepEqual(dropOldest(alone, 1), alone);
    assert.deepEqual(dropOldest([], 1), []);
  });
});

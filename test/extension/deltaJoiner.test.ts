import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { DeltaJoiner } from "../../src/extension/features/chat/deltaJoiner.ts";
import type { ChatChange } from "../../src/protocol/chatMessages.ts";

const FRAME_MS = 2;

const piece = (text: string, messageId = "a", kind: "text-appended" | "reasoning-appended" = "text-appended") =>
  ({ kind, messageId, text }) as const;

describe("the joining of pieces of an answer", () => {
  it("hands the first piece on at once, and what follows within a frame as one", async () => {
    const sent: ChatChange[] = [];
    const joiner = new DeltaJoiner((change) => sent.push(change), FRAME_MS);
    for (const text of ["one", " two", " three"]) joiner.take(piece(text));
    assert.deepEqual(sent, [piece("one")]);
    while (sent.length < 2) await sleep(1);
    assert.deepEqual(sent, [piece("one"), piece(" two three")]);
  });

  it("never lets anything overtake a piece", () => {
    const sent: ChatChange[] = [];
    const joiner = new DeltaJoiner((change) => sent.push(change), FRAME_MS);
    const done: ChatChange = { kind: "answer-changed", messageId: "a", state: "done" };
    for (const change of [piece("one"), piece(" two"), done]) joiner.take(change);
    assert.deepEqual(sent, [piece("one"), piece(" two"), done]);
  });

  it("keeps each text whole and in its order, whatever comes between", () => {
    const change = fc.oneof(
      { weight: 8, arbitrary: fc.record({ id: fc.constantFrom("a", "b"), isText: fc.boolean(), text: fc.string() }) },
      { weight: 1, arbitrary: fc.constant(undefined) },
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const sent: ChatChange[] = [];
        const joiner = new DeltaJoiner((each) => sent.push(each), 1_000_000);
        const given = changes.map((each) =>
          each === undefined
            ? ({ kind: "problem-changed" } as const)
            : piece(each.text, each.id, each.isText ? "text-appended" : "reasoning-appended"),
        );
        for (const each of given) joiner.take(each);
        joiner.flush();
        assert.deepEqual(joined(sent), joined(given));
        assert.ok(sent.length <= given.length);
      }),
    );
  });
});

/** Neighbours of one text as one piece. */
function joined(changes: readonly ChatChange[]): readonly ChatChange[] {
  const result: ChatChange[] = [];
  for (const change of changes) {
    const last = result.at(-1);
    if (
      (change.kind === "text-appended" || change.kind === "reasoning-appended") &&
      last?.kind === change.kind &&
      last.messageId === change.messageId
    ) {
      result[result.length - 1] = { ...last, text: last.text + change.text };
    } else result.push(change);
  }
  return result;
}

import assert from "node:assert/strict";
import type { AnswerMemory } from "../../src/extension/features/chat/answerTurn.ts";
import { AnswerTurn } from "../../src/extension/features/chat/answerTurn.ts";
import { ShownTree } from "../../src/extension/features/chat/shownTree.ts";
import { QUESTION, text } from "./chatStage.ts";

/** What is saved of an answer whose pieces come at these times. */
function savedAt(timesMs: readonly number[]): readonly string[] {
  const saved: string[] = [];
  const tree = new ShownTree([], undefined, {
    emit: () => undefined,
    save: (message) => saved.push(message.text),
    remove: () => undefined,
    saveTip: () => undefined,
  });
  let nowMs = 0;
  const ports = { noteWaybill: () => undefined, nowMs: () => nowMs, newId: () => "a" };
  const memory = new Map<string, AnswerMemory>();
  const turn = new AnswerTurn({ tree, memory, ports }, QUESTION, { parentId: undefined, relation: undefined });
  for (nowMs of timesMs) turn.note(text("."));
  return saved;
}

describe("an answer being written", () => {
  const HOUR_MS = 3_600_000;

  it("is kept once a second", () => {
    assert.deepEqual(savedAt([5_000, 5_400, 5_900, 6_000, 6_100, 7_001]), ["", ".", "....", "......"]);
  });

  it("is kept as often when the clock is set back", () => {
    const times = [0, 500, 1_000, 2_000].map((ms) => 5_000 + ms - (ms > 0 ? HOUR_MS : 0));
    assert.deepEqual(savedAt(times.map((ms) => ms + HOUR_MS)), ["", ".", "..", "...."]);
  });
});

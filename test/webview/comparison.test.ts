import assert from "node:assert/strict";
import type { AnswerView, ChatViewState, UserMessageView } from "../../src/protocol/chatMessages.ts";
import type { ComparisonView } from "../../src/protocol/compareMessages.ts";
import { announcementFor } from "../../src/webview/chat/announcement.ts";
import { applyChange } from "../../src/webview/chat/applyChange.ts";
import { shownComparison } from "../../src/webview/chat/applyCompareChange.ts";
import { reduce } from "../../src/webview/chat/reduce.ts";
import { initialViewState, isRunning } from "../../src/webview/chat/viewState.ts";

const QUESTION: UserMessageView = { role: "user", id: "q", text: "What is a mutex?", attachments: [] };

function answer(id: string, state: AnswerView["state"]): AnswerView {
  const compared = { kind: "answer", modelId: id, name: id } as const;
  return { role: "assistant", id, parentId: "q", text: "", reasoning: "", state, compared };
}

const COMPARISON: ComparisonView = { questionId: "q", answers: [answer("a", "done"), answer("b", "streaming")] };
const CHAT: ChatViewState = {
  chatId: "c",
  keyState: "present",
  messages: [QUESTION],
  draft: "",
  pendingAttachments: [],
  history: [],
  comparison: COMPARISON,
};

describe("the answers side by side", () => {
  it("grow each by itself, and a text for none of them is dropped", () => {
    const grown = applyChange(CHAT, { kind: "text-appended", messageId: "b", text: "so" });
    assert.deepEqual(
      grown.comparison?.answers.map(({ text }) => text),
      ["", "so"],
    );
    assert.equal(grown.comparison?.answers[0], COMPARISON.answers[0]);
    assert.equal(applyChange(CHAT, { kind: "text-appended", messageId: "x", text: "so" }), CHAT);
  });

  it("are under way until the last of them ends, which is told to a screen reader with what they cost", () => {
    assert.equal(isRunning(CHAT), true);
    const ended = applyChange(CHAT, { kind: "answer-changed", messageId: "b", state: "done" });
    assert.equal(isRunning(ended), false);
    const total = { text: "2 answers, $0.01 in all", title: "" };
    const priced = applyChange(ended, { kind: "comparison-priced", total, summarise: "Summarise" });
    assert.equal(announcementFor(CHAT, priced), "All answers have ended. 2 answers, $0.01 in all");
    assert.deepEqual([priced.comparison?.total, priced.comparison?.summarise], [total, "Summarise"]);
    assert.equal(applyChange(priced, { kind: "comparison-priced" }).comparison?.summarise, undefined);
  });

  it("are shown below their own question only", () => {
    assert.equal(shownComparison(CHAT), COMPARISON);
    const chosen = applyChange(CHAT, { kind: "path-changed", keep: 1, messages: [answer("a", "done")] });
    assert.equal(shownComparison(chosen), undefined);
    assert.equal(isRunning(chosen), false);
  });

  it("begin with a question that leaves the composer with its command once it is asked", () => {
    const asked = (typed: string) =>
      [
        { type: "snapshot", sequence: 1, state: { ...CHAT, messages: [] } } as const,
        { type: "draft-typed", text: typed } as const,
        { type: "question-sent", text: typed } as const,
        { type: "delta", sequence: 2, change: { kind: "message-added", message: QUESTION } } as const,
      ].reduce(reduce, initialViewState).composer.text;
    assert.equal(asked("/compare  What is a mutex?"), "");
    assert.equal(asked("/compare What is a lock?"), "/compare What is a lock?");
  });
});

import assert from "node:assert/strict";
import type { AnswerView, ChatViewState } from "../../src/protocol/chatMessages.ts";
import { announcementFor } from "../../src/webview/chat/announcement.ts";

const waiting: AnswerView = {
  role: "assistant",
  id: "a1",
  text: "",
  reasoning: "",
  state: "waiting",
  status: "Asking…",
};

function chatWith(...messages: readonly AnswerView[]): ChatViewState {
  return { chatId: "c1", keyState: "present", messages, draft: "", pendingAttachments: [], history: [] };
}

function check(before: ChatViewState | undefined, after: AnswerView, expected: string | undefined): void {
  assert.equal(announcementFor(before, chatWith(after)), expected);
}

describe("announcements", () => {
  it("tell what is being waited for", () => check(chatWith(), waiting, "Asking…"));
  it("tell a new status", () => check(chatWith(waiting), { ...waiting, status: "Trying again…" }, "Trying again…"));
  it("never tell single tokens", () => {
    check(chatWith(waiting), { ...waiting, state: "streaming", text: "a" }, undefined);
    check(
      chatWith({ ...waiting, state: "streaming", text: "a" }),
      { ...waiting, state: "streaming", text: "ab" },
      undefined,
    );
  });
  it("read a short answer when it is finished", () =>
    check(chatWith(waiting), { ...waiting, state: "done", text: "Yes." }, "Answer finished. Yes."));
  it("tell the length of a long one", () =>
    check(
      chatWith(waiting),
      { ...waiting, state: "done", text: "word ".repeat(200).trim() },
      "Answer finished. It has about 200 words.",
    ));
  it("tell the alarm of a waybill", () => {
    const waybill = {
      model: "m",
      cost: "$0",
      costSource: "billed",
      tokens: "1",
      time: "1 s",
      rows: [],
      reasons: [],
    } as const;
    const done: AnswerView = {
      ...waiting,
      state: "done",
      text: "Yes.",
      waybill: { ...waybill, alarm: "Another served." },
    };
    check(chatWith(waiting), done, "Answer finished, cost $0. Yes. Another served.");
  });
  it("tell the problem of a failed one", () =>
    check(chatWith(waiting), { ...waiting, state: "failed", problem: { sentence: "No credit." } }, "No credit."));
  it("say nothing when a chat is opened", () =>
    check(undefined, { ...waiting, state: "done", text: "Old." }, undefined));
});

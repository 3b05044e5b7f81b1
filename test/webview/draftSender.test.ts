import assert from "node:assert/strict";
import { DraftSender } from "../../src/webview/chat/draftSender.ts";

function collect(delayMs: number) {
  const sent: string[] = [];
  return { sent, sender: new DraftSender((text) => sent.push(text), delayMs) };
}

describe("DraftSender", () => {
  it("sends only the last text of a burst", async () => {
    const { sent, sender } = collect(1);
    for (const text of ["a", "ab", "abc"]) sender.typed(text);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(sent, ["abc"]);
  });

  it("sends at once when flushed, and only once", () => {
    const { sent, sender } = collect(60_000);
    sender.typed("a");
    sender.flush();
    sender.flush();
    assert.deepEqual(sent, ["a"]);
  });

  it("sends nothing of what it was told to forget: another chat is shown by now", async () => {
    const { sent, sender } = collect(1);
    sender.typed("of the chat before");
    sender.forget();
    sender.flush();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(sent, []);
  });
});

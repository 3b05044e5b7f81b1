import assert from "node:assert/strict";
import type { FromChatView, ToChatView } from "../../src/protocol/chatMessages.ts";
import { createTransport } from "../../src/webview/chat/transport.ts";

const snapshot = (sequence: number): ToChatView => ({
  type: "snapshot",
  sequence,
  state: { chatId: "c1", keyState: "present", messages: [], draft: "", pendingAttachments: [], history: [] },
});
const delta = (sequence: number): ToChatView => ({ type: "delta", sequence, change: { kind: "problem-changed" } });

/** A host that keeps what the view sent and can talk to it. */
function connect() {
  const sent: FromChatView[] = [];
  const received: ToChatView[] = [];
  const source = new EventTarget();
  const transport = createTransport({ post: (message) => sent.push(message), source });
  const stop = transport.start((message) => received.push(message));
  const post = (data: unknown): boolean => source.dispatchEvent(new MessageEvent("message", { data }));
  return { transport, sent, received, post, stop };
}

describe("transport", () => {
  it("says ready at the start", () => {
    assert.deepEqual(connect().sent, [{ type: "ready" }]);
  });

  it("hands over the snapshot and the deltas that follow it, each once", () => {
    const { received, post } = connect();
    for (const message of [delta(4), snapshot(4), delta(4), delta(5), delta(5), delta(6)]) post(message);
    assert.deepEqual(received, [snapshot(4), delta(5), delta(6)]);
  });

  it("asks once for a new snapshot after a gap and drops what comes before it", () => {
    const { sent, received, post } = connect();
    for (const message of [snapshot(1), delta(3), delta(4), snapshot(4), delta(5)]) post(message);
    assert.deepEqual(sent, [{ type: "ready" }, { type: "resync" }]);
    assert.deepEqual(received, [snapshot(1), snapshot(4), delta(5)]);
  });

  it("drops deltas after the view itself asked for a new snapshot", () => {
    const { transport, received, post } = connect();
    post(snapshot(1));
    transport.send({ type: "resync" });
    post(delta(2));
    assert.deepEqual(received, [snapshot(1)]);
  });

  it("ignores messages of others", () => {
    const { received, post } = connect();
    for (const message of [null, "delta", 7, {}, { type: "unknown" }]) post(message);
    assert.deepEqual(received, []);
  });

  it("stops listening when told to", () => {
    const { received, post, stop } = connect();
    stop();
    post(snapshot(1));
    assert.deepEqual(received, []);
  });
});

import assert from "node:assert/strict";
import { FrameQueue } from "../../src/webview/chat/frameQueue.ts";

describe("FrameQueue", () => {
  it("joins what comes between two frames, in order", () => {
    const frames: (() => void)[] = [];
    const flushed: (readonly number[])[] = [];
    const queue = new FrameQueue<number>(
      (items) => flushed.push(items),
      (callback) => frames.push(callback),
    );
    queue.add(1);
    queue.add(2);
    frames.shift()?.();
    queue.add(3);
    frames.shift()?.();
    assert.deepEqual(flushed, [[1, 2], [3]]);
    assert.equal(frames.length, 0);
  });
});

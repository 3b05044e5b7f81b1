import assert from "node:assert/strict";
import type { FromAnswer } from "../../src/protocol/answerMessages.ts";
import { PathRequests, PathsWantedEvent } from "../../src/webview/chat/pathRequests.ts";

describe("what answers ask about paths", () => {
  it("comes back to the answer that asked, once", () => {
    const sent: FromAnswer[] = [];
    const told: string[] = [];
    const requests = new PathRequests((message) => sent.push(message));
    for (const name of ["first", "second"]) {
      const tell = (found: readonly string[]) => told.push(`${name}: ${found.join()}`);
      requests.ask(new PathsWantedEvent({ messageId: name, candidates: ["a.ts", "b.ts"], tell }));
    }
    requests.ask(new Event("paths-wanted"));
    assert.deepEqual(sent, [
      { type: "resolve-paths", requestId: 1, messageId: "first", candidates: ["a.ts", "b.ts"] },
      { type: "resolve-paths", requestId: 2, messageId: "second", candidates: ["a.ts", "b.ts"] },
    ]);
    requests.settle(2, ["b.ts"]);
    requests.settle(2, ["a.ts"]);
    requests.settle(9, []);
    requests.settle(1, []);
    assert.deepEqual(told, ["second: b.ts", "first: "]);
  });

  it("gives up the oldest of too many", () => {
    const told: number[] = [];
    const requests = new PathRequests(() => {});
    for (let id = 1; id <= 201; id += 1) {
      requests.ask(new PathsWantedEvent({ messageId: "m", candidates: [], tell: () => told.push(id) }));
    }
    for (const id of [1, 2, 201]) requests.settle(id, []);
    assert.deepEqual(told, [2, 201]);
  });
});

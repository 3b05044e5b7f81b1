import assert from "node:assert/strict";
import type { FromAnswer } from "../../src/protocol/answerMessages.ts";
import { NameRequests, NamesWantedEvent } from "../../src/webview/chat/nameRequests.ts";
import type { FoundNames } from "../../src/webview/chat/markdown/nameLinks.ts";

const NONE: FoundNames = { files: [], symbols: [] };

describe("what answers ask about names", () => {
  it("comes back to the answer that asked, once", () => {
    const sent: FromAnswer[] = [];
    const told: string[] = [];
    const requests = new NameRequests((message) => sent.push(message));
    for (const name of ["first", "second"]) {
      const tell = ({ files, symbols }: FoundNames) => told.push(`${name}: ${files.join()} ${symbols.join()}`);
      requests.ask(new NamesWantedEvent({ messageId: name, candidates: ["a.ts", "b.ts"], tell }));
    }
    requests.ask(new Event("names-wanted"));
    assert.deepEqual(sent, [
      { type: "resolve-names", requestId: 1, messageId: "first", candidates: ["a.ts", "b.ts"] },
      { type: "resolve-names", requestId: 2, messageId: "second", candidates: ["a.ts", "b.ts"] },
    ]);
    requests.settle(2, { files: ["b.ts"], symbols: ["parseLine"] });
    requests.settle(2, { files: ["a.ts"], symbols: [] });
    requests.settle(9, NONE);
    requests.settle(1, NONE);
    assert.deepEqual(told, ["second: b.ts parseLine", "first:  "]);
  });

  it("gives up the oldest of too many", () => {
    const told: number[] = [];
    const requests = new NameRequests(() => {});
    for (let id = 1; id <= 201; id += 1) {
      requests.ask(new NamesWantedEvent({ messageId: "m", candidates: [], tell: () => told.push(id) }));
    }
    for (const id of [1, 2, 201]) requests.settle(id, NONE);
    assert.deepEqual(told, [2, 201]);
  });
});

import assert from "node:assert/strict";
import { MOST_SOURCES } from "../../src/core/conversation/answerSources.ts";
import type { TurnEvent } from "../../src/turn/turnEvent.ts";
import { type TurnBench, openTurnBench, textOf } from "./turnBench.ts";

describe("a turn whose answer cites pages", () => {
  let bench: TurnBench;
  before(async () => {
    bench = await openTurnBench();
  });
  after(() => bench.close());

  const answer = async (urls: readonly string[], content = "Found.") => {
    const citations = urls.map((url) => ({ url, title: `Page of ${url}`, content: "quoted", start_index: 0 }));
    bench.simulator.faultNext({ kind: "answer", content, citations });
    return bench.run();
  };
  const sourcesIn = (events: readonly TurnEvent[]) =>
    events.flatMap((event) => (event.type === "sources-found" ? [event.sources] : []));

  it("tells them beside the text, before its end", async () => {
    const events = await answer(["https://Example.com", "https://bücher.example/中"]);
    assert.equal(textOf(events), "Found.");
    assert.deepEqual(sourcesIn(events), [
      [
        { url: "https://example.com/", title: "Page of https://Example.com" },
        { url: "https://xn--bcher-kva.example/%E4%B8%AD", title: "Page of https://bücher.example/中" },
      ],
    ]);
    assert.equal(events.at(-1)?.type, "turn-end");
  });

  it("tells nothing of what is no page", async () => {
    assert.deepEqual(sourcesIn(await answer(["javascript:alert(1)", "data:,x", "https://a:b@evil.example/", "x"])), []);
  });

  it("tells once, and of few, when there are thousands", async () => {
    const urls = Array.from({ length: 10_000 }, (_each, place) => `https://example.com/${place}`);
    const told = sourcesIn(await answer(urls));
    assert.deepEqual(
      told.map(({ length }) => length),
      [MOST_SOURCES],
    );
  });

  it("tells none of an attempt that gave no text", async () => {
    assert.deepEqual(sourcesIn(await answer(["https://example.com/"], "")), []);
  });
});

import assert from "node:assert/strict";
import { DEFAULT_POLICY, type RoutePolicy } from "../../src/core/routing/routePolicy.ts";
import type { TurnOrder } from "../../src/extension/platform/engine.ts";
import { type FittedChanges, fitChanges } from "../../src/extension/platform/fitChanges.ts";
import { routeTurn } from "../../src/turn/routeTurn.ts";
import { type TurnBench, openTurnBench, turnRequest } from "../turn/turnBench.ts";

/** A model of the simulator with room for 131,072 tokens. */
const ONLY_SMALL: RoutePolicy = { ...DEFAULT_POLICY, maxCompletionTokens: 1_024, allow: [["openai/gpt-oss-20b"]] };
const LINE = "The quick brown fox jumps over the lazy dog.\n";

describe("changes that are sent", () => {
  let bench: TurnBench;
  before(async () => {
    bench = await openTurnBench();
  });
  after(() => bench.close());

  const asked = ({ text, notWhole }: FittedChanges) =>
    [{ role: "user", content: `${notWhole.join()}\n${text}` }] as const;
  const fit = (files: readonly { path: string; parts: readonly string[] }[], mostTokens: number, isKnown = true) => {
    const { messages: _messages, ...order } = turnRequest({ policy: ONLY_SMALL });
    const engine = {
      routeKnown: async (wish: Pick<TurnOrder, "messages">) =>
        isKnown
          ? routeTurn(
              bench.services,
              turnRequest({ policy: ONLY_SMALL, messages: wish.messages }),
              new AbortController().signal,
            )
          : undefined,
    };
    return fitChanges(engine, files, { messagesWith: asked, order, mostTokens });
  };

  it("go whole where they fit", async () => {
    const fitted = await fit([{ path: "a.ts", parts: ["one\n", "two\n"] }], 30_000);
    assert.deepEqual(fitted, { text: "one\ntwo\n", notWhole: [] });
  });

  it("are cut from their end by hunks and files, and what is missing is said", async () => {
    const parts = Array.from({ length: 10 }, () => LINE.repeat(20));
    const { text, notWhole } = await fit(
      [
        { path: "a.ts", parts },
        { path: "b.ts", parts },
      ],
      4_000,
    );
    assert.ok(text.length > LINE.length * 40 && text.startsWith(LINE));
    assert.equal(text.length % (LINE.length * 20), 0);
    assert.match(notWhole[0] ?? "", /^(?:a\.ts \(last \d of 10 changes left out\)|b\.ts \(.*left out)/);
    assert.match(notWhole.at(-1) ?? "", /^b\.ts/);
  });

  it("are cut to the model's window, whatever may be spent", async () => {
    const parts = Array.from({ length: 80 }, () => LINE.repeat(200));
    const { notWhole } = await fit([{ path: "a.ts", parts }], 10_000_000);
    assert.match(notWhole[0] ?? "", /^a\.ts \(last \d+ of 80 changes left out\)$/);
  });

  it("go whole where no model is known yet: the turn itself says when nothing takes them", async () => {
    const { notWhole } = await fit([{ path: "a.ts", parts: [LINE] }], 1, false);
    assert.deepEqual(notWhole, []);
  });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { certainTask } from "../core/tasks/certainTask.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { presentRoute } from "../../src/core/routing/presentRoute.ts";
import type { RouteDecision } from "../../src/core/routing/routeDecision.ts";
import { keepRoute } from "../../src/protocol/keepRoute.ts";
import { readKeptRoute } from "../../src/protocol/readKeptRoute.ts";
import { choiceOf } from "../core/routing/choiceOf.ts";

const AT_MS = Date.UTC(2026, 10, 21, 12);
const formatTime = (atMs: number) => new Date(atMs).toISOString();

/** A decision among this many models, with names as long as the longest ones there are. */
function decisionAmong(models: number): Extract<RouteDecision, { kind: "route" }> {
  const candidates = Array.from({ length: models }, (_none, number) =>
    choiceOf(`some-long-provider/quite-a-long-model-name-${number}`, 1_000_000 + number, {
      quality: number / models,
      odds: 0.123_456_789,
      expectedCost: toNanoUsd(123_456_789 + number),
    }),
  );
  const [choice = choiceOf("a/b", 1), second, third, ...others] = candidates;
  return {
    kind: "route",
    task: certainTask("fix"),
    choice,
    stronger: [second, third].filter((rung) => rung !== undefined),
    cheaper: [],
    free: [],
    standIns: others.slice(0, 5),
    explanation: {
      reasons: ["Because."],
      excluded: { "too-dear": 17, denied: 3, "no-evidence": 40, "context-too-small": 12, router: 4 },
      candidates,
    },
  };
}

describe("the decision kept with an answer", () => {
  it("is shown as it was when it was made", () => {
    const decision = decisionAmong(10);
    const read = readKeptRoute(keepRoute(decision, AT_MS), ["Because."], formatTime);
    const { ladder, standIns, reasons, excluded } = presentRoute(decision);
    assert.ok(read);
    assert.deepEqual(
      { ...read, others: [] },
      {
        title: "As of 2026-11-21T12:00:00.000Z",
        task: "fix, certain",
        ladder,
        standIns,
        reasons,
        excluded,
        others: [],
        leftOut: 0,
      },
    );
    assert.equal(read.others.length, 2);
  });

  it("has the eight best others only, counts the rest, and stays under 3 KB", () => {
    const text = keepRoute(decisionAmong(400), AT_MS);
    const read = readKeptRoute(text, [], formatTime);
    assert.deepEqual([read?.others.length, read?.leftOut], [8, 400 - 8 - 8]);
    assert.match(read?.others[0]?.modelId ?? "", /-399$/);
    assert.ok(Buffer.byteLength(text) < 3_000, `${Buffer.byteLength(text)} bytes`);
  });

  it("keeps that there is no benchmark", () => {
    const choice = choiceOf("a/b", 5, { quality: undefined, odds: undefined });
    const decision = { ...decisionAmong(1), choice, stronger: [], standIns: [] };
    assert.equal(readKeptRoute(keepRoute(decision, AT_MS), [], formatTime)?.ladder[0]?.evidence, "no benchmark");
  });

  it("is nothing when the text is another one", () => {
    for (const text of ["", "{", "null", "[]", '{"atMs":1}']) {
      assert.equal(readKeptRoute(text, [], formatTime), undefined);
    }
    fc.assert(fc.property(fc.json(), (text) => assert.equal(readKeptRoute(text, [], formatTime), undefined)));
  });
});

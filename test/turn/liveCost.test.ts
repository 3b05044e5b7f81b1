import assert from "node:assert/strict";
import { type LiveCost, LiveCosts } from "../../src/turn/liveCost.ts";
import type { TurnEvent } from "../../src/turn/turnEvent.ts";
import { type TurnBench, openTurnBench } from "./turnBench.ts";

describe("what turns under way have cost so far", () => {
  let bench: TurnBench;
  let events: readonly TurnEvent[];
  before(async () => {
    bench = await openTurnBench();
    events = await bench.run();
  });
  after(() => bench.close());

  const observe = () => {
    const reports: (LiveCost | undefined)[] = [];
    let nowMs = 0;
    const live = new LiveCosts(
      (report) => reports.push(report),
      () => nowMs,
    );
    return { reports, live, pass: (milliseconds: number) => (nowMs += milliseconds) };
  };
  const delta: TurnEvent = { type: "text-delta", text: "A sentence of an answer, with some words in it. ".repeat(20) };
  const untilText = () =>
    events.slice(
      0,
      events.findIndex(({ type }) => type === "text-delta"),
    );

  it("grows with the answer, is near the true cost at its end, and is gone after it", () => {
    const { reports, live, pass } = observe();
    const turn = live.begin();
    for (const event of events) {
      pass(1_000);
      live.note(turn, event);
    }
    const costs = reports.flatMap((report) => (report === undefined ? [] : [Number(report.cost)]));
    assert.deepEqual(
      costs,
      costs.toSorted((left, right) => left - right),
    );
    const end = events.find((event) => event.type === "turn-end");
    assert.ok(end?.type === "turn-end");
    assert.ok(Math.abs((costs.at(-1) ?? 0) - end.waybill.cost) < 0.5 * end.waybill.cost, `${costs.at(-1)}`);
    assert.equal(reports.at(-1), undefined);
  });

  it("is told at most four times a second, however fast the text comes", () => {
    const { reports, live, pass } = observe();
    const turn = live.begin();
    for (const event of untilText()) live.note(turn, event);
    const before = reports.length;
    for (let count = 0; count < 1_000; count += 1) {
      pass(1);
      live.note(turn, delta);
    }
    assert.ok(reports.length - before <= 4, `${reports.length - before} reports`);
  });

  it("is summed over several turns, and ends with the last of them, also one that nobody reads on", () => {
    const { reports, live, pass } = observe();
    const [one, other] = [live.begin(), live.begin()];
    for (const turn of [one, other]) {
      for (const event of untilText()) live.note(turn, event);
      pass(1_000);
      live.note(turn, delta);
    }
    const sum = reports.at(-1)?.cost ?? 0;
    assert.equal(reports.at(-1)?.turns, 2);
    live.end(one);
    assert.deepEqual([reports.at(-1)?.turns, reports.at(-1)?.cost], [1, sum / 2]);
    live.end(other);
    const { length } = reports;
    live.end(other);
    live.note(other, delta);
    assert.deepEqual([reports.at(-1), reports.length], [undefined, length]);
  });
});

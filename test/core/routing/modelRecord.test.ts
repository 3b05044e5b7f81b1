import assert from "node:assert/strict";
import { toNanoUsd } from "../../../src/core/money/nanoUsd.ts";
import {
  type OutcomeSums,
  costPerAccepted,
  modelRecords,
  presentRecord,
} from "../../../src/core/routing/modelRecord.ts";

function sums(fields: Partial<OutcomeSums>): OutcomeSums {
  return {
    taskType: "fix",
    model: "a/b",
    kind: "accepted",
    answers: 1,
    cost: toNanoUsd(1_000_000),
    totalMs: 1_000,
    costSquares: 1e12,
    totalMsSquares: 1e6,
    ...fields,
  };
}

describe("a model's record", () => {
  it("makes the accepted answers pay for those that were not", () => {
    const [record] = modelRecords([
      sums({ kind: "accepted", answers: 3, cost: toNanoUsd(3_000_000) }),
      sums({ kind: "climbed", answers: 1, cost: toNanoUsd(1_000_000) }),
      sums({ kind: "partly-accepted", answers: 2, cost: toNanoUsd(2_000_000) }),
    ]);
    assert.ok(record);
    assert.equal(costPerAccepted(record), 1_500_000);
    assert.deepEqual(presentRecord(record), {
      taskType: "fix",
      model: "a/b",
      accepted: "4 of 6",
      costPerAnswer: "$0.0010",
      costPerAccepted: "$0.0015",
      timePerAnswer: "0.5 s",
    });
  });

  it("has partly accepted answers by the share of their lines", () => {
    const [record] = modelRecords([
      sums({ kind: "accepted", answers: 1, cost: toNanoUsd(1_000_000) }),
      sums({
        kind: "partly-accepted",
        answers: 2,
        shares: { answers: 2, sum: 1 / 3 + 0.5 },
        cost: toNanoUsd(2_000_000),
      }),
    ]);
    assert.ok(record);
    assert.equal(costPerAccepted(record), Math.round(3_000_000 / (1 + 1 / 3 + 0.5)));
    assert.equal(presentRecord(record).accepted, "1.8 of 3");
  });

  it("of a model that nobody accepted has no cost per accepted answer, and says so", () => {
    const [record] = modelRecords([sums({ kind: "rejected" })]);
    assert.ok(record);
    assert.equal(costPerAccepted(record), undefined);
    assert.equal(presentRecord(record).costPerAccepted, "none accepted");
    assert.equal(presentRecord(record).accepted, "0 of 1");
  });

  it("is kept for each task and model, the most used first", () => {
    const records = modelRecords([
      sums({ model: "a/z" }),
      sums({ model: "a/b" }),
      sums({ taskType: "test", answers: 5 }),
      sums({ kind: "rejected" }),
    ]);
    assert.deepEqual(
      records.map(({ taskType, model, answers }) => `${taskType} ${model} ${answers}`),
      ["test a/b 5", "fix a/b 2", "fix a/z 1"],
    );
  });
});

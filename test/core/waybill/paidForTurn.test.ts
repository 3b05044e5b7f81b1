import assert from "node:assert/strict";
import { toNanoUsd } from "../../../src/core/money/nanoUsd.ts";
import { paidForTurn } from "../../../src/core/waybill/paidForTurn.ts";
import { waybillOf } from "../../store/storeFolder.ts";

describe("what a turn cost in all", () => {
  const attempt = (cost: number, costSource: "nothing" | "estimated" | "billed") => ({
    askedModel: "a/b",
    askedModelName: "B",
    failure: "rejected" as const,
    costSource,
    cost: toNanoUsd(cost),
    waitedMs: 0,
  });

  it("has the attempts before the one that answered, as sure as the least sure of them", () => {
    assert.deepEqual(paidForTurn(waybillOf(toNanoUsd(5))), { cost: 5, source: "billed" });
    const free = waybillOf(toNanoUsd(5), { discarded: [attempt(9, "nothing")] });
    assert.deepEqual(paidForTurn(free), { cost: 5, source: "billed" });
    const tried = waybillOf(toNanoUsd(5), { discarded: [attempt(3, "billed"), attempt(4, "estimated")] });
    assert.deepEqual(paidForTurn(tried), { cost: 12, source: "estimated" });
  });
});

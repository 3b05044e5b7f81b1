import assert from "node:assert/strict";
import { toNanoUsd } from "../../../src/core/money/nanoUsd.ts";
import { correctAttempts, paidForTurn } from "../../../src/core/waybill/paidForTurn.ts";
import { settledRow } from "./settledRow.ts";
import { waybillOf } from "../../store/storeFolder.ts";

describe("what a turn cost in all", () => {
  const attempt = (cost: number, costSource: "nothing" | "unknown" | "estimated" | "billed") => ({
    askedModel: "a/b",
    askedModelName: "B",
    failure: "rejected" as const,
    costSource,
    cost: toNanoUsd(cost),
    waitedMs: 0,
  });

  const sumOf = (waybill: Parameters<typeof paidForTurn>[0]) => {
    const { cost, source, attempts } = paidForTurn(waybill);
    return [cost, source, attempts?.length];
  };

  it("has the attempts before the one that answered, as sure as the least sure of them", () => {
    assert.deepEqual(sumOf(waybillOf(toNanoUsd(5))), [5, "billed", 1]);
    const free = waybillOf(toNanoUsd(5), { discarded: [attempt(9, "nothing")] });
    assert.deepEqual(sumOf(free), [5, "billed", 1]);
    const tried = waybillOf(toNanoUsd(5), { discarded: [attempt(3, "billed"), attempt(4, "estimated")] });
    assert.deepEqual(sumOf(tried), [12, "estimated", 3]);
  });

  it("is certain once every attempt is, whichever is looked up first, and any number of times", () => {
    const discarded = [
      { ...attempt(3, "estimated"), generationId: "first" },
      { ...attempt(4, "unknown"), generationId: "second" },
    ];
    const { attempts = [] } = paidForTurn(waybillOf(toNanoUsd(5), { generationId: "last", discarded }));
    const [first, second] = [settledRow("first", 30), settledRow("second", 40)];
    assert.equal(correctAttempts(attempts, [settledRow("other", 1)]), undefined);
    const once = correctAttempts(attempts, [second]);
    assert.deepEqual([once?.cost, once?.source], [48, "estimated"]);
    for (const rows of [[first], [first, second], [settledRow("last", 5), second, first]]) {
      const { cost, source } = correctAttempts(once?.attempts ?? [], rows) ?? {};
      assert.deepEqual([cost, source], [75, "reconciled"]);
    }
  });

  it("stays as it is where an attempt has no id to look up", () => {
    const { attempts = [] } = paidForTurn(waybillOf(toNanoUsd(5), { generationId: undefined }));
    const nameless = { ...settledRow("any", 9), row: { ...settledRow("any", 9).row, generationId: undefined } };
    assert.equal(correctAttempts(attempts, [nameless]), undefined);
  });
});

import assert from "node:assert/strict";
import { toNanoUsd } from "../../../src/core/money/nanoUsd.ts";
import type { ModelRecord } from "../../../src/core/routing/modelRecord.ts";
import { recordsPage } from "../../../src/core/routing/recordsPage.ts";

function record(model: string, fields: Partial<ModelRecord> = {}): ModelRecord {
  return {
    taskType: "fix",
    model,
    answers: 40,
    accepted: 30,
    rejected: 10,
    cost: toNanoUsd(40_000_000),
    totalMs: 80_000,
    costSquares: 40 * 1_000_000 ** 2,
    totalMsSquares: 40 * 2_000 ** 2,
    ...fields,
  };
}

describe("the page of how models did", () => {
  it("says what a verdict is while there is none", () => {
    assert.match(recordsPage([]), /No verdict on an answer is known yet/);
  });

  it("has a table a task, with what an accepted answer costs", () => {
    const page = recordsPage([record("a/one"), record("b/two", { taskType: "explain", accepted: 0, rejected: 40 })]);
    assert.match(page, /## fix\n\n\| Model \| Accepted/);
    assert.match(page, /\| a\/one \| 30 of 40 \| \\\$0\\\.0010 \| \\\$0\\\.0013 \| 2\\\.0 s \|/);
    assert.match(page, /## explain[^]*none accepted/);
  });

  it("holds the two most used models of a task against each other in plain words", () => {
    const page = recordsPage([record("a/one"), record("b/two", { accepted: 2, rejected: 38 })]);
    assert.match(page, /- .*accept/i);
    assert.doesNotMatch(recordsPage([record("a/one")]), /\n- /);
  });

  it("has a line for each provider of a model where they really differ", () => {
    const fine = record("a/one", { provider: "Fine", accepted: 38, rejected: 2 });
    const cheap = record("a/one", { provider: "Cheap", accepted: 2, rejected: 38 });
    const page = recordsPage([record("a/one")], [fine, cheap]);
    assert.match(page, /\| a\/one by Fine \| 38 of 40/);
    assert.match(page, /\| a\/one by Cheap \| 2 of 40/);
    assert.match(page, /- a\/one by Fine is accepted more often/);
    assert.doesNotMatch(recordsPage([record("a/one")], [fine, { ...fine, provider: "Alike" }]), /by Alike|by Fine/);
    assert.doesNotMatch(recordsPage([record("a/one")], [fine, { ...cheap, answers: 4 }]), /by Cheap/);
  });

  it("lets no name become markup", () => {
    const page = recordsPage([record("x|y](command:evil) <img src=x>")]);
    assert.doesNotMatch(page, /[^\\]\]\(command|[^\\]<img/);
  });
});

import assert from "node:assert/strict";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { problem } from "../../src/core/problems/problem.ts";
import { describeLostCost, receiptLine } from "../../src/core/waybill/receiptLine.ts";
import { readTurn } from "../../src/extension/platform/readTurn.ts";
import type { TurnEvent } from "../../src/turn/turnEvent.ts";
import { waybillOf } from "../store/storeFolder.ts";

const WAYBILL = waybillOf(toNanoUsd(5_000_000));
const CHOICE = { model: { name: "Small" }, worstCase: 5_000_000 } as never;
const END: TurnEvent = { type: "turn-end", waybill: WAYBILL, problem: undefined };
const text = (part: string): TurnEvent => ({ type: "text-delta", text: part });

async function read(...events: readonly TurnEvent[]) {
  const [shown, reported, noted]: [string[], string[], unknown[]] = [[], [], []];
  const turn = (async function* () {
    yield* events;
  })();
  const answer = await readTurn(turn, {
    doing: "is writing",
    report: (message) => reported.push(message),
    show: (so) => shown.push(so),
    noteWaybill: (waybill) => noted.push(waybill),
  });
  await new Promise((resolve) => setImmediate(resolve));
  return { answer, shown, reported, noted };
}

describe("a turn that is read to its end", () => {
  it("shows the whole text each time, and notes its cost also when it is corrected later", async () => {
    const start: TurnEvent = { type: "attempt-start", choice: CHOICE, promptTokens: 1 };
    const corrected: TurnEvent = { type: "waybill-corrected", waybill: WAYBILL };
    const { answer, shown, reported, noted } = await read(start, text("a"), text("b"), END, corrected);
    assert.deepEqual([shown, reported, noted.length], [["a", "ab"], ["Small is writing, for $0.0050 at most…"], 2]);
    assert.deepEqual([answer.text, answer.waybill, answer.problem], ["ab", WAYBILL, undefined]);
  });

  it("begins afresh with a stronger model, and keeps what the answer before cost", async () => {
    const climb: TurnEvent = { type: "climb", from: CHOICE, choice: CHOICE, because: "It was empty", waybill: WAYBILL };
    const start: TurnEvent = { type: "attempt-start", choice: CHOICE, promptTokens: 1 };
    const { answer, shown, reported, noted } = await read(text("a"), climb, start, text("b"), END);
    assert.deepEqual([shown, reported], [["a", "", "b"], ["It was empty; Small is writing, for $0.0050 at most…"]]);
    assert.deepEqual([answer.text, answer.earlier.length, noted.length], ["b", 1, 2]);
  });

  it("tells why there is no text", async () => {
    const refused: TurnEvent = { type: "turn-refused", problem: problem("No.", "set-budget") };
    const { answer } = await read(refused);
    assert.deepEqual([answer.problem?.sentence, answer.waybill], ["No.", undefined]);
    const failed: TurnEvent = { type: "turn-failed", problem: problem("No.", "try-again"), waybill: WAYBILL };
    assert.equal((await read(failed)).noted.length, 1);
    assert.deepEqual((await read()).answer, { text: "", earlier: [], waybill: undefined, problem: undefined });
  });

  it("has its papers in a line", () => {
    assert.match(receiptLine(WAYBILL), / · \$0\.0050* · \d/);
    assert.match(describeLostCost(WAYBILL, []), /^ It cost \$0\.0050*\.$/);
    assert.match(describeLostCost(undefined, [WAYBILL, WAYBILL]), /^ It cost \$0\.010* in all\.$/);
    assert.equal(describeLostCost(undefined, []), "");
  });
});

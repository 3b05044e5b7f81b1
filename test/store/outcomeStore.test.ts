import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { learnFromOutcomes } from "../../src/core/routing/outcomeStats.ts";
import type { Waybill } from "../../src/core/waybill/waybill.ts";
import type { Ledger } from "../../src/store/ledger.ts";
import { LEDGER_MIGRATIONS } from "../../src/store/ledgerSchema.ts";
import {
  NOON_MS,
  ONE_CENT,
  PLACE,
  type StoreFolder,
  createStoreFolder,
  reservation,
  waybillOf,
  withNewLedger,
} from "./storeFolder.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const LIMITS = [dailyLimit("user", toNanoUsd(1e12))];

describe("the outcomes of turns", () => {
  let folder: StoreFolder;
  let ledger: Ledger;
  withNewLedger((newFolder, newLedger) => {
    folder = newFolder;
    ledger = newLedger;
  });

  /** A settled turn; several attempts share its id. */
  async function turn(fields: Partial<Waybill> = {}): Promise<string> {
    const turnId = fields.turnId ?? randomUUID();
    const taskType = fields.taskType ?? "question";
    const askedModel = fields.askedModel ?? "a/b";
    const held = reservation(ONE_CENT, { turnId, taskType, askedModel, limits: LIMITS });
    assert.equal((await ledger.reserve(held)).kind, "reserved");
    const servedModel = fields.askedModel ?? "a/b";
    await ledger.settle(
      held.reservationId,
      waybillOf(fields.cost ?? ONE_CENT, { servedModel, ...fields, turnId, taskType }),
    );
    return turnId;
  }

  async function tallied(taskType: Waybill["taskType"] = "question", nowMs = NOON_MS): Promise<readonly string[]> {
    const tallies = await ledger.outcomes.tallies(taskType, nowMs);
    return tallies.map(({ model, kind, count }) => `${model} ${kind} ${count}`).toSorted();
  }

  it("are counted by task, model and kind", async () => {
    await ledger.outcomes.note(await turn(), "accepted", NOON_MS);
    await ledger.outcomes.note(await turn(), "accepted", NOON_MS);
    await ledger.outcomes.note(await turn(), "rejected", NOON_MS);
    await ledger.outcomes.note(await turn({ askedModel: "c/d" }), "climbed", NOON_MS);
    await ledger.outcomes.note(await turn({ taskType: "fix" }), "copied", NOON_MS);
    assert.deepEqual(await tallied(), ["a/b accepted 2", "a/b rejected 1", "c/d climbed 1"]);
    assert.deepEqual(await tallied("fix"), ["a/b copied 1"]);
    assert.deepEqual(await tallied("test"), []);
  });

  it("count the answer of an attempt that a check rejected beside the verdict on the turn, each once", async () => {
    const turnId = await turn({ askedModel: "a/weak" });
    const database = new DatabaseSync(folder.ledgerPath, { readOnly: true });
    const weak = database.prepare("SELECT reservation_id FROM waybill").get()?.["reservation_id"];
    database.close();
    assert.equal(await ledger.outcomes.noteRejectedAttempt(String(weak), NOON_MS), true);
    assert.equal(await ledger.outcomes.note(turnId, "accepted", NOON_MS), false, "there is no other answer yet");
    assert.deepEqual(await tallied(), ["a/weak rejected 1"]);
    await turn({ turnId, askedModel: "b/strong" });
    assert.equal(await ledger.outcomes.note(turnId, "rejected", NOON_MS), true);
    assert.equal(await ledger.outcomes.note(turnId, "accepted", NOON_MS), true);
    assert.deepEqual(await tallied(), ["a/weak rejected 1", "b/strong accepted 1"]);
    assert.equal(await ledger.outcomes.noteRejectedAttempt("unknown", NOON_MS), false);
  });

  it("count once a turn: the strongest verdict stands, and of equally strong ones the last", async () => {
    const turnId = await turn();
    await ledger.outcomes.note(turnId, "copied", NOON_MS);
    await ledger.outcomes.note(turnId, "accepted", NOON_MS);
    await ledger.outcomes.note(turnId, "copied", NOON_MS + 1);
    assert.deepEqual(await tallied(), ["a/b accepted 1"]);
    await ledger.outcomes.note(turnId, "regenerated", NOON_MS + 1);
    assert.deepEqual(await tallied(), ["a/b accepted 1"]);
    await ledger.outcomes.note(turnId, "undone", NOON_MS + 2);
    await ledger.outcomes.note(turnId, "accepted", NOON_MS + 2);
    assert.deepEqual(await tallied(), ["a/b accepted 1"]);
    await ledger.outcomes.note(turnId, "undone", NOON_MS + 3);
    assert.deepEqual(await tallied(), ["a/b undone 1"]);
    const known = learnFromOutcomes(await ledger.outcomes.tallies("question", NOON_MS), NOON_MS)("a/b");
    assert.deepEqual(known, { accepted: 0, rejected: 1 });
  });

  it("have the lines that were accepted, of a verdict that others take the place of only its own", async () => {
    const turnId = await turn();
    const shares = async () => (await ledger.outcomes.tallies("question", NOON_MS)).map((tally) => tally.shares);
    await ledger.outcomes.note(turnId, { kind: "partly-accepted", lines: { accepted: 3, proposed: 4 } }, NOON_MS);
    await ledger.outcomes.note(await turn(), { kind: "partly-accepted", lines: { accepted: 1, proposed: 2 } }, NOON_MS);
    await ledger.outcomes.note(await turn(), "partly-accepted", NOON_MS);
    assert.deepEqual(await shares(), [{ answers: 2, sum: 1.25 }]);
    const known = learnFromOutcomes(await ledger.outcomes.tallies("question", NOON_MS), NOON_MS)("a/b");
    assert.deepEqual(known, { accepted: 1.75, rejected: 1.25 });
    const [sums] = await ledger.outcomes.sums(0);
    assert.deepEqual(sums?.shares, { answers: 2, sum: 1.25 });
    await ledger.outcomes.note(turnId, "copied", NOON_MS);
    assert.deepEqual(await shares(), [{ answers: 2, sum: 1.25 }]);
    await ledger.outcomes.note(turnId, "partly-accepted", NOON_MS);
    assert.deepEqual(await shares(), [{ answers: 1, sum: 0.5 }]);
  });

  it("stay what they are where the person edits what they accepted: the lines are noted beside them", async () => {
    const turnId = await turn();
    const edited = () => {
      const database = new DatabaseSync(folder.ledgerPath, { readOnly: true });
      const [row, ...others] = database.prepare("SELECT kind, edited_lines FROM outcome").all();
      database.close();
      assert.equal(others.length, 0);
      return row && { ...row };
    };
    assert.equal(await ledger.outcomes.noteEdited(turnId, 1), false, "nothing is accepted yet");
    await ledger.outcomes.note(turnId, { kind: "accepted", lines: { accepted: 4, proposed: 4 } }, NOON_MS);
    assert.deepEqual(edited(), { kind: "accepted", edited_lines: null });
    assert.equal(await ledger.outcomes.noteEdited(turnId, 1), true);
    await ledger.outcomes.noteEdited(turnId, 3);
    await ledger.outcomes.noteEdited(turnId, 2);
    assert.deepEqual(edited(), { kind: "accepted", edited_lines: 3 });
    assert.deepEqual(await tallied(), ["a/b accepted 1"]);
    await ledger.outcomes.note(turnId, { kind: "undone", lines: { accepted: 0, proposed: 4 } }, NOON_MS);
    assert.equal(await ledger.outcomes.noteEdited(turnId, 9), false, "there is nothing left to edit");
    assert.deepEqual(edited(), { kind: "undone", edited_lines: 3 });
  });

  it("take the place of weaker ones only", async () => {
    const turnId = await turn();
    await ledger.outcomes.note(turnId, "copied", NOON_MS);
    await ledger.outcomes.note(turnId, "copied", NOON_MS + 1);
    assert.deepEqual(await tallied(), ["a/b copied 1"]);
    await ledger.outcomes.note(turnId, "regenerated", NOON_MS + 2);
    await ledger.outcomes.note(turnId, "copied", NOON_MS + 3);
    assert.deepEqual(await tallied(), ["a/b regenerated 1"]);
  });

  it("on answers side by side change with the mind of the person", async () => {
    const turnId = await turn();
    await ledger.outcomes.note(turnId, "accepted", NOON_MS);
    await ledger.outcomes.note(turnId, "outranked", NOON_MS + 1);
    assert.deepEqual(await tallied(), ["a/b outranked 1"]);
    await ledger.outcomes.note(turnId, "accepted", NOON_MS + 2);
    assert.deepEqual(await tallied(), ["a/b accepted 1"]);
  });

  it("are told by provider, too", async () => {
    await ledger.outcomes.note(await turn({ provider: "One" }), "accepted", NOON_MS);
    await ledger.outcomes.note(await turn({ provider: "Two" }), "accepted", NOON_MS);
    await ledger.outcomes.note(await turn({ provider: undefined }), "accepted", NOON_MS);
    const providers = (await ledger.outcomes.tallies("question", NOON_MS)).map(({ provider }) => provider ?? "none");
    assert.deepEqual(providers.toSorted(), ["One", "Two", "none"]);
  });

  it("count for the model that answered, under the id that routing knows it by", async () => {
    await ledger.outcomes.note(await turn({ servedModel: "a/b-20260101" }), "accepted", NOON_MS);
    await ledger.outcomes.note(await turn({ servedModel: "e/stand-in" }), "rejected", NOON_MS);
    await ledger.outcomes.note(await turn({ servedModel: undefined }), "partly-accepted", NOON_MS);
    assert.deepEqual(await tallied(), ["a/b accepted 1", "a/b partly-accepted 1", "e/stand-in rejected 1"]);
  });

  it("count for the attempt that gave the answer, also when the cost of a failed one came later", async () => {
    const turnId = await turn({ askedModel: "c/answered" });
    await turn({ turnId, askedModel: "c/failed", servedModel: undefined, finish: "failed" });
    assert.equal(await ledger.outcomes.note(turnId, "accepted", NOON_MS), true);
    assert.deepEqual(await tallied(), ["c/answered accepted 1"]);
  });

  it("are not kept for turns that the ledger has no answer of", async () => {
    const failed = await turn({ servedModel: undefined, finish: "failed" });
    assert.equal(await ledger.outcomes.note(failed, "rejected", NOON_MS), false);
    assert.equal(await ledger.outcomes.note("never-heard-of", "rejected", NOON_MS), false);
    assert.deepEqual(await tallied(), []);
  });

  it("are told by day with their time, and no longer when they are very old", async () => {
    await ledger.outcomes.note(await turn(), "accepted", NOON_MS - 301 * DAY_MS);
    await ledger.outcomes.note(await turn(), "accepted", NOON_MS - 30 * DAY_MS);
    await ledger.outcomes.note(await turn(), "accepted", NOON_MS - 2_000);
    await ledger.outcomes.note(await turn(), "accepted", NOON_MS);
    const tallies = await ledger.outcomes.tallies("question", NOON_MS);
    assert.deepEqual(
      tallies.map(({ count, atMs }) => [count, atMs]).toSorted(([one = 0], [other = 0]) => one - other),
      [
        [1, NOON_MS - 30 * DAY_MS],
        [2, NOON_MS],
      ],
    );
  });

  it("are shared by two windows", async () => {
    const other = await folder.openLedger();
    const turns = await Promise.all(Array.from({ length: 20 }, () => turn()));
    await Promise.all(
      turns.map((turnId, index) => (index % 2 === 0 ? ledger : other).outcomes.note(turnId, "accepted", NOON_MS)),
    );
    await Promise.all([
      ledger.outcomes.note(turns[0] ?? "", "undone", NOON_MS + 1),
      other.outcomes.note(turns[1] ?? "", "rejected", NOON_MS + 1),
    ]);
    const expected = ["a/b accepted 18", "a/b rejected 1", "a/b undone 1"];
    assert.deepEqual(await tallied(), expected);
    other.close();
  });

  it("are not waited for while another window holds the lock", async () => {
    const blocker = new DatabaseSync(folder.ledgerPath);
    blocker.exec("BEGIN EXCLUSIVE");
    const startedAt = performance.now();
    await ledger.outcomes.tallies("question", NOON_MS).catch((error: unknown) => {
      assert.ok(error instanceof WaybillError && error.code === "ledger-busy");
    });
    assert.ok(performance.now() - startedAt < 1_000);
    blocker.exec("ROLLBACK");
    blocker.close();
    assert.deepEqual(await tallied(), []);
  });

  it("add up what the judged answers cost and took", async () => {
    await ledger.outcomes.note(await turn({ cost: toNanoUsd(100), totalMs: 10 }), "accepted", NOON_MS);
    await ledger.outcomes.note(await turn({ cost: toNanoUsd(300), totalMs: 30 }), "accepted", NOON_MS);
    await ledger.outcomes.note(await turn({ cost: toNanoUsd(7_000) }), "accepted", NOON_MS - DAY_MS);
    await turn({ cost: toNanoUsd(5_000) });
    assert.deepEqual(await ledger.outcomes.sums(NOON_MS), [
      {
        taskType: "question",
        model: "a/b",
        provider: "P",
        kind: "accepted",
        shares: undefined,
        answers: 2,
        cost: 400,
        totalMs: 40,
        costSquares: 100_000,
        totalMsSquares: 1_000,
      },
    ]);
  });

  it("do not overflow with dear answers", async () => {
    for (const cost of [9e9, 9e9])
      await ledger.outcomes.note(await turn({ cost: toNanoUsd(cost) }), "rejected", NOON_MS);
    const [sum] = await ledger.outcomes.sums(NOON_MS);
    assert.deepEqual([sum?.cost, sum?.costSquares], [18e9, 2 * 81e18]);
  });
});

describe("corrections of the task", () => {
  let folder: StoreFolder;
  let ledger: Ledger;
  withNewLedger((newFolder, newLedger) => {
    folder = newFolder;
    ledger = newLedger;
  });

  it("come back newest first, whatever a fingerprint is made of", async () => {
    await ledger.corrections.note({ fingerprint: [3, -1, 4_294_967_295], taskType: "refactor" }, NOON_MS);
    await ledger.corrections.note({ fingerprint: [7, 8], taskType: "document" }, NOON_MS + 1);
    await ledger.corrections.note({ fingerprint: [], taskType: "plan" }, NOON_MS + 2);
    assert.deepEqual(await ledger.corrections.latest(), [
      { fingerprint: [], taskType: "plan" },
      { fingerprint: [7, 8], taskType: "document" },
      { fingerprint: [3, -1, 4_294_967_295], taskType: "refactor" },
    ]);
  });

  it("of the same text replace each other", async () => {
    const other = await folder.openLedger();
    await ledger.corrections.note({ fingerprint: [1, 2], taskType: "refactor" }, NOON_MS);
    await other.corrections.note({ fingerprint: [1, 2], taskType: "fix" }, NOON_MS + 1);
    assert.deepEqual(await ledger.corrections.latest(), [{ fingerprint: [1, 2], taskType: "fix" }]);
    other.close();
  });

  it("that this version cannot read are passed over, and no more than 500 are told", async () => {
    const database = new DatabaseSync(folder.ledgerPath);
    const insert = database.prepare("INSERT INTO task_correction (fingerprint, task_type, at_ms) VALUES (?, ?, ?)");
    insert.run("no json", "fix", NOON_MS + 1_001);
    insert.run('{"of":"later"}', "fix", NOON_MS + 1_002);
    insert.run("[7]", "a-task-of-later", NOON_MS + 1_003);
    for (let index = 0; index < 600; index += 1) insert.run(`[${index},0]`, "fix", NOON_MS + index);
    database.close();
    const corrections = await ledger.corrections.latest();
    assert.equal(corrections.length, 497);
    assert.deepEqual(corrections[0], { fingerprint: [599, 0], taskType: "fix" });
  });
});

describe("a ledger of the version before outcomes", () => {
  it("keeps its rows, and takes verdicts on them", async () => {
    const folder = createStoreFolder();
    (await folder.openLedger()).close();
    rmSync(folder.ledgerPath);
    const old = new DatabaseSync(folder.ledgerPath);
    for (const script of LEDGER_MIGRATIONS.slice(0, 2)) old.exec(script);
    old.exec(`INSERT INTO waybill (reservation_id, turn_id, day, workspace, surface, task_type, gateway_origin, asked_model,
      reserved_nano, cost_nano, cost_source, finish, started_at_ms, total_ms, reasons)
      VALUES ('r', 't', '2026-11-20', 'w', 'fix', 'fix', 'o', 'a/b', 9, 7, 'billed', 'complete', 0, 1, '[]');
      INSERT INTO day_total (day, workspace, spent_nano) VALUES ('2026-11-20', 'w', 7);
      PRAGMA user_version = 2`);
    old.close();
    const ledger = await folder.openLedger();
    const [standing] = await ledger.standings(PLACE, [dailyLimit("user", toNanoUsd(100))], NOON_MS);
    assert.equal(standing?.spent, 7);
    assert.equal(await ledger.outcomes.note("t", "accepted", NOON_MS), true);
    const [sum] = await ledger.outcomes.sums(0);
    assert.deepEqual([sum?.model, sum?.cost], ["a/b", 7]);
    ledger.close();
    folder.remove();
  });
});

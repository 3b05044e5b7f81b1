import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { isOutcomeKind } from "../../src/core/routing/outcomeKind.ts";
import { LEDGER_MIGRATIONS } from "../../src/store/ledgerSchema.ts";
import { NOON_MS, PLACE, createStoreFolder, reservation, waybillOf } from "./storeFolder.ts";

const TODAY = "2026-11-20";

/** Two turns and an open reservation, as a version wrote them. */
function writeOld(path: string, version: number, ids: { settled: string; open: string; turn: string }): void {
  const old = new DatabaseSync(path);
  for (const script of LEDGER_MIGRATIONS.slice(0, version)) old.exec(script);
  const insert = old.prepare(`INSERT INTO waybill (reservation_id, turn_id, generation_id, day, workspace, surface,
    task_type, gateway_origin, asked_model, served_model, provider, prompt_tokens, completion_tokens, cached_tokens,
    reserved_nano, cost_nano, cost_source, finish, started_at_ms, total_ms, reasons)
    VALUES (?, ?, 'gen-1', '${TODAY}', ?, 'chat', 'question', 'https://openrouter.ai', 'a/b', ?, ?, 10, 20, 4, 9, ?, ?, ?, 0, 1, '["why"]')`);
  insert.run(ids.settled, ids.turn, "file:///one", "a/b-20260101", "P", 7, "billed", "complete");
  insert.run("no-uuid", "turn", "file:///two", null, null, 5, "estimated", "stopped");
  old.exec(
    `INSERT INTO day_total VALUES ('${TODAY}', 'file:///one', 7), ('${TODAY}', 'file:///two', 5), ('2026-11-19', 'lost', 3)`,
  );
  old
    .prepare(
      "INSERT INTO reservation VALUES (?, 't', 'w', ?, ?, 'file:///one', 'chat', 'fix', 'o', 'a/b', 40, NULL, ?)",
    )
    .run(ids.open, NOON_MS + 60_000, TODAY, NOON_MS);
  if (version >= 3) {
    old
      .prepare("INSERT INTO outcome VALUES (?, ?, 'a/b', 'P', 'question', 'file:///one', 'accepted', ?, ?)")
      .run(ids.turn, ids.settled, TODAY, NOON_MS);
    old
      .prepare("INSERT INTO outcome VALUES ('turn', 'no-uuid', 'a/b', NULL, 'question', 'w', 'partly-accepted', ?, ?)")
      .run(TODAY, NOON_MS);
  }
  old.exec(`PRAGMA user_version = ${version}`);
  old.close();
}

describe("a ledger of an older version", () => {
  for (const version of [1, 2, 3]) {
    it(`(${version}) keeps its rows, sums, verdicts and reservations`, async () => {
      const folder = createStoreFolder();
      const ids = { settled: randomUUID(), open: randomUUID(), turn: randomUUID() };
      (await folder.openLedger()).close();
      for (const suffix of ["", "-wal", "-shm"]) rmSync(folder.ledgerPath + suffix, { force: true });
      writeOld(folder.ledgerPath, version, ids);
      writeFileSync(
        folder.journalPath,
        `${JSON.stringify({ reservationId: ids.settled, day: TODAY, workspace: "file:///one", cost: 7 })}\n`,
      );
      const ledger = await folder.openLedger();
      assert.equal(ledger.repair, undefined);
      const limits = [
        dailyLimit("user", toNanoUsd(100)),
        dailyLimit("workspace", toNanoUsd(100)),
        dailyLimit("key", toNanoUsd(100)),
      ];
      const standings = await ledger.standings(PLACE, limits, NOON_MS);
      assert.deepEqual(
        standings.map(({ spent, reserved }) => [spent, reserved]),
        [
          [12, 40],
          [7, 40],
          [12, 40],
        ],
      );
      await ledger.settle(ids.open, waybillOf(toNanoUsd(2)));
      await ledger.settle("no-uuid", waybillOf(toNanoUsd(6), { costSource: "reconciled" }));
      const after = await ledger.standings(PLACE, limits, NOON_MS);
      assert.deepEqual(
        after.map(({ spent, reserved }) => [spent, reserved]),
        [
          [15, 0],
          [9, 0],
          [15, 0],
        ],
      );
      const database = new DatabaseSync(folder.ledgerPath, { readOnly: true });
      const rows = database.prepare("SELECT * FROM waybill ORDER BY sequence").all();
      assert.deepEqual(
        [
          rows[0]?.["reservation_id"],
          rows[0]?.["turn_id"],
          rows[0]?.["served_model"],
          rows[0]?.["model"],
          rows[0]?.["reasons"],
        ],
        [ids.settled, ids.turn, "a/b-20260101", "a/b", '["why"]'],
      );
      assert.deepEqual(
        [rows[1]?.["reservation_id"], rows[1]?.["cost_nano"], rows[2]?.["workspace"]],
        ["no-uuid", 6, "file:///one"],
      );
      const roll = database
        .prepare("SELECT sum(cost_nano) AS cost, sum(requests) AS requests, sum(accepted) AS accepted FROM day_spend")
        .get();
      assert.deepEqual({ ...roll }, { cost: 15, requests: 3, accepted: version >= 3 ? 1 : 0 });
      const partly = database.prepare("SELECT sum(partly_permille) AS permille FROM day_roll").get();
      assert.equal(partly?.["permille"], version >= 3 ? 500 : 0, "an unknown share is a half, also of a corrected row");
      const lines = database
        .prepare("SELECT count(*) AS known FROM outcome WHERE accepted_lines IS NOT NULL OR proposed_lines IS NOT NULL")
        .get();
      assert.equal(lines?.["known"], 0, "what was not counted is not known");
      database.close();
      ledger.close();
      folder.remove();
    });
  }
});

describe("the sums for the view of spending", () => {
  it("are those of the rows, whatever was corrected and said of them", async () => {
    const folder = createStoreFolder();
    const ledger = await folder.openLedger();
    for (const [index, kind] of ["accepted", "rejected", "accepted", "partly-accepted"].entries()) {
      const turnId = randomUUID();
      const held = reservation(toNanoUsd(50), { turnId });
      await ledger.reserve(held);
      await ledger.settle(
        held.reservationId,
        waybillOf(toNanoUsd(40), { turnId, costSource: "estimated", provider: undefined, finish: "stopped" }),
      );
      const lines = kind === "partly-accepted" ? { accepted: 2, proposed: 3 } : undefined;
      assert.ok(isOutcomeKind(kind));
      await ledger.outcomes.note(turnId, { kind, lines }, NOON_MS);
      const usage = { promptTokens: 5, completionTokens: 6, cachedTokens: 2, reasoningTokens: 0 };
      await ledger.correctCost(held.reservationId, {
        cost: toNanoUsd(30 + index),
        usage,
        model: undefined,
        provider: "Late",
      });
      if (index === 2) await ledger.outcomes.note(turnId, "undone", NOON_MS);
    }
    ledger.close();
    const database = new DatabaseSync(folder.ledgerPath, { readOnly: true });
    const rolls = database.prepare("SELECT * FROM day_spend WHERE requests <> 0").all();
    assert.equal(rolls.length, 1);
    const { provider, requests, turns, cost_nano, prompt_tokens, cached_tokens, stopped_nano, accepted } =
      rolls[0] ?? {};
    assert.deepEqual(
      [provider, requests, turns, cost_nano, prompt_tokens, cached_tokens, stopped_nano, accepted],
      ["Late", 4, 4, 126, 20, 8, 126, 1],
    );
    const nothing = database
      .prepare(
        "SELECT sum(abs(cost_nano) + abs(accepted) + abs(partly_permille)) AS sum FROM day_roll WHERE requests = 0",
      )
      .get();
    assert.equal(nothing?.["sum"], 0);
    const partly = database.prepare("SELECT partly_permille AS permille FROM day_roll WHERE requests <> 0").all();
    assert.deepEqual(
      partly.map(({ permille }) => permille),
      [667],
    );
    database.close();
    folder.remove();
  });
});

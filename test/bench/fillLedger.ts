import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { budgetDay } from "../../src/core/budget/budgetPeriod.ts";
import type { SpendPlace } from "../../src/core/budget/spendLimit.ts";
import { TASK_TYPES } from "../../src/core/tasks/taskType.ts";
import { openLedgerJournal } from "../../src/store/ledgerJournal.ts";
import { type LedgerOptions, openSqliteLedger } from "../../src/store/sqliteLedger.ts";
import { sealOf } from "../../src/store/spendTotals.ts";

export const ROWS = 1_000_000;
export const DAYS = 365;
const DAY_MS = 24 * 60 * 60 * 1000;
const TURNS_A_CHAT = 8;

const MODELS = Array.from({ length: 12 }, (_, index) => `vendor-${index % 5}/model-of-some-length-${index}`);
const PROVIDERS = Array.from({ length: 8 }, (_, index) => `Provider ${index}`);
const WORKSPACES = Array.from({ length: 6 }, (_, index) => `file:///home/person/projects/of-some-length-${index}`);
const SURFACES = ["chat", "explain", "fix"];
const KEYS = ["default", "work"];
const GATEWAY = "https://openrouter.ai";

/** What a ledger of a million rows is opened with, and a place in it that has sums. */
export interface FilledLedger {
  readonly options: LedgerOptions;
  readonly emptyBytes: number;
  readonly place: SpendPlace;
}

/** A ledger with a year of rows up to now, and the sums that settling them one by one leaves behind. */
export async function makeFilledLedger(folder: string, nowMs: number): Promise<FilledLedger> {
  const path = join(folder, "ledger.sqlite");
  const options = { path, journal: openLedgerJournal(join(folder, "ledger.jsonl")), owner: "bench", nowMs };
  (await openSqliteLedger(options)).close();
  const database = new DatabaseSync(path);
  try {
    const emptyBytes = sizeOf(database);
    const chat = fill(database, nowMs);
    const [workspace = "", keyLabel = ""] = [WORKSPACES[0], KEYS[0]];
    return { options, emptyBytes, place: { workspace, keyLabel, chat, gatewayOrigin: GATEWAY } };
  } finally {
    database.close();
  }
}

/** In one transaction that nothing could undo: a million settlements would take hours. Answers the last chat. */
function fill(database: DatabaseSync, nowMs: number): string {
  database.exec(
    "PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000",
  );
  database.function("seal", { varargs: true }, (...values) => sealOf(values));
  database.exec("BEGIN");
  const chat = insertRows(database, nowMs);
  // What `bookSpend` adds up row by row; the sums for the view are kept by triggers.
  for (const [scope, name] of [
    ["user", "0"],
    ["workspace", "workspace"],
    ["key", "key_label"],
    ["chat", "chat"],
  ]) {
    database.exec(
      `INSERT INTO spend_total SELECT '${scope}', name, day, spent, tokens, seal('${scope}', name, day, spent, tokens)
       FROM (SELECT ${name} AS name, day, sum(cost_nano) AS spent, sum(booked_tokens) AS tokens
             FROM waybill_row GROUP BY 1, 2)`,
    );
  }
  database.prepare("UPDATE ledger_state SET latest_day = ?").run(budgetDay(nowMs));
  database.exec("COMMIT");
  return chat;
}

function insertRows(database: DatabaseSync, nowMs: number): string {
  const labels = labelIds(database);
  const insert =
    database.prepare(`INSERT INTO waybill_row (reservation_id, turn_id, generation_id, day, workspace, key_label,
    chat, surface, task_type, gateway_origin, asked_model, served_model, model, provider, prompt_tokens, completion_tokens,
    cached_tokens, reasoning_tokens, booked_tokens, reserved_nano, cost_nano, cost_source, finish, started_at_ms,
    first_token_ms, total_ms, attempts, policy_hash)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 123456789, ?, ?, ?, ?, 812, 9876, 1, 123456789)`);
  const random = pseudoRandom(1);
  /** One of the few that a person has of something at a time, the first ones far more often. */
  const pick = (few: number) => Math.floor(random() ** 2 * few);
  const label = (texts: readonly string[], index: number) => labels.get(texts[index % texts.length] ?? "") ?? 0;
  let chat = randomUUID();
  let place: readonly SQLInputValue[] = [];
  for (let row = 0; row < ROWS; row += 1) {
    const atMs = nowMs - Math.floor(((ROWS - 1 - row) / ROWS) * DAYS) * DAY_MS;
    if (row % TURNS_A_CHAT === 0) {
      chat = randomUUID();
      // Two or three projects in a week, each paid for by one key.
      const workspace = Math.floor((row * 52) / ROWS) + pick(3);
      place = [label(WORKSPACES, workspace), label(KEYS, workspace), Buffer.from(chat.replaceAll("-", ""), "hex")];
    }
    // Routing asks one of two models for a kind of task, and one of two providers answers for a model.
    const task = pick(TASK_TYPES.length);
    const modelIndex = task + 5 * pick(2);
    const model = label(MODELS, modelIndex);
    const [prompt, completion] = [1000 + Math.floor(random() * 20_000), 50 + Math.floor(random() * 2000)];
    insert.run(
      randomBytes(16),
      randomBytes(16),
      `gen-${atMs}-${randomBytes(10).toString("hex")}`,
      budgetDay(atMs),
      ...place,
      label(SURFACES, pick(2) * task),
      label(TASK_TYPES, task),
      labels.get(GATEWAY) ?? 0,
      model,
      model,
      model,
      label(PROVIDERS, modelIndex + pick(2)),
      prompt,
      completion,
      Math.floor(prompt * random()),
      prompt + completion,
      prompt * 300 + completion * 2500,
      row % 50 === 0 ? "estimated" : "billed",
      row % 40 === 0 ? "stopped" : "complete",
      atMs,
    );
  }
  return chat;
}

function labelIds(database: DatabaseSync): ReadonlyMap<string, number> {
  const insert = database.prepare("INSERT OR IGNORE INTO label (text) VALUES (?)");
  for (const text of [...MODELS, ...PROVIDERS, ...WORKSPACES, ...SURFACES, ...KEYS, ...TASK_TYPES, GATEWAY]) {
    insert.run(text);
  }
  const rows = database.prepare("SELECT id, text FROM label").all();
  return new Map(rows.map(({ id, text }) => [String(text), Number(id)]));
}

function sizeOf(database: DatabaseSync): number {
  return Number(
    database.prepare("SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()").get()?.[
      "bytes"
    ],
  );
}

/** Mulberry32: the same rows in every run, but for their ids. From 0 to below 1. */
function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

import { COMPACT_LEDGER } from "./ledgerSchemaCompact.ts";
import { KEY_STANDINGS } from "./ledgerSchemaKeys.ts";
import { SHARES } from "./ledgerSchemaShares.ts";
import { SHELVES } from "./ledgerSchemaShelves.ts";

/** One script per version of the ledger. Money is in nano-US-dollars, times in milliseconds since the epoch. */
export const LEDGER_MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE reservation (
    id TEXT PRIMARY KEY,
    turn_id TEXT NOT NULL,
    owner TEXT NOT NULL,
    lease_until_ms INTEGER NOT NULL,
    day TEXT NOT NULL,
    workspace TEXT NOT NULL,
    surface TEXT NOT NULL,
    task_type TEXT NOT NULL,
    gateway_origin TEXT NOT NULL,
    asked_model TEXT NOT NULL,
    amount_nano INTEGER NOT NULL CHECK (amount_nano >= 0),
    generation_id TEXT,
    reserved_at_ms INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE waybill (
    sequence INTEGER PRIMARY KEY,
    reservation_id TEXT NOT NULL UNIQUE,
    turn_id TEXT NOT NULL,
    generation_id TEXT,
    day TEXT NOT NULL,
    workspace TEXT NOT NULL,
    surface TEXT NOT NULL,
    task_type TEXT NOT NULL,
    gateway_origin TEXT NOT NULL,
    asked_model TEXT NOT NULL,
    served_model TEXT,
    provider TEXT,
    prompt_tokens INTEGER,
    completion_tokens INTEGER,
    cached_tokens INTEGER,
    reasoning_tokens INTEGER,
    reserved_nano INTEGER NOT NULL,
    cost_nano INTEGER NOT NULL CHECK (cost_nano >= 0),
    cost_source TEXT NOT NULL CHECK (cost_source IN ('billed', 'reconciled', 'estimated', 'unknown')),
    finish TEXT NOT NULL,
    started_at_ms INTEGER NOT NULL,
    first_token_ms INTEGER,
    total_ms INTEGER NOT NULL,
    reasons TEXT NOT NULL
  ) STRICT;

  CREATE INDEX waybill_by_day ON waybill (day, cost_nano);

  CREATE TABLE day_total (
    day TEXT NOT NULL,
    workspace TEXT NOT NULL,
    spent_nano INTEGER NOT NULL,
    PRIMARY KEY (day, workspace)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE waybill ADD COLUMN discarded TEXT NOT NULL DEFAULT '[]';
  CREATE INDEX waybill_by_turn ON waybill (turn_id);
  `,
  `
  CREATE TABLE outcome (
    turn_id TEXT PRIMARY KEY,
    reservation_id TEXT NOT NULL,
    model TEXT NOT NULL,
    provider TEXT,
    task_type TEXT NOT NULL,
    workspace TEXT NOT NULL,
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX outcome_by_task ON outcome (task_type, model, kind, day);

  CREATE TABLE task_correction (
    fingerprint TEXT PRIMARY KEY,
    task_type TEXT NOT NULL,
    at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX task_correction_by_time ON task_correction (at_ms);
  `,
  COMPACT_LEDGER,
  KEY_STANDINGS,
  SHELVES,
  SHARES,
];

/** The 36 characters of a UUID, or whatever else an id is. */
function readableId(column: string): string {
  const hex = `lower(hex(${column}))`;
  const part = (from: number, length: number) => `substr(${hex}, ${from}, ${length})`;
  const uuid = [part(1, 8), part(9, 4), part(13, 4), part(17, 4), part(21, 12)].join(" || '-' || ");
  return `CASE typeof(${column}) WHEN 'blob' THEN ${uuid} ELSE ${column} END`;
}

/** The other way round: a UUID as it is written in lower case becomes its 16 bytes. */
function compactId(column: string): string {
  const isUuid = `length(${column}) = 36 AND ${column} = lower(${column}) AND ${column} LIKE '________-____-____-____-____________'`;
  return `CASE WHEN ${isUuid} THEN coalesce(unhex(${column}, '-'), ${column}) ELSE ${column} END`;
}

function labelOf(expression: string): string {
  return `coalesce((SELECT id FROM label WHERE text = ${expression}), 0)`;
}

const ROLL_KEY = "day, workspace, key_label, model, provider, task_type, surface";

/** Adds a row to its day's sums (`sign` +1) or takes it out (-1). `row` is NEW, OLD or the table. */
function rollUp(row: string, sign: "+" | "-", source = ""): string {
  const count = (expression: string) => `${sign} (${expression})`;
  return `
    INSERT INTO day_roll (${ROLL_KEY}, requests, turns, cost_nano, prompt_tokens, completion_tokens, cached_tokens,
      stopped_nano, accepted)
    SELECT ${ROLL_KEY.split(", ")
      .map((name) => `${row}.${name}`)
      .join(", ")},
      ${count("1")}, ${count(`${row}.finish <> 'failed'`)}, ${count(`${row}.cost_nano`)},
      ${count(`coalesce(${row}.prompt_tokens, 0)`)}, ${count(`coalesce(${row}.completion_tokens, 0)`)},
      ${count(`coalesce(${row}.cached_tokens, 0)`)}, ${count(`iif(${row}.finish = 'stopped', ${row}.cost_nano, 0)`)},
      ${count(`EXISTS (SELECT 1 FROM outcome WHERE sequence = ${row}.sequence AND kind = 'accepted')`)}
    ${source} WHERE true
    ON CONFLICT (${ROLL_KEY}) DO UPDATE SET requests = requests + excluded.requests, turns = turns + excluded.turns,
      cost_nano = cost_nano + excluded.cost_nano, prompt_tokens = prompt_tokens + excluded.prompt_tokens,
      completion_tokens = completion_tokens + excluded.completion_tokens,
      cached_tokens = cached_tokens + excluded.cached_tokens, stopped_nano = stopped_nano + excluded.stopped_nano,
      accepted = accepted + excluded.accepted;`;
}

/** A verdict changes one number of the sums. */
function countVerdict(row: string, sign: "+" | "-"): string {
  return `
    UPDATE day_roll SET accepted = accepted ${sign} (${row}.kind = 'accepted')
    WHERE (${ROLL_KEY}) = (SELECT ${ROLL_KEY} FROM waybill_row WHERE sequence = ${row}.sequence);`;
}

/**
 * Version 4: rows of a third of the size (docs/decisions), sums by day for the limits and for the view of spending.
 * `label` has every text that comes again and again; 0 stands for none. Needs the function `seal` (`spendTotals.ts`).
 */
export const COMPACT_LEDGER = `
  CREATE TABLE label (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;

  INSERT OR IGNORE INTO label (text)
    SELECT workspace FROM waybill UNION SELECT workspace FROM day_total UNION SELECT surface FROM waybill
    UNION SELECT task_type FROM waybill UNION SELECT gateway_origin FROM waybill UNION SELECT asked_model FROM waybill
    UNION SELECT served_model FROM waybill WHERE served_model IS NOT NULL
    UNION SELECT provider FROM waybill WHERE provider IS NOT NULL UNION SELECT 'default';

  CREATE TABLE waybill_row (
    sequence INTEGER PRIMARY KEY,
    reservation_id ANY NOT NULL UNIQUE,
    turn_id ANY NOT NULL,
    generation_id TEXT,
    day TEXT NOT NULL,
    workspace INTEGER NOT NULL,
    key_label INTEGER NOT NULL,
    chat ANY,
    surface INTEGER NOT NULL,
    task_type INTEGER NOT NULL,
    gateway_origin INTEGER NOT NULL,
    asked_model INTEGER NOT NULL,
    served_model INTEGER NOT NULL,
    model INTEGER NOT NULL,
    provider INTEGER NOT NULL,
    prompt_tokens INTEGER,
    completion_tokens INTEGER,
    cached_tokens INTEGER,
    reasoning_tokens INTEGER,
    booked_tokens INTEGER NOT NULL CHECK (booked_tokens >= 0),
    reserved_nano INTEGER NOT NULL,
    cost_nano INTEGER NOT NULL CHECK (cost_nano >= 0),
    cost_source TEXT NOT NULL CHECK (cost_source IN ('billed', 'reconciled', 'estimated', 'unknown')),
    finish TEXT NOT NULL,
    started_at_ms INTEGER NOT NULL,
    first_token_ms INTEGER,
    total_ms INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    policy_hash INTEGER,
    allowance TEXT
  ) STRICT;

  INSERT INTO waybill_row SELECT sequence, ${compactId("reservation_id")}, ${compactId("turn_id")}, generation_id, day,
    ${labelOf("workspace")}, ${labelOf("'default'")}, NULL, ${labelOf("surface")}, ${labelOf("task_type")},
    ${labelOf("gateway_origin")}, ${labelOf("asked_model")}, ${labelOf("served_model")},
    ${labelOf("iif(served_model IS NULL OR served_model LIKE asked_model || '-%', asked_model, served_model)")},
    ${labelOf("provider")}, prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens,
    coalesce(prompt_tokens, 0) + coalesce(completion_tokens, 0), reserved_nano, cost_nano, cost_source, finish,
    started_at_ms, first_token_ms, total_ms, 1, NULL, NULL
    FROM waybill ORDER BY sequence;

  CREATE TABLE waybill_detail (sequence INTEGER PRIMARY KEY, reasons TEXT NOT NULL, discarded TEXT NOT NULL) STRICT;
  INSERT INTO waybill_detail SELECT sequence, reasons, discarded FROM waybill;

  CREATE TABLE spend_total (
    scope TEXT NOT NULL CHECK (scope IN ('user', 'workspace', 'key', 'chat')),
    name ANY NOT NULL,
    day TEXT NOT NULL,
    spent_nano INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    seal INTEGER NOT NULL,
    PRIMARY KEY (scope, name, day)
  ) STRICT, WITHOUT ROWID;

  WITH total AS (
    SELECT day, workspace, sum(spent) AS spent, sum(tokens) AS tokens FROM (
      SELECT day, workspace, spent_nano AS spent, 0 AS tokens FROM day_total
      UNION ALL
      SELECT day, workspace, 0, coalesce(prompt_tokens, 0) + coalesce(completion_tokens, 0) FROM waybill
    ) GROUP BY day, workspace
  )
  INSERT INTO spend_total
    SELECT scope, name, day, spent, tokens, seal(scope, name, day, spent, tokens) FROM (
      SELECT 'workspace' AS scope, ${labelOf("workspace")} AS name, day, spent, tokens FROM total
      UNION ALL SELECT 'user', 0, day, sum(spent), sum(tokens) FROM total GROUP BY day
      UNION ALL SELECT 'key', ${labelOf("'default'")}, day, sum(spent), sum(tokens) FROM total GROUP BY day
    );

  DROP TABLE waybill;
  DROP TABLE day_total;
  CREATE INDEX waybill_row_by_day ON waybill_row (day);
  CREATE INDEX waybill_row_by_turn ON waybill_row (turn_id);
  CREATE INDEX waybill_row_by_chat ON waybill_row (chat) WHERE chat IS NOT NULL;
  CREATE INDEX waybill_row_uncertain ON waybill_row (day) WHERE cost_source IN ('estimated', 'unknown');

  CREATE VIEW waybill AS SELECT waybill_row.sequence, ${readableId("reservation_id")} AS reservation_id,
    ${readableId("turn_id")} AS turn_id, generation_id, day, workspace.text AS workspace, key.text AS key_label,
    ${readableId("chat")} AS chat, surface.text AS surface, task.text AS task_type, gateway.text AS gateway_origin,
    asked.text AS asked_model, served.text AS served_model, model.text AS model, provider.text AS provider, prompt_tokens,
    completion_tokens, cached_tokens, reasoning_tokens, reserved_nano, cost_nano, cost_source, finish, started_at_ms,
    first_token_ms, total_ms, attempts, policy_hash, allowance, coalesce(reasons, '[]') AS reasons,
    coalesce(discarded, '[]') AS discarded
    FROM waybill_row
    LEFT JOIN label workspace ON workspace.id = waybill_row.workspace
    LEFT JOIN label key ON key.id = waybill_row.key_label
    LEFT JOIN label surface ON surface.id = waybill_row.surface
    LEFT JOIN label task ON task.id = waybill_row.task_type
    LEFT JOIN label gateway ON gateway.id = waybill_row.gateway_origin
    LEFT JOIN label asked ON asked.id = waybill_row.asked_model
    LEFT JOIN label served ON served.id = waybill_row.served_model
    LEFT JOIN label model ON model.id = waybill_row.model
    LEFT JOIN label provider ON provider.id = waybill_row.provider
    LEFT JOIN waybill_detail ON waybill_detail.sequence = waybill_row.sequence;

  ALTER TABLE outcome RENAME TO outcome_text;
  DROP INDEX outcome_by_task;
  CREATE TABLE outcome (
    turn_id ANY PRIMARY KEY,
    sequence INTEGER NOT NULL,
    model TEXT NOT NULL,
    provider TEXT,
    task_type TEXT NOT NULL,
    workspace TEXT NOT NULL,
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  INSERT INTO outcome SELECT ${compactId("outcome_text.turn_id")}, waybill_row.sequence, outcome_text.model,
    outcome_text.provider, outcome_text.task_type, outcome_text.workspace, kind, outcome_text.day, at_ms
    FROM outcome_text JOIN waybill_row
    ON waybill_row.reservation_id = ${compactId("outcome_text.reservation_id")};
  DROP TABLE outcome_text;
  CREATE INDEX outcome_by_task ON outcome (task_type, model, kind, day);
  CREATE INDEX outcome_by_sequence ON outcome (sequence, kind);

  CREATE TABLE day_roll (
    day TEXT NOT NULL,
    workspace INTEGER NOT NULL,
    key_label INTEGER NOT NULL,
    model INTEGER NOT NULL,
    provider INTEGER NOT NULL,
    task_type INTEGER NOT NULL,
    surface INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    turns INTEGER NOT NULL,
    cost_nano INTEGER NOT NULL,
    prompt_tokens INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL,
    cached_tokens INTEGER NOT NULL,
    stopped_nano INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    PRIMARY KEY (${ROLL_KEY})
  ) STRICT, WITHOUT ROWID;
  ${rollUp("waybill_row", "+", "FROM waybill_row")}
  CREATE TRIGGER roll_in AFTER INSERT ON waybill_row BEGIN ${rollUp("NEW", "+")} END;
  CREATE TRIGGER roll_again AFTER UPDATE ON waybill_row BEGIN ${rollUp("OLD", "-")} ${rollUp("NEW", "+")} END;
  CREATE TRIGGER verdict_in AFTER INSERT ON outcome BEGIN ${countVerdict("NEW", "+")} END;
  CREATE TRIGGER verdict_again AFTER UPDATE ON outcome BEGIN
    ${countVerdict("OLD", "-")} ${countVerdict("NEW", "+")}
  END;

  CREATE VIEW day_spend AS SELECT day, workspace.text AS workspace, key.text AS key_label, model.text AS model,
    provider.text AS provider, task.text AS task_type, surface.text AS surface, requests, turns, cost_nano, prompt_tokens,
    completion_tokens, cached_tokens, stopped_nano, accepted
    FROM day_roll
    LEFT JOIN label workspace ON workspace.id = day_roll.workspace
    LEFT JOIN label key ON key.id = day_roll.key_label
    LEFT JOIN label model ON model.id = day_roll.model
    LEFT JOIN label provider ON provider.id = day_roll.provider
    LEFT JOIN label task ON task.id = day_roll.task_type
    LEFT JOIN label surface ON surface.id = day_roll.surface;

  ALTER TABLE reservation ADD COLUMN key_label TEXT NOT NULL DEFAULT 'default';
  ALTER TABLE reservation ADD COLUMN chat TEXT;
  ALTER TABLE reservation ADD COLUMN tokens INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE reservation ADD COLUMN policy_hash INTEGER;
  ALTER TABLE reservation ADD COLUMN allowance TEXT;

  CREATE TABLE token_calibration (
    gateway_origin TEXT NOT NULL,
    family TEXT NOT NULL,
    weight REAL NOT NULL,
    ratio REAL NOT NULL,
    raise REAL NOT NULL,
    extra_tokens INTEGER NOT NULL,
    PRIMARY KEY (gateway_origin, family)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE ledger_state (latest_day TEXT NOT NULL) STRICT;
  INSERT INTO ledger_state SELECT coalesce((SELECT max(day) FROM
    (SELECT max(day) AS day FROM spend_total UNION ALL SELECT max(day) FROM reservation)), '');
  CREATE TABLE journal_mark (
    file TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL,
    is_compact INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE recent_request (at_ms INTEGER NOT NULL) STRICT;
  CREATE INDEX recent_request_by_time ON recent_request (at_ms);
  CREATE TABLE allowance (
    id TEXT PRIMARY KEY,
    turn_id TEXT NOT NULL,
    amount_nano INTEGER NOT NULL CHECK (amount_nano >= 0),
    used_nano INTEGER NOT NULL CHECK (used_nano >= 0),
    at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE raise (
    day TEXT NOT NULL,
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    period TEXT NOT NULL,
    amount_nano INTEGER NOT NULL CHECK (amount_nano >= 0),
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (day, scope, name, period)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE alert (
    first_day TEXT NOT NULL,
    limit_name TEXT NOT NULL,
    name TEXT NOT NULL,
    percent INTEGER NOT NULL,
    PRIMARY KEY (first_day, limit_name, name, percent)
  ) STRICT, WITHOUT ROWID;
`;

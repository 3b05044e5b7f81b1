import type { DatabaseSync } from "node:sqlite";
import { inTransaction } from "./chatWriting.ts";
import { retryWhileLocked } from "./retryWhileLocked.ts";
import { nextTurn } from "./spendRows.ts";

/** So many characters are indexed in one go, some 30 ms. */
const SLICE_CHARACTERS = 100_000;
const SLICE_MESSAGES = 500;

/**
 * Brings the index of what was said up to date, in slices between which the editor goes on; at most so many, the rest is left in
 * `message_to_index`. Answers whether there is an index: SQLite may be built without FTS5.
 */
export async function indexMessages(database: DatabaseSync, mostSlices = Number.POSITIVE_INFINITY): Promise<boolean> {
  if (!(await retryWhileLocked(() => createIndex(database)))) return false;
  for (let slices = 0; slices < mostSlices; slices += 1) {
    if (!(await retryWhileLocked(() => indexSlice(database)))) break;
    await nextTurn();
  }
  return true;
}

/** Three letters each, so that parts of names are found, and words of languages that write none apart. The text itself stays in `message` only. */
function createIndex(database: DatabaseSync): boolean {
  if (database.prepare("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").get() === undefined) return false;
  if (database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'message_index'").get() !== undefined) return true;
  database.exec(
    `CREATE VIRTUAL TABLE IF NOT EXISTS message_index
     USING fts5 (text, tokenize = 'trigram', content = '', contentless_delete = 1)`,
  );
  // Text that is taken out of the index does not stay readable in it.
  database.exec("INSERT INTO message_index (message_index, rank) VALUES ('secure-delete', 1)");
  return true;
}

/** Answers whether there may be more. */
function indexSlice(database: DatabaseSync): boolean {
  if (database.prepare("SELECT 1 FROM message_to_index LIMIT 1").get() === undefined) return false;
  inTransaction(database, () => {
    const forget = database.prepare("DELETE FROM message_index WHERE rowid = ?");
    const add = database.prepare(
      "INSERT INTO message_index (rowid, text) SELECT sequence, text FROM message WHERE sequence = ?",
    );
    const done = database.prepare("DELETE FROM message_to_index WHERE sequence = ?");
    for (const sequence of nextSequences(database)) {
      forget.run(sequence);
      add.run(sequence);
      done.run(sequence);
    }
  });
  return true;
}

function nextSequences(database: DatabaseSync): readonly number[] {
  const rows = database
    .prepare(
      `SELECT sequence, coalesce(length(text), 0) AS characters FROM message_to_index LEFT JOIN message USING (sequence)
       ORDER BY sequence LIMIT ${SLICE_MESSAGES}`,
    )
    .all();
  let characters = 0;
  const fitting = rows.findIndex((row) => (characters += Number(row["characters"])) > SLICE_CHARACTERS);
  return rows.slice(0, fitting === -1 ? rows.length : fitting + 1).map((row) => Number(row["sequence"]));
}

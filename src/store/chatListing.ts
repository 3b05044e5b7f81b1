import type { DatabaseSync } from "node:sqlite";
import { excerptOf, searchTerms, spellingsOf } from "../core/chat/searchTerms.ts";
import { indexMessages } from "./chatIndex.ts";
import { retryWhileLocked } from "./retryWhileLocked.ts";

export interface ChatQuery {
  /** Of all workspaces where it is absent. */
  readonly workspace?: string;
  /** Every word of it is in the title or in something that was said. */
  readonly query?: string;
  readonly limit: number;
}

export interface ChatSummary {
  readonly id: string;
  readonly workspace: string;
  /** Empty where nobody gave it one. */
  readonly title: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  /** Of all branches. */
  readonly messageCount: number;
  /** One line: how the chat begins. */
  readonly beginning: string;
  /** The same around what was found; without a search, the beginning. */
  readonly excerpt: string;
}

/** The index knows nothing shorter. */
const INDEXED_CHARACTERS = 3;
/** What these do not get to is read instead, and indexed by the searches that follow. */
const SLICES_A_SEARCH = 6;
/** Excerpts are made of so much of a text at most. */
const EXCERPT_SOURCE_CHARACTERS = 400;

/** Where each word was said: the latest message of each chat. */
type Finds = ReadonlyMap<string, number>;

/** The chats that a person may look at, the newest first. Rejects with `WaybillError`. */
export async function listChats(
  database: DatabaseSync,
  { workspace, query = "", limit }: ChatQuery,
  prepareIndex: typeof indexMessages = indexMessages,
): Promise<readonly ChatSummary[]> {
  const terms = searchTerms(query);
  const isIndexed = terms.some(isLong) && (await prepareIndex(database, SLICES_A_SEARCH));
  return retryWhileLocked(() => {
    const finds = terms.map((term) => findTerm(database, term, isIndexed && isLong(term)));
    return chatsOf(database, workspace)
      .filter(({ id, title }) => terms.every((term, index) => finds[index]?.has(id) === true || isIn(title, term)))
      .slice(0, limit)
      .map((chat) => {
        const found = finds.map((find) => find.get(chat.id)).find((sequence) => sequence !== undefined);
        return summaryOf(database, chat, found === undefined ? undefined : { sequence: found, terms });
      });
  });
}

function isLong(term: string): boolean {
  return Array.from(term).length >= INDEXED_CHARACTERS;
}

function isIn(text: string, term: string): boolean {
  const lower = text.toLowerCase();
  return spellingsOf(term.toLowerCase()).some((spelling) => lower.includes(spelling));
}

interface ChatHead {
  readonly id: string;
  readonly workspace: string;
  readonly title: string;
  readonly draft: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** A chat in which nothing was said and nothing is being written is not worth a row. */
function chatsOf(database: DatabaseSync, workspace: string | undefined): readonly ChatHead[] {
  return database
    .prepare(
      `SELECT * FROM chat WHERE deleted_at_ms IS NULL ${workspace === undefined ? "" : "AND workspace = ?"}
         AND (trim(draft) <> '' OR EXISTS (SELECT 1 FROM message WHERE chat_id = chat.id))
       ORDER BY updated_at_ms DESC, rowid DESC`,
    )
    .all(...(workspace === undefined ? [] : [workspace]))
    .map((row) => ({
      id: String(row["id"]),
      workspace: String(row["workspace"]),
      title: String(row["title"]),
      draft: String(row["draft"]),
      createdAtMs: Number(row["created_at_ms"]),
      updatedAtMs: Number(row["updated_at_ms"]),
    }));
}

function findTerm(database: DatabaseSync, term: string, isIndexed: boolean): Finds {
  // SQLite's own LIKE knows no upper and lower case beyond a to z.
  database.function("says", { deterministic: true }, (text, word) => (isIn(String(text), String(word)) ? 1 : 0));
  // In quotes it is text to the index, whatever is in it.
  const quoted = spellingsOf(term).map((spelling) => `"${spelling.replaceAll('"', '""')}"`);
  const values = isIndexed ? [quoted.join(" OR "), term] : [term];
  const rows = database
    .prepare(
      `SELECT chat_id, max(sequence) AS latest FROM message
       WHERE ${isIndexed ? INDEXED_OR_NOT_YET : "says(text, ?)"} GROUP BY chat_id`,
    )
    .all(...values);
  return new Map(rows.map((row) => [String(row["chat_id"]), Number(row["latest"])]));
}

const INDEXED_OR_NOT_YET = `sequence IN (
    SELECT rowid FROM message_index WHERE message_index MATCH ? EXCEPT SELECT sequence FROM message_to_index)
  OR (sequence IN (SELECT sequence FROM message_to_index) AND says(text, ?))`;

function summaryOf(
  database: DatabaseSync,
  { draft, ...chat }: ChatHead,
  found: { readonly sequence: number; readonly terms: readonly string[] } | undefined,
): ChatSummary {
  const counted = database.prepare("SELECT count(*) AS count FROM message WHERE chat_id = ?").get(chat.id);
  const beginning = excerptOf(beginningOf(database, chat.id) ?? draft);
  const excerpt = found === undefined ? beginning : excerptOf(textOf(database, found.sequence), found.terms);
  return { ...chat, messageCount: Number(counted?.["count"]), beginning, excerpt };
}

function beginningOf(database: DatabaseSync, chatId: string): string | undefined {
  const row = database
    .prepare(
      `SELECT substr(text, 1, ${EXCERPT_SOURCE_CHARACTERS}) AS text FROM message WHERE chat_id = ? ORDER BY sequence LIMIT 1`,
    )
    .get(chatId);
  return row === undefined ? undefined : String(row["text"]);
}

function textOf(database: DatabaseSync, sequence: number): string {
  return String(database.prepare("SELECT text FROM message WHERE sequence = ?").get(sequence)?.["text"] ?? "");
}

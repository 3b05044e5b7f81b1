import type { DatabaseSync } from "node:sqlite";
import { retryWhileLocked } from "./retryWhileLocked.ts";
import { BOOK_SCOPES, type Shelf, chatShelf, checkShelf } from "./spendTotals.ts";

/** After so many milliseconds a slice takes up no other shelf; one of 500 sums takes about 3. */
const SLICE_MS = 5;
/** How long others have the thread and the file after a slice, in milliseconds. */
const PAUSE_MS = 15;

/**
 * What the opening of a large ledger leaves out: whether any sum is missing or not the one that was written. Rejects with
 * `ledger-damaged`. Ends early when the database is closed.
 */
export async function checkRest(database: DatabaseSync): Promise<void> {
  if (!database.isOpen) return;
  const left = await retryWhileLocked(() => allShelves(database));
  while (left.length > 0 && database.isOpen) {
    await retryWhileLocked(() => checkSlice(database, left));
    await pause(PAUSE_MS);
  }
}

function allShelves(database: DatabaseSync): Shelf[] {
  const known = database.prepare("SELECT shelf FROM total_shelf").all();
  const months = known.flatMap(({ shelf }) => monthShelf(String(shelf)) ?? []);
  return [...months, ...[undefined, ...Array(256).keys()].map(chatShelf)];
}

/** `undefined` for one of chats. */
function monthShelf(name: string): Shelf | undefined {
  const [kind, month = ""] = name.split(" ");
  const scope = BOOK_SCOPES.find((known) => known === kind);
  return scope === undefined || scope === "chat" ? undefined : { name, scope, by: "day", from: month, to: `${month}~` };
}

/** Takes away what it has checked. */
function checkSlice(database: DatabaseSync, left: Shelf[]): void {
  const endsAt = performance.now() + SLICE_MS;
  for (let [shelf] = left; shelf !== undefined && performance.now() < endsAt; [shelf] = left) {
    checkInOneRead(database, shelf);
    left.shift();
  }
}

/** Sums and shelf have to be of the same moment: another window may book in between. */
function checkInOneRead(database: DatabaseSync, shelf: Shelf): void {
  database.exec("BEGIN");
  try {
    checkShelf(database, shelf);
  } finally {
    if (database.isTransaction) database.exec("COMMIT");
  }
}

/** Keeps no process alive. */
function pause(milliseconds: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, milliseconds).unref();
  return promise;
}

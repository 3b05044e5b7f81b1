import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type SpendPlace, dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { type NanoUsd, toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import type { Waybill } from "../../src/core/waybill/waybill.ts";
import type { Ledger, ReservationRequest } from "../../src/store/ledger.ts";
import { type LedgerJournal, openLedgerJournal } from "../../src/store/ledgerJournal.ts";
import { openSqliteLedger } from "../../src/store/sqliteLedger.ts";

/** A folder for the files of one test. Removing it closes the ledgers that were opened in it. */
export interface StoreFolder {
  readonly ledgerPath: string;
  readonly journalPath: string;
  readonly mode: JournalMode;
  openLedger(nowMs?: number): Promise<Ledger>;
  remove(): void;
}

/** SQLite of this version has the bug for which the ledger keeps away from WAL. */
const BEFORE_SAFE_WAL = "3.51.2";

export type JournalMode = "WAL" | "DELETE";

export function sqliteVersionFor(mode: JournalMode): string | undefined {
  return mode === "DELETE" ? BEFORE_SAFE_WAL : undefined;
}

export function createStoreFolder(mode: JournalMode = "WAL", parent = tmpdir()): StoreFolder {
  const folder = mkdtempSync(join(parent, "waybill-store-"));
  const ledgerPath = join(folder, "ledger.sqlite");
  const journalPath = join(folder, "ledger.jsonl");
  const opened: Ledger[] = [];
  return {
    ledgerPath,
    journalPath,
    mode,
    openLedger: async (nowMs = NOON_MS) => {
      const journal = openLedgerJournal(journalPath);
      const sqliteVersion = sqliteVersionFor(mode);
      const ledger = await openSqliteLedger({ path: ledgerPath, journal, owner: randomUUID(), nowMs, sqliteVersion });
      opened.push(ledger);
      return ledger;
    },
    remove: () => {
      for (const ledger of opened) ledger.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A window that dies after it wrote the journal's line and before its transaction is done. */
export async function settleCutShort(
  { ledgerPath, journalPath, mode }: StoreFolder,
  reservationId: string,
  waybill: Waybill,
): Promise<void> {
  const journal = openLedgerJournal(journalPath);
  const dying: LedgerJournal = {
    ...journal,
    append: (row) => {
      journal.append(row);
      throw new Error("The window died");
    },
  };
  const sqliteVersion = sqliteVersionFor(mode);
  const options = { path: ledgerPath, journal: dying, owner: randomUUID(), nowMs: waybill.startedAtMs, sqliteVersion };
  const ledger = await openSqliteLedger(options);
  await ledger.settle(reservationId, waybill).then(
    () => Promise.reject(new Error("The window lives")),
    () => undefined,
  );
  ledger.close();
}

/** Gives each test of a suite a folder and a new ledger in it; to be called where the suite's own hooks would stand. */
export function withNewLedger(take: (folder: StoreFolder, ledger: Ledger) => void): void {
  let made: StoreFolder | undefined;
  beforeEach(async () => {
    made = createStoreFolder();
    take(made, await made.openLedger());
  });
  afterEach(() => made?.remove());
}

export const NOON_MS = Date.UTC(2026, 10, 20, 12);
/** A request of the first workspace, in no chat. */
export const PLACE: SpendPlace = { workspace: "file:///one", keyLabel: "default", chat: undefined };
export const ONE_CENT = toNanoUsd(10_000_000);

export function reservation(amount: NanoUsd, fields: Partial<ReservationRequest> = {}): ReservationRequest {
  return {
    reservationId: randomUUID(),
    turnId: "turn",
    workspace: "file:///one",
    surface: "chat",
    taskType: "question",
    gatewayOrigin: "https://openrouter.ai",
    askedModel: "a/b",
    amount,
    keyLabel: "default",
    chat: undefined,
    tokens: 100,
    limits: [dailyLimit("user", toNanoUsd(100_000_000))],
    nowMs: NOON_MS,
    ...fields,
  };
}

export function waybillOf(cost: NanoUsd, fields: Partial<Waybill> = {}): Waybill {
  return {
    turnId: "turn",
    generationId: "gen-1",
    surface: "chat",
    taskType: "question",
    gatewayOrigin: "https://openrouter.ai",
    askedModel: "a/b",
    askedModelName: "B",
    servedModel: "a/b",
    servedModelName: "B",
    provider: "P",
    startedAtMs: NOON_MS,
    firstTokenMs: 100,
    totalMs: 1_000,
    usage: { promptTokens: 1, completionTokens: 2, cachedTokens: 0, reasoningTokens: 0 },
    cost,
    costSource: "billed",
    finish: "complete",
    reasons: ["because"],
    discarded: [],
    ...fields,
  };
}

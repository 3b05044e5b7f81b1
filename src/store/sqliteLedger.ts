import type { DatabaseSync } from "node:sqlite";
import type { CrossedAlert } from "../core/budget/alertLevel.ts";
import { startOfLastMonth } from "../core/budget/budgetPeriod.ts";
import { type LimitStanding, type SpendLimit, type SpendPlace, blockingLimit } from "../core/budget/spendLimit.ts";
import type { NanoUsd } from "../core/money/nanoUsd.ts";
import type { LedgerBill } from "../core/waybill/compareWithBill.ts";
import type { UncertainRow } from "../core/waybill/reconciliation.ts";
import type { Waybill } from "../core/waybill/waybill.ts";
import { type CorrectionStore, createCorrectionStore } from "./correctionStore.ts";
import { readMarks, setMark } from "./journalMarks.ts";
import { LEASE_MS, insertHold } from "./holds.ts";
import type { KeyStandingStore } from "./keyStandings.ts";
import type { KeyPlace } from "./keyWall.ts";
import { type LedgerGuard, createLedgerGuard } from "./ledgerGuard.ts";
import type { LedgerJournal } from "./ledgerJournal.ts";
import type {
  CostCorrection,
  Ledger,
  LedgerRepair,
  LimitRaise,
  ReservationOutcome,
  ReservationRequest,
} from "./ledger.ts";
import { readModelsUsed } from "./modelsUsed.ts";
import { openDatabase } from "./openDatabase.ts";
import { type OutcomeStore, createOutcomeStore } from "./outcomeStore.ts";
import { retryWhileLocked } from "./retryWhileLocked.ts";
import { type BookedRow, noteRequest, readBookingDay, readStandings } from "./spendBooks.ts";
import type { SpendHistory } from "./spendHistory.ts";
import { claimAlert, returnAllowance, takeAllowance, writeRaise } from "./spendLeave.ts";
import { sealOf } from "./spendTotals.ts";
import { type TokenCalibrationStore, createTokenCalibration } from "./tokenCalibration.ts";
import { correctCost, insertLostWaybill, upsertWaybill } from "./waybillRow.ts";

export interface LedgerOptions {
  readonly path: string;
  readonly journal: LedgerJournal;
  /** Names this window; reservations carry it. */
  readonly owner: string;
  readonly nowMs: number;
  readonly sqliteVersion?: string | undefined;
  /** For tests: how long after the opening the rest of a large ledger is checked. */
  readonly restAfterMs?: number | undefined;
}

/** The number of scripts in `ledgerSchema.ts`, which is loaded only where one of them is to run. */
const LEDGER_VERSION = 7;

/**
 * Opens the ledger and holds it against its journal: a file that is missing or older than the journal gets the journal's
 * sums, so that what was spent stays spent.
 */
export async function openSqliteLedger(options: LedgerOptions): Promise<Ledger> {
  const guard = createLedgerGuard(options);
  const database = await openDatabase({
    path: options.path,
    version: LEDGER_VERSION,
    sqliteVersion: options.sqliteVersion,
    loadMigrations: async () => (await loadUpkeep()).LEDGER_MIGRATIONS,
    addFunctions: (opened) => opened.function("seal", { varargs: true }, (...values) => sealOf(values)),
    checkAlways: (opened, isLarge) => guard.checkFile(opened, isLarge),
  });
  try {
    await retryWhileLocked(() => guard.checkContents(database));
    const ledger = new SqliteLedger(database, options, guard);
    await ledger.catchUp(options.nowMs);
    guard.checkRest(database);
    return ledger;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Code that an ordinary opening does without, in a bundle of its own. */
const loadUpkeep = () => import("./ledgerUpkeep.ts");

class SqliteLedger implements Ledger {
  readonly outcomes: OutcomeStore;
  readonly corrections: CorrectionStore;
  readonly tokens: TokenCalibrationStore;
  readonly #database: DatabaseSync;
  readonly #journal: LedgerJournal;
  readonly #owner: string;
  readonly #guard: LedgerGuard;
  #repair: LedgerRepair | undefined;

  constructor(database: DatabaseSync, { journal, owner }: LedgerOptions, guard: LedgerGuard) {
    this.#database = database;
    this.#journal = journal;
    this.#owner = owner;
    this.#guard = guard;
    this.outcomes = createOutcomeStore(database);
    this.tokens = createTokenCalibration(database);
    this.corrections = createCorrectionStore(database);
  }

  get repair(): LedgerRepair | undefined {
    return this.#repair;
  }

  reserve(request: ReservationRequest): Promise<ReservationOutcome> {
    return this.#transaction(() => {
      // As with a ledger that was never opened: what costs nothing goes on.
      if (request.amount > 0) this.#guard.requireSound(this.#database, request.chat);
      const { limits, nowMs } = request;
      const day = readBookingDay(this.#database, nowMs);
      const standings = readStandings(this.#database, request, { limits, day, nowMs });
      const outcome = this.#admit(request, standings);
      if (outcome.kind === "over-limit") return outcome;
      const allowance = outcome.isAllowed ? request.allowance?.id : undefined;
      insertHold(this.#database, request, { day, owner: this.#owner, allowance });
      this.#database.prepare("UPDATE ledger_state SET latest_day = ? WHERE latest_day < ?").run(day, day);
      if (limits.some(({ measure }) => measure === "requests")) noteRequest(this.#database, nowMs);
      return { kind: "reserved", standings };
    });
  }

  renew(reservationId: string, generationId: string | undefined, nowMs: number): Promise<void> {
    return this.#transaction(() => {
      this.#database
        .prepare("UPDATE reservation SET lease_until_ms = ?, generation_id = coalesce(?, generation_id) WHERE id = ?")
        .run(nowMs + LEASE_MS, generationId ?? null, reservationId);
    });
  }

  async settle(reservationId: string, waybill: Waybill): Promise<void> {
    await this.#book(() => {
      const held = this.#takeReservation(reservationId);
      const row = upsertWaybill(this.#database, { reservationId, waybill, held });
      return row === undefined ? [] : [row];
    });
  }

  async release(reservationId: string): Promise<void> {
    await this.#transaction(() => {
      const held = this.#takeReservation(reservationId);
      if (held !== undefined) returnAllowance(this.#database, held);
    });
  }

  standings(place: SpendPlace, limits: readonly SpendLimit[], nowMs: number): Promise<readonly LimitStanding[]> {
    return retryWhileLocked(() => {
      this.#guard.requireSound(this.#database);
      return readStandings(this.#database, place, { limits, day: readBookingDay(this.#database, nowMs), nowMs });
    });
  }

  raiseForToday(place: SpendPlace, { limit, amount, nowMs }: LimitRaise): Promise<NanoUsd> {
    return this.#transaction(() =>
      writeRaise(this.#database, place, { limit, amount, day: readBookingDay(this.#database, nowMs), nowMs }),
    );
  }

  claimAlerts(place: SpendPlace, alerts: readonly CrossedAlert[], nowMs: number): Promise<readonly CrossedAlert[]> {
    return this.#transaction(() => {
      const day = readBookingDay(this.#database, nowMs);
      return alerts.filter((alert) => claimAlert(this.#database, place, { ...alert, day }));
    });
  }

  async recoverOrphans(nowMs: number): Promise<number> {
    const lost = await this.#book(() =>
      this.#database
        .prepare("SELECT * FROM reservation WHERE lease_until_ms < ?")
        .all(nowMs)
        .map((held) => {
          this.#takeReservation(String(held["id"]));
          return insertLostWaybill(this.#database, held);
        }),
    );
    return lost.length;
  }

  /** One transaction, so that no turn is counted as open and as settled. */
  async bill(sinceDay: string, place: KeyPlace): Promise<LedgerBill> {
    const { readLedgerBill } = await loadUpkeep();
    return this.#transaction(() => readLedgerBill(this.#database, sinceDay, place));
  }

  async uncertainRows(sinceDay: string, gatewayOrigin: string): Promise<readonly UncertainRow[]> {
    const { readUncertainRows } = await loadUpkeep();
    return retryWhileLocked(() => readUncertainRows(this.#database, sinceDay, gatewayOrigin));
  }

  async keyStandings(): Promise<KeyStandingStore> {
    const { createKeyStandings } = await loadUpkeep();
    return createKeyStandings(this.#database, (action) => this.#transaction(action));
  }

  modelsUsed(sinceDay: string, gatewayOrigin: string): Promise<readonly string[]> {
    return retryWhileLocked(() => readModelsUsed(this.#database, sinceDay, gatewayOrigin));
  }

  async history(): Promise<SpendHistory> {
    return (await loadUpkeep()).openSpendHistory(this.#database);
  }

  async correctCost(reservationId: string, correction: CostCorrection): Promise<boolean> {
    const booked = await this.#book(() => {
      const row = correctCost(this.#database, reservationId, correction);
      return row === undefined ? [] : [row];
    });
    return booked.length > 0;
  }

  /** Takes over what the journal has and the ledger has not, and tidies up when a month is over. */
  async catchUp(nowMs: number): Promise<void> {
    const keptFrom = this.#journal.fileOf(startOfLastMonth(nowMs));
    const marks = await retryWhileLocked(() => readMarks(this.#database));
    const isOld = marks.some(({ file, isCompact }) => !isCompact && file < keptFrom);
    const isInStep = await this.#transaction(() => {
      // A file that cannot be written is known now, before anything is sent.
      this.#database.exec("UPDATE ledger_state SET latest_day = latest_day");
      return this.#isInStep(this.#journal.files());
    });
    if (isInStep && !isOld) return;
    const { catchUpWithJournal, tidyLedger } = await loadUpkeep();
    const repair = await this.#transaction(() => {
      const caughtUp = this.#isInStep(this.#journal.files())
        ? undefined
        : catchUpWithJournal(this.#database, this.#journal);
      tidyLedger(this.#database, this.#journal, nowMs);
      return caughtUp;
    });
    this.#repair ??= repair;
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  /** Changes rows and writes them into the journal, all or nothing; first takes over what only the journal has. */
  async #book(action: () => readonly BookedRow[]): Promise<readonly BookedRow[]> {
    for (;;) {
      const rows = await this.#transaction(() => {
        const known = readMarks(this.#database).filter(({ isCompact }) => !isCompact);
        if (!this.#isInStep(known.map(({ file }) => ({ file, bytes: this.#journal.sizeOf(file) })))) return undefined;
        const booked = action();
        for (const row of booked) setMark(this.#database, this.#journal.append(row));
        return booked;
      });
      if (rows !== undefined) return rows;
      const { catchUpWithJournal } = await loadUpkeep();
      await this.#transaction(() => catchUpWithJournal(this.#database, this.#journal));
    }
  }

  /** Whether the ledger knows exactly these files of the journal. */
  #isInStep(files: readonly { readonly file: string; readonly bytes: number }[]): boolean {
    const marks = new Map(readMarks(this.#database).map(({ file, bytes }) => [file, bytes]));
    const sizes = new Map(files.map(({ file, bytes }) => [file, bytes]));
    return (
      files.every(({ file, bytes }) => (marks.get(file) ?? 0) === bytes) &&
      [...marks].every(([file, bytes]) => (sizes.get(file) ?? this.#journal.sizeOf(file)) === bytes)
    );
  }

  #admit(
    request: ReservationRequest,
    standings: readonly LimitStanding[],
  ): Extract<ReservationOutcome, { kind: "over-limit" }> | { readonly kind: "admitted"; readonly isAllowed: boolean } {
    const blocking = blockingLimit(standings, request);
    if (blocking === undefined) return { kind: "admitted", isAllowed: false };
    const others = standings.filter(({ measure }) => measure !== "money");
    const isAllowed = blockingLimit(others, request) === undefined && takeAllowance(this.#database, request);
    return isAllowed ? { kind: "admitted", isAllowed } : { kind: "over-limit", blocking };
  }

  #transaction<T>(action: () => T): Promise<T> {
    return retryWhileLocked(() => {
      this.#database.exec("BEGIN IMMEDIATE");
      try {
        const result = action();
        this.#database.exec("COMMIT");
        return result;
      } catch (error) {
        if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
        throw error;
      }
    });
  }

  #takeReservation(reservationId: string): Record<string, unknown> | undefined {
    return this.#database.prepare("DELETE FROM reservation WHERE id = ? RETURNING *").get(reservationId);
  }
}

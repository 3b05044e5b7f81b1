import type { DatabaseSync } from "node:sqlite";
import { budgetDay } from "../core/budget/budgetPeriod.ts";
import { type DailyLimit, type LimitStanding, remainingOf } from "../core/budget/spendLimit.ts";
import { type NanoUsd, ZERO_USD, toNanoUsd } from "../core/money/nanoUsd.ts";
import type { LedgerBill } from "../core/waybill/compareWithBill.ts";
import type { UncertainRow } from "../core/waybill/reconciliation.ts";
import type { Waybill } from "../core/waybill/waybill.ts";
import { type CorrectionStore, createCorrectionStore } from "./correctionStore.ts";
import type { LedgerJournal } from "./ledgerJournal.ts";
import type { CostCorrection, Ledger, ReservationOutcome, ReservationRequest } from "./ledger.ts";
import { readLedgerBill, readUncertainRows } from "./ledgerBill.ts";
import { LEDGER_MIGRATIONS } from "./ledgerSchema.ts";
import { readModelsUsed } from "./modelsUsed.ts";
import { openDatabase } from "./openDatabase.ts";
import { type OutcomeStore, createOutcomeStore } from "./outcomeStore.ts";
import { retryWhileLocked } from "./retryWhileLocked.ts";
import { type TokenCalibrationStore, openTokenCalibration } from "./tokenCalibration.ts";
import { correctCost, insertUnknownWaybill, upsertWaybill } from "./waybillRow.ts";

export interface LedgerOptions {
  readonly path: string;
  readonly journal: LedgerJournal;
  /** Names this window; reservations carry it. */
  readonly owner: string;
}

/** A reservation not renewed for this long belongs to a window that died. */
const LEASE_MS = 10 * 60 * 1000;

/** A ledger file that is missing while its journal is not was lost: its totals are rebuilt from the journal. */
export async function openSqliteLedger(options: LedgerOptions): Promise<Ledger> {
  const database = await openDatabase({ path: options.path, migrations: LEDGER_MIGRATIONS });
  const ledger = new SqliteLedger(database, options, await openTokenCalibration(database));
  await ledger.restoreTotals();
  return ledger;
}

class SqliteLedger implements Ledger {
  readonly outcomes: OutcomeStore;
  readonly corrections: CorrectionStore;
  readonly tokens: TokenCalibrationStore;
  readonly #database: DatabaseSync;
  readonly #journal: LedgerJournal;
  readonly #owner: string;

  constructor(database: DatabaseSync, { journal, owner }: LedgerOptions, tokens: TokenCalibrationStore) {
    this.#database = database;
    this.#journal = journal;
    this.#owner = owner;
    this.outcomes = createOutcomeStore(database);
    this.tokens = tokens;
    this.corrections = createCorrectionStore(database);
  }

  reserve(request: ReservationRequest): Promise<ReservationOutcome> {
    return this.#transaction(() => {
      const day = budgetDay(request.nowMs);
      const standings = this.#readStandings(request.workspace, request.limits, day);
      const blocking = standings.find((standing) => remainingOf(standing) < request.amount);
      if (blocking !== undefined) return { kind: "over-limit", blocking };
      this.#insertReservation(request, day);
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
    const settled = await this.#transaction(() => {
      const held = this.#takeReservation(reservationId);
      return upsertWaybill(this.#database, { reservationId, waybill, held });
    });
    if (settled === undefined) return;
    this.#journal.append({ reservationId, day: settled.day, workspace: settled.workspace, cost: waybill.cost });
  }

  async release(reservationId: string): Promise<void> {
    await this.#transaction(() => this.#takeReservation(reservationId));
  }

  standings(workspace: string, limits: readonly DailyLimit[], nowMs: number): Promise<readonly LimitStanding[]> {
    return retryWhileLocked(() => this.#readStandings(workspace, limits, budgetDay(nowMs)));
  }

  async recoverOrphans(nowMs: number): Promise<number> {
    const lost = await this.#transaction(() => {
      const rows = this.#database.prepare("SELECT * FROM reservation WHERE lease_until_ms < ?").all(nowMs);
      return rows.map((row) => {
        insertUnknownWaybill(this.#database, row);
        this.#takeReservation(String(row["id"]));
        return row;
      });
    });
    for (const row of lost) {
      this.#journal.append({
        reservationId: String(row["id"]),
        day: String(row["day"]),
        workspace: String(row["workspace"]),
        cost: toNanoUsd(Number(row["amount_nano"])),
      });
    }
    return lost.length;
  }

  /** One transaction, so that no turn is counted as open and as settled. */
  bill(sinceDay: string, gatewayOrigin: string): Promise<LedgerBill> {
    return this.#transaction(() => readLedgerBill(this.#database, sinceDay, gatewayOrigin));
  }

  uncertainRows(sinceDay: string, gatewayOrigin: string): Promise<readonly UncertainRow[]> {
    return retryWhileLocked(() => readUncertainRows(this.#database, sinceDay, gatewayOrigin));
  }

  modelsUsed(sinceDay: string, gatewayOrigin: string): Promise<readonly string[]> {
    return retryWhileLocked(() => readModelsUsed(this.#database, sinceDay, gatewayOrigin));
  }

  async correctCost(reservationId: string, correction: CostCorrection): Promise<boolean> {
    const booking = await this.#transaction(() => correctCost(this.#database, reservationId, correction));
    if (booking !== undefined) this.#journal.append({ reservationId, ...booking, cost: correction.cost });
    return booking !== undefined;
  }

  /** Fills a ledger that has no totals yet, because it is new or because the old one was lost or set aside. */
  async restoreTotals(): Promise<void> {
    await this.#transaction(() => {
      if (this.#database.prepare("SELECT 1 FROM day_total LIMIT 1").get() !== undefined) return;
      const insert = this.#database.prepare("INSERT INTO day_total (day, workspace, spent_nano) VALUES (?, ?, ?)");
      for (const { day, workspace, cost } of this.#journal.totals()) insert.run(day, workspace, cost);
    });
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
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

  #insertReservation(request: ReservationRequest, day: string): void {
    this.#database
      .prepare(
        `INSERT INTO reservation (id, turn_id, owner, lease_until_ms, day, workspace, surface, task_type, gateway_origin,
           asked_model, amount_nano, generation_id, reserved_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)`,
      )
      .run(
        request.reservationId,
        request.turnId,
        this.#owner,
        request.nowMs + LEASE_MS,
        day,
        request.workspace,
        request.surface,
        request.taskType,
        request.gatewayOrigin,
        request.askedModel,
        request.amount,
        request.nowMs,
      );
  }

  #takeReservation(reservationId: string): Record<string, unknown> | undefined {
    return this.#database.prepare("DELETE FROM reservation WHERE id = ? RETURNING *").get(reservationId);
  }

  #readStandings(workspace: string, limits: readonly DailyLimit[], day: string): readonly LimitStanding[] {
    return limits.map((limit) => {
      const only = limit.scope === "workspace" ? workspace : undefined;
      return {
        ...limit,
        spent: this.#sum("SELECT total(spent_nano) AS sum FROM day_total WHERE day = ?", day, only),
        reserved: this.#sum("SELECT total(amount_nano) AS sum FROM reservation WHERE day = ?", day, only),
      };
    });
  }

  #sum(query: string, day: string, workspace: string | undefined): NanoUsd {
    const row =
      workspace === undefined
        ? this.#database.prepare(query).get(day)
        : this.#database.prepare(`${query} AND workspace = ?`).get(day, workspace);
    return row === undefined ? ZERO_USD : toNanoUsd(Number(row["sum"]));
  }
}

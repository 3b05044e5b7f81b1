import { EventEmitter } from "vscode";
import { endOfBudgetDay } from "../../core/budget/budgetPeriod.ts";
import { type PresentedSpend, presentSpend } from "../../core/budget/presentSpend.ts";
import type { Waybill } from "../../core/waybill/waybill.ts";
import type { LazyEngine } from "./lazyEngine.ts";
import type { Log } from "./log.ts";
import type { Settings } from "./readSettings.ts";
import { workspaceKey } from "./workspaceKey.ts";

/** What was spent today and what the last turn cost, for everything that shows it. Reads the ledger when told to. */
export class SpendMonitor {
  readonly #changes = new EventEmitter<void>();
  readonly onDidChange = this.#changes.event;
  readonly #engine: LazyEngine;
  readonly #settings: () => Settings;
  readonly #log: Log;
  #spend: PresentedSpend | undefined;
  #lastWaybill: Waybill | undefined;

  constructor(engine: LazyEngine, settings: () => Settings, log: Log) {
    this.#engine = engine;
    this.#settings = settings;
    this.#log = log;
  }

  get spend(): PresentedSpend | undefined {
    return this.#spend;
  }

  get lastWaybill(): Waybill | undefined {
    return this.#lastWaybill;
  }

  /** A turn ended or its cost was corrected. */
  noteWaybill(waybill: Waybill): void {
    this.#lastWaybill = waybill;
    this.#log.info("waybill", {
      turnId: waybill.turnId,
      model: waybill.servedModel ?? waybill.askedModel,
      taskType: waybill.taskType,
      costNanoUsd: waybill.cost,
      costSource: waybill.costSource,
      finish: waybill.finish,
      durationMs: waybill.totalMs,
      ...(waybill.provider === undefined ? {} : { provider: waybill.provider }),
    });
    this.#changes.fire();
    void this.refresh();
  }

  /** Reads the day's sums if anything was ever spent here; a first start makes no ledger. */
  async refreshKnown(): Promise<void> {
    if (await (await this.#engine.get()).hasLedger()) await this.refresh();
  }

  /** Reads the day's sums anew. A ledger that cannot be read shows no figure; the next turn says why. */
  async refresh(): Promise<void> {
    try {
      const nowMs = Date.now();
      const ledger = await (await this.#engine.get()).ledger();
      const standings = await ledger.standings(workspaceKey(), this.#settings().limits, nowMs);
      const resetsAt = new Date(endOfBudgetDay(nowMs)).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
      this.#spend = presentSpend(standings, resetsAt);
    } catch (error) {
      this.#spend = undefined;
      this.#log.error("spend-not-readable", error);
    }
    this.#changes.fire();
  }

  dispose(): void {
    this.#changes.dispose();
  }
}

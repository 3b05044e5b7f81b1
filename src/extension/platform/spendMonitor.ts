import { EventEmitter, commands, window } from "vscode";
import { alertLevel, crossedAlerts, describeAlert } from "../../core/budget/alertLevel.ts";
import { type PresentedSpend, presentSpend } from "../../core/budget/presentSpend.ts";
import type { LimitStanding, SpendPlace } from "../../core/budget/spendLimit.ts";
import type { CorrectedReceipt } from "../../core/waybill/correctShown.ts";
import type { PaidTurn } from "../../core/waybill/paidForTurn.ts";
import type { PresentedWaybill } from "../../core/waybill/presentWaybill.ts";
import type { Waybill } from "../../core/waybill/waybill.ts";
import type { Ledger } from "../../store/ledger.ts";
import type { LiveCost } from "../../turn/liveCost.ts";
import { COMMANDS } from "./contributions.ts";
import { formatMoment } from "./formatMoment.ts";
import type { LazyEngine } from "./lazyEngine.ts";
import type { Log } from "./log.ts";
import type { Settings } from "./readSettings.ts";
import { currentPlace } from "./settings.ts";

/** A receipt as it is to be shown now, and what its turn cost; `undefined` when both stay. */
export type CorrectReceipt = (shown: PresentedWaybill, paid?: PaidTurn) => CorrectedReceipt | undefined;

/** What was spent today and what the last turn cost, for everything that shows it. Reads the ledger when told to. */
export class SpendMonitor {
  readonly #changes = new EventEmitter<void>();
  readonly onDidChange = this.#changes.event;
  readonly #settled = new EventEmitter<CorrectReceipt>();
  /** Costs of receipts that may be shown are known now. */
  readonly onDidSettle = this.#settled.event;
  readonly #engine: LazyEngine;
  readonly #settings: () => Settings;
  readonly #log: Log;
  #spend: PresentedSpend | undefined;
  #level: number | undefined;
  #lastWaybill: Waybill | undefined;
  #live: LiveCost | undefined;
  readonly #liveChanges = new EventEmitter<void>();
  /** What runs now has changed; comes some times a second while anything runs. */
  readonly onDidChangeLive = this.#liveChanges.event;
  /** The chat whose limit shows; `undefined` before a chat is opened. */
  #chat: string | undefined;

  constructor(engine: LazyEngine, settings: () => Settings, log: Log) {
    this.#engine = engine;
    this.#settings = settings;
    this.#log = log;
  }

  get spend(): PresentedSpend | undefined {
    return this.#spend;
  }

  /** The highest percentage of any limit that the person wants to be told of and that is reached. */
  get alertLevel(): number | undefined {
    return this.#level;
  }

  get lastWaybill(): Waybill | undefined {
    return this.#lastWaybill;
  }

  /** What the turns under way have cost so far, estimated. */
  get live(): LiveCost | undefined {
    return this.#live;
  }

  noteLive(live: LiveCost | undefined): void {
    this.#live = live;
    this.#liveChanges.fire();
  }

  /** From now on this chat's limit is the one that shows; the next refresh reads it. */
  noteChat(chatId: string): void {
    this.#chat = chatId;
  }

  /** Whose books show here. */
  place(): SpendPlace {
    return { ...currentPlace(), chat: this.#chat };
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

  /** Costs that were not certain were looked up. */
  noteSettled(correct: CorrectReceipt): void {
    this.#settled.fire(correct);
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
      const place = this.place();
      const standings = await ledger.standings(place, this.#settings().limits, nowMs);
      this.#level = alertLevel(standings, this.#settings().alertAt);
      void this.#tellAlerts(ledger, place, standings);
      this.#spend = presentSpend(standings, { nowMs, format: (atMs) => formatMoment(atMs, nowMs) });
    } catch (error) {
      this.#spend = undefined;
      this.#level = undefined;
      this.#log.error("spend-not-readable", error);
    }
    this.#changes.fire();
  }

  /** Once for each limit and period, by whichever window is first. Of several at once, only the highest is shown. */
  async #tellAlerts(ledger: Ledger, place: SpendPlace, standings: readonly LimitStanding[]): Promise<void> {
    const crossed = crossedAlerts(standings, this.#settings().alertAt);
    if (crossed.length === 0) return;
    try {
      const [first] = await ledger.claimAlerts(place, crossed, Date.now());
      if (first === undefined) return;
      const choice = await window.showInformationMessage(describeAlert(first), "Set Budget");
      if (choice !== undefined) await commands.executeCommand(COMMANDS.setWorkspaceBudget);
    } catch (error) {
      this.#log.error("alert-not-told", error);
    }
  }

  dispose(): void {
    this.#changes.dispose();
    this.#settled.dispose();
    this.#liveChanges.dispose();
  }
}

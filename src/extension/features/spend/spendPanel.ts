import { type Disposable, type WebviewPanel, commands } from "vscode";
import { budgetDay } from "../../../core/budget/budgetPeriod.ts";
import { toWaybillError } from "../../../core/errors/waybillError.ts";
import { describeError } from "../../../core/problems/describeError.ts";
import type { Problem } from "../../../core/problems/problem.ts";
import { presentReport } from "../../../core/spend/presentReport.ts";
import type { ReportFacts } from "../../../core/spend/reportFacts.ts";
import { type ReportPeriod, daysOfPeriod } from "../../../core/spend/reportPeriod.ts";
import type { DayRange, SpendDimension } from "../../../core/spend/spendSums.ts";
import { parseSpendMessage } from "../../../protocol/parseSpendMessage.ts";
import type { FromSpendView, SpendViewState, ToSpendView } from "../../../protocol/spendMessages.ts";
import type { SpendHistory } from "../../../store/spendHistory.ts";
import { COMMANDS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { openTab } from "../../platform/openTab.ts";
import { isRepeatAction, runProblemAction } from "../../platform/problemActions.ts";
import { exportSpend } from "./exportSpend.ts";
import { forgetHistory } from "./forgetHistory.ts";
import { RowList } from "./rowList.ts";
import { type ReportQuestion, completeFacts, readFacts } from "./spendReader.ts";

const VIEW = { name: "spending", title: "Waybill: Spend", style: "tab" } as const;

/** The editor tab that shows where the money went: one at a time. Nothing is read while it is hidden. */
export class SpendPanel implements Disposable {
  readonly #services: ExtensionServices;
  readonly #list = new RowList();
  #panel: WebviewPanel | undefined;
  #period: ReportPeriod = "month";
  #dimension: SpendDimension = "model";
  #custom: DayRange;
  #facts: ReportFacts | undefined;
  #isEmpty = false;
  #problem: Problem | undefined;
  #note: string | undefined;
  /** Ends the reading that a newer one makes needless. */
  #reading = new AbortController();

  constructor(services: ExtensionServices) {
    this.#services = services;
    const today = budgetDay(Date.now());
    this.#custom = { firstDay: today, lastDay: today };
  }

  show(): void {
    if (this.#panel === undefined) this.#panel = this.#open();
    else this.#panel.reveal();
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #open(): WebviewPanel {
    const { panel, ofPanel } = openTab(this.#services.context.extensionUri, {
      viewType: "waybill.spend",
      view: VIEW,
      receive: (message) => this.#receive(message),
    });
    ofPanel.add(panel.onDidChangeViewState(() => !panel.visible && this.#reading.abort()));
    ofPanel.add(
      this.#services.spend.onDidChange(() => {
        if (panel.visible) this.#inBackground(this.#read());
      }),
    );
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#reading.abort();
    });
    return panel;
  }

  #receive(message: unknown): void {
    const parsed = parseSpendMessage(message);
    if (parsed === undefined) return this.#services.log.warn("spend-message-dropped");
    this.#inBackground(this.#handle(parsed));
  }

  /** What cannot be read is said in the view. */
  #inBackground(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#services.log.error("spend-not-shown", error);
      this.#facts = undefined;
      this.#problem = describeError(toWaybillError(error), FAILURE);
      this.#tell();
    });
  }

  async #handle(message: FromSpendView): Promise<void> {
    switch (message.type) {
      case "ready":
        return this.#read();
      case "choose-period":
        return this.#choose(message.period);
      case "choose-days":
        this.#custom = { firstDay: message.firstDay, lastDay: message.lastDay };
        return this.#choose("custom");
      case "choose-dimension":
        this.#dimension = message.dimension;
        return this.#read();
      case "show-rows":
        return this.#withHistory(async (history) => this.#list.show(history, message.filter));
      case "turn-page":
        return this.#withHistory(async (history) => this.#list.turn(history, message.to));
      case "export":
        return this.#withHistory(async (history) => {
          this.#note = await exportSpend(history, await this.#range(history), message.format);
        });
      case "forget":
        await this.#withHistory(async (history) => {
          this.#note = await forgetHistory(history, await this.#range(history));
        });
        return this.#read();
      case "solve-problem":
        return this.#solveProblem();
      case "open-chat":
        return commands.executeCommand(COMMANDS.openChat);
      case "view-failed":
        return this.#services.log.warn("spend-view-failed");
    }
  }

  async #solveProblem(): Promise<void> {
    const action = this.#problem?.action.id;
    if (action !== undefined && !isRepeatAction(action)) await runProblemAction(action);
    return this.#read();
  }

  async #choose(period: ReportPeriod): Promise<void> {
    this.#period = period;
    this.#note = undefined;
    this.#list.forget();
    return this.#read();
  }

  async #withHistory(action: (history: SpendHistory) => Promise<void>): Promise<void> {
    await action(await this.#history());
    this.#tell();
  }

  async #history(): Promise<SpendHistory> {
    const engine = await this.#services.engine.get();
    return (await engine.ledger()).history();
  }

  /** The sums at once, then what takes longer. A first start makes no ledger. */
  async #read(): Promise<void> {
    this.#reading.abort();
    this.#reading = new AbortController();
    const { signal } = this.#reading;
    this.#isEmpty = !(await (await this.#services.engine.get()).hasLedger());
    if (this.#isEmpty) return this.#tell();
    const history = await this.#history();
    this.#isEmpty = (await history.known()).firstDay === undefined;
    const question: ReportQuestion = {
      history,
      range: await this.#range(history),
      dimension: this.#dimension,
      nowMs: Date.now(),
    };
    const facts = withKnown(await readFacts(question), this.#facts);
    if (signal.aborted) return;
    this.#problem = undefined;
    this.#facts = facts;
    this.#tell();
    if (!this.#list.isAsked) await this.#list.follow(history, question.range);
    else await this.#list.refresh(history);
    this.#tell();
    for await (const more of completeFacts(this.#services, question, { facts, signal })) {
      this.#facts = more;
      this.#tell();
    }
  }

  async #range(history: SpendHistory): Promise<DayRange> {
    const { firstDay } = await history.known();
    return daysOfPeriod(this.#period, { nowMs: Date.now(), firstKnownDay: firstDay, custom: this.#custom });
  }

  /** A hidden view cannot be posted to; it says `ready` when it is shown again. */
  #tell(): void {
    const message: ToSpendView = { type: "snapshot", state: this.#state() };
    void this.#panel?.webview.postMessage(message);
  }

  #state(): SpendViewState {
    const { view } = this.#list;
    return {
      period: this.#period,
      range: this.#facts?.range ?? this.#custom,
      dimension: this.#dimension,
      isEmpty: this.#isEmpty,
      ...(this.#facts === undefined ? {} : { report: presentReport(this.#facts) }),
      ...(view === undefined ? {} : { list: view }),
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
      ...(this.#note === undefined ? {} : { note: this.#note }),
    };
  }
}

const FAILURE = { gatewayHost: "The gateway", modelName: undefined, wasSent: false, hasText: false };

/** While the same period is counted again, what was counted last stays on the page. */
function withKnown(facts: ReportFacts, before: ReportFacts | undefined): ReportFacts {
  const isSame = before?.range.firstDay === facts.range.firstDay && before.range.lastDay === facts.range.lastDay;
  return isSame ? { ...facts, findings: before.findings, areFindingsOld: true, saving: before.saving } : facts;
}

import { type Disposable, type WebviewPanel, commands } from "vscode";
import { budgetDay } from "../../../core/budget/budgetPeriod.ts";
import { toWaybillError } from "../../../core/errors/waybillError.ts";
import { describeError } from "../../../core/problems/describeError.ts";
import type { Problem } from "../../../core/problems/problem.ts";
import { type PresentedReport, presentReport } from "../../../core/spend/presentReport.ts";
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

/** The first that is known of a period, before its rows are read. */
interface Sums {
  readonly question: ReportQuestion;
  readonly facts: ReportFacts;
}

/** The editor tab that shows where the money went: one at a time. Nothing is read while it is hidden. */
export class SpendPanel implements Disposable {
  readonly #services: ExtensionServices;
  readonly #list = new RowList();
  #panel: WebviewPanel | undefined;
  /** Messages of the page that are none of the protocol. */
  #dropped = 0;
  #period: ReportPeriod = "month";
  #dimension: SpendDimension = "model";
  #custom: DayRange;
  #facts: ReportFacts | undefined;
  /** Of the facts: put into words once, though it is told several times. */
  #report: PresentedReport | undefined;
  #isEmpty = false;
  #problem: Problem | undefined;
  #note: string | undefined;
  /** Ends the reading that a newer one makes needless. */
  #reading = new AbortController();
  /** Read while the editor makes the page, which takes longer; `undefined` once the page has it or it is out of date. */
  #ahead: Promise<Sums | undefined> | undefined;

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
    ofPanel.add(panel.onDidChangeViewState(() => !panel.visible && this.#giveUp()));
    ofPanel.add(
      this.#services.spend.onDidChange(() => {
        this.#ahead = undefined;
        if (panel.visible) this.#inBackground(this.#read());
      }),
    );
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#giveUp();
    });
    this.#ahead = this.#readSums(this.#begin());
    // The page that asks for it hears of it.
    void this.#ahead.catch(() => undefined);
    return panel;
  }

  #giveUp(): void {
    this.#reading.abort();
    this.#ahead = undefined;
  }

  #receive(message: unknown): void {
    const parsed = parseSpendMessage(message);
    if (parsed === undefined) {
      this.#dropped += 1;
      return this.#services.log.warn("spend-message-dropped", { count: this.#dropped });
    }
    this.#inBackground(this.#handle(parsed));
  }

  /** What cannot be read is said in the view. */
  #inBackground(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#services.log.error("spend-not-shown", error);
      this.#show(undefined);
      this.#problem = describeError(toWaybillError(error), FAILURE);
      this.#tell();
    });
  }

  async #handle(message: FromSpendView): Promise<void> {
    switch (message.type) {
      case "ready":
        return this.#readFirst();
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
          const outbox = async () => (await this.#services.engine.get()).outbox();
          this.#note = await forgetHistory({ history, outbox }, await this.#range(history));
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

  /** Of a page that was just made. */
  #readFirst(): Promise<void> {
    const { signal } = this.#reading;
    const ahead = this.#ahead;
    this.#ahead = undefined;
    return ahead === undefined ? this.#read() : this.#tellAll(ahead, signal);
  }

  #read(): Promise<void> {
    const signal = this.#begin();
    return this.#tellAll(this.#readSums(signal), signal);
  }

  #begin(): AbortSignal {
    this.#reading.abort();
    this.#reading = new AbortController();
    return this.#reading.signal;
  }

  /** `undefined` in a new ledger. A first start makes none. */
  async #readSums(signal: AbortSignal): Promise<Sums | undefined> {
    this.#isEmpty = !(await (await this.#services.engine.get()).hasLedger());
    if (this.#isEmpty) return undefined;
    const history = await this.#history();
    const { firstDay } = await history.known();
    this.#isEmpty = firstDay === undefined;
    const question: ReportQuestion = {
      history,
      range: this.#rangeSince(firstDay),
      dimension: this.#dimension,
      nowMs: Date.now(),
    };
    const facts = await readFacts(question);
    if (!signal.aborted) this.#problem = undefined;
    return { question, facts };
  }

  /** The sums at once, then what takes longer. */
  async #tellAll(reading: Promise<Sums | undefined>, signal: AbortSignal): Promise<void> {
    const sums = await reading;
    if (signal.aborted) return;
    if (sums === undefined) return this.#tell();
    const { question } = sums;
    const facts = withKnown(sums.facts, this.#facts);
    this.#show(facts);
    this.#tell();
    if (!this.#list.isAsked) await this.#list.follow(question.history, question.range);
    else await this.#list.refresh(question.history);
    this.#tell();
    for await (const more of completeFacts(this.#services, question, { facts, signal })) {
      this.#show(more);
      this.#tell();
    }
  }

  #show(facts: ReportFacts | undefined): void {
    this.#facts = facts;
    this.#report = facts === undefined ? undefined : presentReport(facts);
  }

  async #range(history: SpendHistory): Promise<DayRange> {
    return this.#rangeSince((await history.known()).firstDay);
  }

  #rangeSince(firstKnownDay: string | undefined): DayRange {
    return daysOfPeriod(this.#period, { nowMs: Date.now(), firstKnownDay, custom: this.#custom });
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
      ...(this.#report === undefined ? {} : { report: this.#report }),
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

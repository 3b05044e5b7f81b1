import { type Disposable, type WebviewPanel, commands, window, workspace } from "vscode";
import { toWaybillError } from "../../../core/errors/waybillError.ts";
import { describeError } from "../../../core/problems/describeError.ts";
import { nearestModelIds } from "../../../core/routing/nearestModelIds.ts";
import { parseRoutingMessage } from "../../../protocol/parseRoutingMessage.ts";
import { readKeptRoute } from "../../../protocol/readKeptRoute.ts";
import type {
  FromRoutingView,
  RefusedRule,
  RouteTable,
  RowScope,
  RoutingRow,
  RoutingViewState,
  ToRoutingView,
} from "../../../protocol/routingMessages.ts";
import { SETTINGS, type SettingKey } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { openTab } from "../../platform/openTab.ts";
import { isRepeatAction, runProblemAction } from "../../platform/problemActions.ts";
import type { RawSetting } from "../../platform/settingReader.ts";
import { rawSetting } from "../../platform/settings.ts";
import { readSelection, routeText } from "../dryRun/routeText.ts";
import { type RuleChange, planChange } from "./planChange.ts";
import { routeTable } from "./routeTable.ts";
import { RowRoutes } from "./rowRoutes.ts";
import { ruleSheet } from "./ruleSheet.ts";
import { RuleWriter } from "./ruleWriter.ts";
import { TYPICAL_REQUEST } from "./typicalRequest.ts";

const VIEW = { name: "routing", title: "Waybill: Routing", style: "tab" } as const;

/** The editor tab with the table of routing: one at a time, shown again rather than opened twice. */
export class RoutingPanel implements Disposable {
  readonly #services: ExtensionServices;
  readonly #routes: RowRoutes;
  readonly #rules = new RuleWriter();
  /** What was typed last in a row and makes no sense. */
  readonly #refused = new Map<RowScope, RefusedRule>();
  #panel: WebviewPanel | undefined;
  /** Messages of the page that are none of the protocol. */
  #dropped = 0;
  #past: RouteTable | undefined;
  #dryRun: { readonly text: string; readonly table: RouteTable | undefined; readonly count: number };
  /** The code that was selected when an editor last had the focus: typing into the view takes it away. */
  #selection = readSelection();

  constructor(services: ExtensionServices) {
    this.#services = services;
    this.#routes = new RowRoutes(services);
    this.#dryRun = { text: "", table: undefined, count: 0 };
  }

  /** Shows the table; with what an answer keeps of its decision, that one as of then. */
  show(kept?: unknown, reasons?: unknown): void {
    const lines = Array.isArray(reasons) ? reasons.filter((line) => typeof line === "string") : [];
    this.#past = typeof kept === "string" ? readKeptRoute(kept, lines, formatTime) : undefined;
    this.#selection = readSelection() ?? this.#selection;
    if (this.#panel === undefined) this.#panel = this.#open();
    else this.#panel.reveal();
    this.#tell();
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #open(): WebviewPanel {
    const { panel, ofPanel } = openTab(this.#services.context.extensionUri, {
      viewType: "waybill.routing",
      view: VIEW,
      receive: (message) => this.#receive(message),
    });
    ofPanel.add(window.onDidChangeTextEditorSelection(() => this.#noteSelection()));
    ofPanel.add(window.onDidChangeActiveTextEditor((editor) => editor !== undefined && this.#noteSelection()));
    ofPanel.add(
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("waybill")) void this.#routeRows();
      }),
    );
    ofPanel.add(this.#services.keys.onDidChange(() => void this.#routeRows()));
    panel.onDidDispose(() => {
      this.#panel = undefined;
    });
    return panel;
  }

  #receive(message: unknown): void {
    const { log } = this.#services;
    const parsed = parseRoutingMessage(message);
    if (parsed === undefined) {
      this.#dropped += 1;
      return log.warn("routing-message-dropped", { count: this.#dropped });
    }
    this.#handle(parsed).catch((error: unknown) => log.error("routing-message-failed", error));
  }

  async #handle(message: FromRoutingView): Promise<void> {
    switch (message.type) {
      case "ready":
        return this.#routeRows();
      case "solve-problem":
        return this.#solveProblem();
      case "change-rule":
        return this.#change(message);
      case "revert":
        await this.#rules.revert(message.scope);
        return this.#tell();
      case "dry-run":
        return this.#tryText(message.text);
      case "keep-text":
        this.#dryRun = { ...this.#dryRun, text: message.text };
        return;
      case "show-now":
        this.#past = undefined;
        return this.#tell();
      case "open-settings":
        return commands.executeCommand(
          message.where === "user" ? "workbench.action.openSettings" : "workbench.action.openWorkspaceSettings",
          message.where === "user" ? "@ext:waybill.waybill routing" : { query: "waybill.routing.workspacePolicy" },
        );
      case "view-failed":
        return this.#services.log.warn("routing-view-failed");
    }
  }

  async #solveProblem(): Promise<void> {
    const action = this.#routes.problem?.action.id;
    if (action === undefined || isRepeatAction(action)) return this.#routeRows();
    await runProblemAction(action);
  }

  /** A change of the settings comes back as an event, which shows it. */
  async #change({ scope, rule, value }: RuleChange): Promise<void> {
    this.#refused.delete(scope);
    const { models } = this.#routes;
    const isKnown = (modelId: string) => models.length === 0 || models.some(({ id }) => id === modelId);
    const plan = planChange(settingOfTable, { scope, rule, value }, (modelId) =>
      isKnown(modelId) ? undefined : nearestModelIds(modelId, models),
    );
    if (plan.kind === "refuse") this.#refused.set(scope, { rule, value, sentence: plan.sentence });
    if (plan.kind === "write") {
      await this.#rules.write(scope, plan.writes).catch((error: unknown) => {
        this.#services.log.error("rule-not-written", error);
        this.#refused.set(scope, { rule, value, sentence: NOT_WRITTEN });
      });
    }
    this.#tell();
  }

  async #tryText(text: string): Promise<void> {
    const title = text.trim();
    if (title === "") return;
    const engine = await this.#services.engine.get();
    const { host } = engine.gateway();
    const table = await routeText(engine, text, this.#selection).then(
      (decision) => routeTable(decision, title, host),
      (error: unknown) => unrouted(title, describeError(toWaybillError(error), contextOf(host)).sentence),
    );
    this.#dryRun = { text, table, count: this.#dryRun.count + 1 };
    this.#tell();
  }

  /** The rules at once, the models as soon as they are known. */
  async #routeRows(): Promise<void> {
    this.#tell();
    await this.#routes.refresh();
    this.#tell();
  }

  #noteSelection(): void {
    const selection = readSelection();
    if (selection?.context.label === this.#selection?.context.label) {
      this.#selection = selection;
      return;
    }
    this.#selection = selection;
    this.#tell();
  }

  /** A hidden view cannot be posted to; it says `ready` when it is shown again. */
  #tell(): void {
    const message: ToRoutingView = { type: "snapshot", state: this.#state() };
    void this.#panel?.webview.postMessage(message);
  }

  #state(): RoutingViewState {
    const { text, table, count } = this.#dryRun;
    const { problem, models } = this.#routes;
    return {
      rows: ruleSheet(settingOfTable, workspace.workspaceFolders !== undefined).map((row) => this.#row(row)),
      models: models.map(({ id, name }) => ({ id, name })),
      typical: TYPICAL_REQUEST,
      dryRunText: text,
      dryRuns: count,
      ...(problem === undefined ? {} : { problem }),
      ...(this.#selection === undefined ? {} : { selection: this.#selection.context.label }),
      ...(table === undefined ? {} : { dryRun: table }),
      ...(this.#past === undefined ? {} : { past: this.#past }),
    };
  }

  #row(row: Pick<RoutingRow, "scope" | "label" | "cells">): RoutingRow {
    const written = this.#rules.written(row.scope);
    const refused = this.#refused.get(row.scope);
    return {
      ...row,
      ...this.#routes.of(row.scope),
      ...(written === undefined ? {} : { written }),
      ...(refused === undefined ? {} : { refused }),
    };
  }
}

const NOT_WRITTEN =
  "The editor could not write its settings, perhaps because the file has a mistake or is not saved; nothing was changed.";

/** The row of the workspace is the workspace's own policy; those of its folders hold as well and are changed in their settings. */
function settingOfTable(key: SettingKey): RawSetting {
  const raw = rawSetting(key);
  if (key !== SETTINGS.workspacePolicy) return raw;
  return { ...raw, workspaceValue: workspace.getConfiguration().inspect(key)?.workspaceValue };
}

function contextOf(gatewayHost: string) {
  return { gatewayHost, modelName: undefined, wasSent: false, hasText: false };
}

function unrouted(title: string, sentence: string): RouteTable {
  return {
    title,
    task: "not known",
    sentence,
    reasons: [],
    ladder: [],
    standIns: [],
    others: [],
    excluded: [],
    leftOut: 0,
  };
}

function formatTime(atMs: number): string {
  return new Date(atMs).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
}

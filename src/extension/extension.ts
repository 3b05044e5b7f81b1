import { type ExtensionContext, ExtensionMode, window } from "vscode";
import { startBudget } from "./features/budget/budgetFeature.ts";
import { reportCatalog } from "./features/catalog/catalogNews.ts";
import { LazyChatPanel, startChat } from "./features/chat/chatFeature.ts";
import { startChats } from "./features/chats/chatsFeature.ts";
import { startCodeActions } from "./features/codeActions/codeActionsFeature.ts";
import { startCommitMessage } from "./features/commitMessage/commitMessageFeature.ts";
import { startConnection } from "./features/connection/connectionFeature.ts";
import { startDiagnostics } from "./features/diagnostics/diagnosticsFeature.ts";
import { startDryRun } from "./features/dryRun/dryRunFeature.ts";
import { startFolderTrust } from "./features/folderTrust/folderTrustFeature.ts";
import { startGateway } from "./features/gateway/gatewayFeature.ts";
import { startInlineEdit } from "./features/inlineEdit/inlineEditFeature.ts";
import { startKey, tellKeyNews } from "./features/key/keyFeature.ts";
import { startModelBrowser } from "./features/modelBrowser/modelBrowserFeature.ts";
import { startOutbox } from "./features/outbox/outboxFeature.ts";
import { startPrivacy } from "./features/privacy/privacyFeature.ts";
import { startRecords } from "./features/records/recordsFeature.ts";
import { startReconcile } from "./features/reconcile/reconcileFeature.ts";
import { startRouting } from "./features/routing/routingFeature.ts";
import { startSignIn } from "./features/signIn/signInFeature.ts";
import { startSpend } from "./features/spend/spendFeature.ts";
import { startStagedReview } from "./features/stagedReview/stagedReviewFeature.ts";
import { startStatusBar } from "./features/statusBar/statusBarFeature.ts";
import { startTerminal } from "./features/terminal/terminalFeature.ts";
import { COMMANDS } from "./platform/contributions.ts";
import { developmentKey } from "./platform/developmentKey.ts";
import { DisposableStore } from "./platform/disposableStore.ts";
import type { ExtensionServices } from "./platform/extensionServices.ts";
import { GatewayConsents } from "./platform/gatewayConsents.ts";
import { LazyEngine } from "./platform/lazyEngine.ts";
import { createLog } from "./platform/log.ts";
import { type CommandTable, registerCommands } from "./platform/registerCommands.ts";
import { KeyVault } from "./platform/secrets.ts";
import { currentSettings } from "./platform/settings.ts";
import { SpendMonitor } from "./platform/spendMonitor.ts";
import { watchKeyChoice } from "./platform/watchKeyChoice.ts";

/** Ends with the extension; not among the subscriptions, which are disposed before `deactivate` has run. */
let engineOfWindow: LazyEngine | undefined;

/** Builds and joins, and nothing else. No file is read and nothing is sent before the first use. */
export function activate(context: ExtensionContext): void {
  const disposables = new DisposableStore();
  context.subscriptions.push(disposables);
  const log = disposables.add(createLog());
  const keys = disposables.add(new KeyVault(context.secrets, context.globalState));
  const ready = plantDevelopmentKey(context, keys);
  const consents = new GatewayConsents(context.globalState, async (gatewayUrl) => {
    const { askGatewayConsent } = await import("./commandParts.ts");
    return askGatewayConsent(gatewayUrl, keys);
  });
  const engine = new LazyEngine({
    storageFolder: context.globalStorageUri.fsPath,
    settings: currentSettings,
    credential: async (id) => {
      await ready;
      const credential = await keys.read(id);
      if (credential !== undefined) log.keepOut(credential.key);
      return credential;
    },
    mayUse: (gatewayUrl) => consents.has(gatewayUrl),
    askToUse: (gatewayUrl) => consents.obtain(gatewayUrl),
    reportCatalog: reportCatalog(log),
    reportLongPrompt: (model, count) => log.warn("prompt-longer-than-counted", { model, count }),
    reportKeyNews: (news) => void tellKeyNews(news, spend),
    reportLive: (live) => spend.noteLive(live),
    reportOutbox: (error) => log.error("outbox-not-written", error),
    reportRepair: (sentence) => void window.showWarningMessage(sentence),
  });
  disposables.add(keys.onDidChange(() => void engine.expireCatalog()));
  disposables.add(watchKeyChoice(keys));
  engineOfWindow = engine;
  const spend = disposables.add(new SpendMonitor(engine, currentSettings, log));
  let proposals: ReturnType<ExtensionServices["proposals"]> | undefined;
  let edits: ReturnType<ExtensionServices["inlineEdits"]> | undefined;
  const services: ExtensionServices = {
    ...{ context, log, settings: currentSettings, keys, consents, engine, spend, disposables },
    proposals: () => (proposals ??= import("./editParts.ts").then(({ FixProposals }) => new FixProposals(services))),
    inlineEdits: () => (edits ??= import("./inlineParts.ts").then(({ InlineEdits }) => new InlineEdits(services))),
  };
  const panel = new LazyChatPanel(services);
  const features: readonly (() => CommandTable)[] = [
    () => startChat(services, panel),
    () => startChats(services, panel),
    () => startCodeActions(services, panel),
    () => startInlineEdit(services),
    () => startCommitMessage(services),
    () => startStagedReview(services),
    () => startTerminal(services, panel),
    () => startStatusBar(services),
    () => startKey(services),
    () => startSignIn(services),
    () => startConnection(services),
    () => startGateway(services),
    () => startReconcile(services),
    () => startDryRun(services),
    () => startModelBrowser(services),
    () => startRouting(services),
    () => startSpend(services),
    () => startRecords(services),
    () => startFolderTrust(services),
    () => startBudget(services),
    () => startPrivacy(services),
    () => startOutbox(services),
    () => startDiagnostics(services),
    () => ({ [COMMANDS.showLog]: async () => log.show() }),
  ];
  for (const start of features) startFeature(start, services);
}

export async function deactivate(): Promise<void> {
  await engineOfWindow?.close();
}

async function plantDevelopmentKey({ extensionMode }: ExtensionContext, keys: KeyVault): Promise<void> {
  const { gatewayUrl } = currentSettings();
  const key = developmentKey(extensionMode === ExtensionMode.Production, process.env, gatewayUrl);
  if (key !== undefined && gatewayUrl !== undefined) await keys.store({ origin: gatewayUrl.origin, key });
}

/** A feature that cannot start is logged, and the others start. */
function startFeature(start: () => CommandTable, { log, disposables }: ExtensionServices): void {
  try {
    registerCommands(start(), log, disposables);
  } catch (error) {
    log.error("feature-not-started", error);
  }
}

import { ProgressLocation, type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from "vscode";
import { isAborted, toWaybillError } from "../../../core/errors/waybillError.ts";
import { limitPageOf } from "../../../core/keys/limitPage.ts";
import { type KeyLimitLine, presentKeyLimits } from "../../../core/keys/presentKeyLimits.ts";
import { describeError } from "../../../core/problems/describeError.ts";
import { fetchCredits } from "../../../gateway/fetchCredits.ts";
import type { Gateway } from "../../../gateway/gateway.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { openAddress } from "../../platform/openAddress.ts";
import { showProblem } from "../../platform/problemActions.ts";

const ICONS: Readonly<Record<KeyLimitLine["kind"], string>> = {
  limit: "key",
  agrees: "pass",
  differs: "warning",
  remark: "info",
};

/** Asks the gateway about a key, the one in use or the one of the name, and shows its figures beside the ledger's. */
export async function showKeyLimits(services: ExtensionServices, keyName?: string): Promise<void> {
  const host = services.settings().gatewayUrl?.host ?? "The gateway";
  let gateway: Gateway;
  let lines: readonly KeyLimitLine[];
  try {
    const engine = await services.engine.get();
    gateway = keyName === undefined ? engine.gateway() : engine.gatewayWithKey(keyName);
    lines = await askWithProgress(services, gateway);
  } catch (error) {
    if (isAborted(error)) return;
    services.log.error("key-limits", error);
    const context = { gatewayHost: host, modelName: undefined, wasSent: false, hasText: false };
    await showProblem(describeError(toWaybillError(error), context), () => showKeyLimits(services, keyName));
    return;
  }
  await showLines(gateway, lines);
}

function askWithProgress(services: ExtensionServices, gateway: Gateway): Thenable<readonly KeyLimitLine[]> {
  const options = {
    location: ProgressLocation.Notification,
    title: `Asking ${gateway.host} about the key ${gateway.keyName}…`,
    cancellable: true,
  };
  return window.withProgress(options, async (_progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    const engine = await services.engine.get();
    const watch = await engine.keyWatch();
    const [{ freeRequestsLeft }, credits] = await Promise.all([
      watch.ask(gateway, abort.signal),
      fetchCredits(gateway, abort.signal),
    ]);
    const ledger = await engine.ledger();
    const standings = await ledger.keyStandings();
    const standing = await standings.latest({ gatewayOrigin: gateway.origin, keyLabel: gateway.keyName });
    return standing === undefined ? [] : presentKeyLimits({ standing, freeRequestsLeft, credits });
  });
}

async function showLines({ keyName, host, origin }: Gateway, lines: readonly KeyLimitLine[]): Promise<void> {
  const page = limitPageOf(origin);
  const setLimit: QuickPickItem = { label: `Set a Limit at ${host}`, iconPath: new ThemeIcon("link-external") };
  const items: readonly QuickPickItem[] = [
    ...lines.map(({ kind, label, figure, detail }) => ({
      label,
      description: figure,
      detail,
      iconPath: new ThemeIcon(ICONS[kind]),
    })),
    ...(page === undefined ? [] : [{ label: "", kind: QuickPickItemKind.Separator }, setLimit]),
  ];
  const chosen = await window.showQuickPick(items, {
    title: `Waybill: Key ${keyName} at ${host}`,
    placeHolder: "What the gateway says of the key, beside this ledger.",
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen === setLimit && page !== undefined) await openAddress(page);
}

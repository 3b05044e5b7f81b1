import { ProgressLocation, commands, window } from "vscode";
import { type WaybillError, isAborted, toWaybillError } from "../../../core/errors/waybillError.ts";
import { formatUsd } from "../../../core/money/formatUsd.ts";
import { describeError } from "../../../core/problems/describeError.ts";
import type { KeyStatus } from "../../../gateway/readKeyStatus.ts";
import { COMMANDS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { maskKey } from "../../platform/maskKey.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";

/** Entering, checking and removing the key. */
export function startKey(services: ExtensionServices): CommandTable {
  return {
    [COMMANDS.enterKey]: () => enterKey(services),
    [COMMANDS.removeKey]: () => removeKey(services),
  };
}

async function enterKey(services: ExtensionServices): Promise<void> {
  const { gatewayUrl } = services.settings();
  if (gatewayUrl === undefined) {
    await window.showErrorMessage(
      "The setting waybill.gateway.url is not a web address, so no key can be entered for it. Nothing was stored.",
    );
    return;
  }
  const known = services.keys.maskedKey(gatewayUrl.origin);
  const entered = await window.showInputBox({
    title: `Key for ${gatewayUrl.host}`,
    prompt:
      known === undefined
        ? "It is kept in the editor's secret storage and sent to this host only."
        : `Replaces ${known}.`,
    placeHolder: "sk-or-v1-…",
    password: true,
    ignoreFocusOut: true,
    validateInput: describeKeyMistake,
  });
  const key = entered?.trim();
  if (key === undefined || key === "") return;
  const outcome = await services.keys.store({ origin: gatewayUrl.origin, key });
  await checkKey(services, { key, isSessionOnly: outcome === "session-only", host: gatewayUrl.host });
}

function describeKeyMistake(value: string): string | undefined {
  const key = value.trim();
  if (key === "") return undefined;
  return /^[\x21-\x7e]+$/.test(key) ? undefined : "A key has no spaces and only plain characters.";
}

/** The key is kept whatever the check says: the network may be away, and a person knows better. */
async function checkKey(
  services: ExtensionServices,
  entered: { key: string; isSessionOnly: boolean; host: string },
): Promise<void> {
  const { host, key, isSessionOnly } = entered;
  const kept = isSessionOnly
    ? "This machine has no keyring, so the key is kept until this window closes."
    : `The key ${maskKey(key)} is stored.`;
  const status = await fetchStatus(services, host);
  if (status.kind === "failed") {
    if (isAborted(status.error)) return;
    const { sentence } = describeError(status.error, {
      gatewayHost: host,
      modelName: undefined,
      wasSent: false,
      hasText: false,
    });
    const choice = await window.showWarningMessage(`${kept} But: ${sentence}`, "Enter Key", "Test Connection");
    if (choice === "Enter Key") await enterKey(services);
    if (choice === "Test Connection") await commands.executeCommand(COMMANDS.testConnection);
    return;
  }
  await window.showInformationMessage(`${kept} ${host} accepts it. ${describeLimit(status.keyStatus)}`);
}

type StatusOutcome =
  | { readonly kind: "known"; readonly keyStatus: KeyStatus }
  | { readonly kind: "failed"; readonly error: WaybillError };

async function fetchStatus(services: ExtensionServices, host: string): Promise<StatusOutcome> {
  const title = `Checking the key with ${host}…`;
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (_progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      try {
        const engine = await services.engine.get();
        return { kind: "known", keyStatus: await engine.gateway().fetchKeyStatus(abort.signal) };
      } catch (error) {
        return { kind: "failed", error: toWaybillError(error) };
      }
    },
  );
}

export function describeLimit({ limit, limitRemaining, limitReset }: KeyStatus): string {
  if (limit === undefined) return "It has no spending limit of its own; you can set one on the gateway's page.";
  const period = limitReset === undefined ? "in all" : limitReset;
  const left = limitRemaining === undefined ? "" : `, ${formatUsd(limitRemaining)} left`;
  return `Its own limit is ${formatUsd(limit)} ${period}${left}.`;
}

async function removeKey(services: ExtensionServices): Promise<void> {
  const { gatewayUrl } = services.settings();
  if (gatewayUrl === undefined) return;
  const known = services.keys.maskedKey(gatewayUrl.origin) ?? "the key";
  const choice = await window.showWarningMessage(
    `Remove ${known} for ${gatewayUrl.host} from this machine? Chats and the ledger stay.`,
    { modal: true },
    "Remove",
  );
  if (choice !== "Remove") return;
  await services.keys.remove(gatewayUrl.origin);
  await window.showInformationMessage(`The key for ${gatewayUrl.host} was removed from this machine.`);
}

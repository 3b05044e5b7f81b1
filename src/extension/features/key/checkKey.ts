import { ProgressLocation, UIKind, commands, env, window } from "vscode";
import { type WaybillError, isAborted, toWaybillError } from "../../../core/errors/waybillError.ts";
import { DEFAULT_KEY_NAME } from "../../../core/keys/keyName.ts";
import { describeKeyChange } from "../../../core/keys/describeKeyChange.ts";
import { describeError } from "../../../core/problems/describeError.ts";
import type { KeyStatus } from "../../../gateway/readKeyStatus.ts";
import { COMMANDS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { maskKey } from "../../platform/maskKey.ts";
import { assignKey, assignmentFor } from "./assignKey.ts";
import { tellKeyChange } from "./tellKeyChange.ts";
import { describeLimit } from "./describeLimit.ts";

/** `session-only-beside-another`: the storage failed and may still hold the key that this one was to replace. */
type Kept = "stored" | "session-only" | "session-only-beside-another";

interface EnteredKey {
  readonly key: string;
  readonly keyName: string;
  readonly kept: Kept;
  readonly host: string;
  /** The mask of the key that this one replaced. */
  readonly before: string | undefined;
}

/** Asks the gateway about the key. It is kept whatever the answer: the network may be away, and a person knows better. */
export async function checkKey(
  services: ExtensionServices,
  entered: EnteredKey,
  enterAgain: () => Promise<void>,
): Promise<void> {
  const { host, keyName } = entered;
  const kept = describeKept(entered);
  const changed = describeChange(entered);
  const status = await fetchStatus(services, entered);
  if (status.kind === "failed") {
    if (isAborted(status.error)) return;
    const context = { gatewayHost: host, modelName: undefined, wasSent: false, hasText: false };
    const { sentence } = describeError(status.error, context);
    const choice = await window.showWarningMessage(
      `${kept}${changed} But: ${sentence}`,
      "Enter Key",
      "Test Connection",
    );
    if (choice === "Enter Key") await enterAgain();
    if (choice === "Test Connection") await commands.executeCommand(COMMANDS.testConnection);
    return;
  }
  const said = `${kept} ${host} accepts it. ${describeLimit(status.keyStatus)}${changed}`;
  const { keyChoice } = services.settings();
  const isUsed = keyChoice.kind === "key" && keyChoice.name === keyName;
  const assignment = isUsed || keyName === DEFAULT_KEY_NAME ? undefined : assignmentFor(keyName);
  if (assignment === undefined) return tellKeyChange(said, services.settings().gatewayUrl?.origin, oldKeyOf(entered));
  const choice = await window.showInformationMessage(`${said} No setting chooses it here yet.`, assignment.label);
  if (choice === assignment.label) await assignKey(keyName, assignment);
}

/** The same key entered again leaves no old one behind. */
function oldKeyOf({ key, before }: EnteredKey): string | undefined {
  return before === maskKey(key) ? undefined : before;
}

function describeChange(entered: EnteredKey): string {
  const isInBrowser = env.uiKind === UIKind.Web;
  return describeKeyChange({ host: entered.host, before: oldKeyOf(entered), isInBrowser });
}

function describeKept({ key, keyName, kept }: EnteredKey): string {
  const what = keyName === DEFAULT_KEY_NAME ? `The key ${maskKey(key)}` : `The key ${keyName} (${maskKey(key)})`;
  switch (kept) {
    case "stored":
      return `${what} is stored.`;
    case "session-only":
      return "This machine has no keyring that answers, so the key is kept until this window closes.";
    case "session-only-beside-another":
      return "The keyring of this machine did not take the key, so it is kept until this window closes; after that the one before it may be used again.";
  }
}

type StatusOutcome =
  | { readonly kind: "known"; readonly keyStatus: KeyStatus }
  | { readonly kind: "failed"; readonly error: WaybillError };

async function fetchStatus(
  services: ExtensionServices,
  { host, keyName }: Pick<EnteredKey, "host" | "keyName">,
): Promise<StatusOutcome> {
  const title = `Checking the key with ${host}…`;
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (_progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      try {
        const engine = await services.engine.get();
        return { kind: "known", keyStatus: await engine.gatewayWithKey(keyName).fetchKeyStatus(abort.signal) };
      } catch (error) {
        return { kind: "failed", error: toWaybillError(error) };
      }
    },
  );
}

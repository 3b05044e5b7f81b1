import { type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from "vscode";
import { describeKeyChoice, describeReason } from "../../../core/keys/describeKeyChoice.ts";
import { DEFAULT_KEY_NAME, type KeyId } from "../../../core/keys/keyName.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { StoredKeyState } from "../../platform/secrets.ts";
import { ANOTHER_KEY } from "./askKey.ts";
import { type KeyAssignment, assignKey, assignments } from "./assignKey.ts";
import { enterAnotherKey, enterKey } from "./enterKey.ts";
import { removeKey } from "./removeKey.ts";
import { toldOfKey } from "./toldOfKey.ts";
import { showKeyLimits } from "./showKeyLimits.ts";

interface KnownKey {
  readonly state: StoredKeyState;
  /** What the gateway said of it last. */
  readonly told: string;
}

interface KeyItem extends QuickPickItem {
  /** Absent: the person wants another key. */
  readonly id?: KeyId;
  readonly state?: StoredKeyState;
}

/** Lists every key of this machine with what is known of it, and which is in use; a chosen one can be changed. */
export async function manageKeys(services: ExtensionServices): Promise<void> {
  const { keyChoice } = services.settings();
  const placeHolder =
    keyChoice.kind === "key"
      ? "Choose a key to replace it, remove it or use it elsewhere."
      : `In use here: ${describeKeyChoice(keyChoice)}.`;
  const options = { title: "Waybill: Manage Keys", placeHolder, matchOnDescription: true, matchOnDetail: true };
  const chosen = await window.showQuickPick(keyItems(services), options);
  if (chosen === undefined) return;
  const { id, state } = chosen;
  if (id === undefined || state === undefined) return enterAnotherKey(services);
  if (state === "none") return enterKey(services, id.name);
  await manageKey(services, id);
}

async function keyItems(services: ExtensionServices): Promise<readonly KeyItem[]> {
  const { keys } = services;
  const inUse = keyInUse(services);
  const others = (await keys.list()).filter((id) => inUse === undefined || !isSame(id, inUse));
  const ids = inUse === undefined ? others : [inUse, ...others];
  const states = await Promise.all(
    ids.map(async (id) => ({ id, state: await keys.state(id), told: await toldOfKey(services, id) })),
  );
  return [
    ...states.map(({ id, ...known }) => keyItem(services, id, known)),
    { label: "", kind: QuickPickItemKind.Separator },
    { label: ANOTHER_KEY, iconPath: new ThemeIcon("add") },
  ];
}

/** The key that the settings choose for the gateway in use, whether it is there or not. */
function keyInUse({ settings }: ExtensionServices): KeyId | undefined {
  const { gatewayUrl, keyChoice } = settings();
  if (gatewayUrl === undefined || keyChoice.kind === "unclear") return undefined;
  return { origin: gatewayUrl.origin, name: keyChoice.name };
}

function keyItem(services: ExtensionServices, id: KeyId, { state, told }: KnownKey): KeyItem {
  const { keyChoice } = services.settings();
  const inUse = keyInUse(services);
  const isUsed = inUse !== undefined && keyChoice.kind === "key" && isSame(id, inUse);
  const masked = services.keys.maskedKey(id);
  const { host } = new URL(id.origin);
  const detail = `${describeState(state, id)}${told}`;
  return {
    label: id.name,
    description: masked === undefined ? host : `${host} · ${masked}`,
    detail: isUsed ? `In use here${describeReason(keyChoice)}. ${detail}` : detail,
    iconPath: new ThemeIcon(state === "present" ? (isUsed ? "key" : "circle-large-outline") : "warning"),
    id,
    state,
  };
}

function describeState(state: StoredKeyState, { name }: KeyId): string {
  switch (state) {
    case "present":
      return "In the editor's secret storage.";
    case "session-only":
      return "This machine could not store it; it is forgotten when the window closes.";
    case "unreadable":
      return "It was stored and can no longer be read, or the key storage does not answer.";
    case "none":
      return name === DEFAULT_KEY_NAME
        ? "Not entered yet."
        : "Your settings choose it and it is not on this machine; no other key is used instead.";
  }
}

interface ActionItem extends QuickPickItem {
  readonly run: () => Promise<void>;
}

async function manageKey(services: ExtensionServices, id: KeyId): Promise<void> {
  const isOfGateway = services.settings().gatewayUrl?.origin === id.origin;
  const use = (assignment: KeyAssignment): ActionItem => ({
    label: assignment.label,
    description: "in your own settings",
    iconPath: new ThemeIcon("arrow-right"),
    run: () => assignKey(id.name, assignment),
  });
  const items: readonly ActionItem[] = [
    ...(isOfGateway
      ? [{ label: "Replace", iconPath: new ThemeIcon("edit"), run: () => enterKey(services, id.name) }]
      : []),
    ...(isOfGateway
      ? [
          {
            label: "Show Limits",
            description: "what the gateway says of it",
            iconPath: new ThemeIcon("dashboard"),
            run: () => showKeyLimits(services, id.name),
          },
        ]
      : []),
    ...(isOfGateway ? assignments().map(use) : []),
    { label: "Remove", iconPath: new ThemeIcon("trash"), run: () => removeKey(services, id) },
  ];
  const title = `Key ${id.name} for ${new URL(id.origin).host}`;
  const placeHolder = isOfGateway ? "What is to be done?" : "To replace it, choose its gateway in the settings first.";
  const chosen = await window.showQuickPick(items, { title, placeHolder });
  await chosen?.run();
}

function isSame(left: KeyId, right: KeyId): boolean {
  return left.origin === right.origin && left.name === right.name;
}

import { UIKind, env, version, workspace } from "vscode";
import {
  type DiagnosticsReport,
  type RoughCount,
  type StoreReport,
  remoteKind,
} from "../../../core/diagnostics/diagnosticsReport.ts";
import { toWaybillError } from "../../../core/errors/waybillError.ts";
import { isLoopback } from "../../../gateway/isLoopback.ts";
import { SETTINGS, type SettingKey } from "../../platform/contributions.ts";
import type { Engine } from "../../platform/engine.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { Settings } from "../../platform/readSettings.ts";
import { rawSetting } from "../../platform/settings.ts";

/** More of a list are not counted. */
const MOST_COUNTED = 1_000;

/** What works and what does not, each looked at by itself. */
export async function collectDiagnostics(services: ExtensionServices): Promise<DiagnosticsReport> {
  const { context, log } = services;
  const settings = services.settings();
  const engine = await services.engine.get();
  const manifest: unknown = context.extension.packageJSON;
  return {
    versions: { waybill: versionIn(manifest), editor: version, node: process.versions.node },
    system: `${process.platform} ${process.arch}`,
    screen: env.uiKind === UIKind.Web ? "browser" : "desktop",
    remote: remoteKind(env.remoteName),
    isTrusted: workspace.isTrusted,
    gateway: gatewayKind(settings),
    transport: transportOf(engine),
    key: await keyState(services, settings),
    ledger: (await engine.hasLedger()) ? await lookAt(() => countLedger(engine)) : { kind: "none" },
    outbox: await lookAt(() => countOutbox(engine)),
    chats: await lookAt(() => countChats(engine)),
    changedSettings: Object.values(SETTINGS).filter(isChanged),
    invalidSettings: [...new Set(settings.invalid.map(({ key }) => key))],
    codes: log.recentCodes(),
  };
}

function versionIn(manifest: unknown): string {
  const found = typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : "";
  return typeof found === "string" ? found : "";
}

function gatewayKind({ gatewayUrl }: Settings): DiagnosticsReport["gateway"] {
  if (gatewayUrl === undefined) return "makes no sense";
  if (isLoopback(gatewayUrl.hostname)) return "this machine";
  return gatewayUrl.hostname === "openrouter.ai" ? "openrouter" : "another";
}

function transportOf(engine: Engine): string {
  try {
    return engine.transportName();
  } catch (error) {
    return toWaybillError(error).code;
  }
}

async function keyState({ keys }: ExtensionServices, settings: Settings): Promise<DiagnosticsReport["key"]> {
  const { gatewayUrl, keyChoice } = settings;
  if (gatewayUrl === undefined || keyChoice.kind === "unclear") return "unclear";
  return keys.state({ origin: gatewayUrl.origin, name: keyChoice.name });
}

async function lookAt(count: () => Promise<readonly RoughCount[]>): Promise<StoreReport> {
  try {
    return { kind: "usable", counts: await count() };
  } catch (error) {
    return { kind: "failed", code: toWaybillError(error).code };
  }
}

async function countLedger(engine: Engine): Promise<readonly RoughCount[]> {
  const history = await (await engine.ledger()).history();
  const { firstDay, lastDay } = await history.known();
  if (firstDay === undefined || lastDay === undefined) return [{ what: "days", count: 0 }];
  const sums = await history.sums({ firstDay, lastDay }, "model");
  return [
    { what: "days", count: new Set(sums.map(({ day }) => day)).size },
    { what: "sums", count: sums.length },
  ];
}

async function countOutbox(engine: Engine): Promise<readonly RoughCount[]> {
  return [{ what: "rows", count: (await (await engine.outbox()).list(MOST_COUNTED)).length }];
}

async function countChats(engine: Engine): Promise<readonly RoughCount[]> {
  return [{ what: "chats", count: (await (await engine.chats()).listChats({ limit: MOST_COUNTED })).length }];
}

function isChanged(key: SettingKey): boolean {
  const { defaultValue, userValue, workspaceValue } = rawSetting(key);
  const value = workspaceValue ?? userValue;
  return value !== undefined && JSON.stringify(value) !== JSON.stringify(defaultValue);
}

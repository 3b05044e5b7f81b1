import { type QuickPickItem, ThemeIcon, window } from "vscode";
import { type WaybillError, toWaybillError } from "../../../core/errors/waybillError.ts";
import { describeKeyChoice } from "../../../core/keys/describeKeyChoice.ts";
import { formatUsd } from "../../../core/money/formatUsd.ts";
import { describeInvalidSetting } from "../../../core/problems/describeInvalidSetting.ts";
import { describeError } from "../../../core/problems/describeError.ts";
import type { ProblemActionId } from "../../../core/problems/problem.ts";
import { fetchCredits } from "../../../gateway/fetchCredits.ts";
import type { Engine } from "../../platform/engine.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { currentNetworkSettings } from "../../platform/networkSettings.ts";
import { isRepeatAction, runProblemAction } from "../../platform/problemActions.ts";
import { describeLimit } from "../key/describeLimit.ts";
import { canReachGateway, isWayFailure } from "./probeTransport.ts";

interface Check {
  readonly name: string;
  /** Answers what works, in a few words; rejects with what does not. */
  readonly run: (engine: Engine, signal: AbortSignal) => Promise<string>;
  /** What more can be said about a failure, to be added to its sentence. */
  readonly lookFurther?: (engine: Engine, error: WaybillError, signal: AbortSignal) => Promise<string>;
}

interface CheckItem extends QuickPickItem {
  readonly action?: ProblemActionId;
}

function checks(services: ExtensionServices): readonly Check[] {
  return [
    {
      name: "Settings",
      run: async (engine) => {
        const gateway = engine.gateway();
        const [first] = services.settings().invalid;
        if (first !== undefined) return describeInvalidSetting(first);
        return `gateway ${gateway.origin}, transport ${engine.transportName()}`;
      },
    },
    {
      name: "Gateway",
      run: async (engine, signal) => {
        const { models, skippedRows } = await engine.gateway().fetchCatalog(signal);
        const skipped = skippedRows === 0 ? "" : `; ${skippedRows} more could not be understood`;
        return `reached, offers ${models.length} models${skipped}`;
      },
      lookFurther: (engine, error, signal) => tryOtherTransport(services, { engine, error }, signal),
    },
    {
      name: "Key",
      run: async (engine, signal) => {
        const gateway = engine.gateway();
        const status = await gateway.fetchKeyStatus(signal);
        const credits = await fetchCredits(gateway, signal);
        const left = credits === undefined ? "" : ` The account has ${formatUsd(credits)} of credits left.`;
        return `${describeKeyChoice(services.settings().keyChoice)}: accepted. ${describeLimit(status)}${left}`;
      },
      lookFurther: async (_engine, { code }) =>
        code === "auth" ? `that was the key ${describeKeyChoice(services.settings().keyChoice)}` : "",
    },
    {
      name: "Ledger",
      run: async (engine) => {
        await (
          await engine.ledger()
        ).standings({ workspace: "", keyLabel: engine.gateway().keyName, chat: undefined }, [], Date.now());
        return "can be read and written";
      },
    },
    {
      name: "Chats",
      run: async (engine) => {
        await engine.chats();
        return "can be kept";
      },
    },
  ];
}

/** Runs every check, also after one failed, and lists what works and what does not. */
export async function showConnection(services: ExtensionServices): Promise<void> {
  const pick = window.createQuickPick<CheckItem>();
  const abort = new AbortController();
  pick.title = "Waybill: Test Connection";
  pick.placeholder = "Testing…";
  pick.busy = true;
  pick.matchOnDetail = true;
  pick.onDidHide(() => {
    abort.abort();
    pick.dispose();
  });
  pick.onDidAccept(() => {
    const action = pick.selectedItems[0]?.action;
    pick.hide();
    if (action === undefined) return;
    if (isRepeatAction(action)) void showConnection(services);
    else void runProblemAction(action);
  });
  pick.show();
  const engine = await services.engine.get();
  const items: CheckItem[] = [];
  for (const check of checks(services)) {
    items.push(await runCheck(services, engine, { check, signal: abort.signal }));
    pick.items = [...items];
  }
  const failures = items.filter(({ action }) => action !== undefined).length;
  pick.busy = false;
  pick.placeholder = failures === 0 ? "Everything works." : "Choose a line to mend what does not work.";
}

async function runCheck(
  services: ExtensionServices,
  engine: Engine,
  { check, signal }: { check: Check; signal: AbortSignal },
): Promise<CheckItem> {
  try {
    return { label: check.name, detail: await check.run(engine, signal), iconPath: new ThemeIcon("pass") };
  } catch (error) {
    services.log.error(`connection test of ${check.name}`, error);
    const failure = toWaybillError(error);
    const gatewayHost = services.settings().gatewayUrl?.host ?? "The gateway";
    const found = describeError(failure, {
      gatewayHost,
      modelName: undefined,
      wasSent: false,
      hasText: false,
    });
    const more = (await check.lookFurther?.(engine, failure, signal).catch(() => "")) ?? "";
    return {
      label: check.name,
      detail: more === "" ? found.sentence : `${found.sentence.replace(/\.$/, "")}; ${more}.`,
      description: found.action.label,
      iconPath: new ThemeIcon("error"),
      action: found.action.id,
    };
  }
}

/** Where the way to the gateway failed: whether the other transport's way is open. */
async function tryOtherTransport(
  services: ExtensionServices,
  { engine, error }: { engine: Engine; error: WaybillError },
  signal: AbortSignal,
): Promise<string> {
  const { gatewayUrl } = services.settings();
  if (gatewayUrl === undefined || !isWayFailure(error.code)) return "";
  const transport = engine.transportName() === "host" ? "direct" : "host";
  const network = currentNetworkSettings();
  return (await canReachGateway({ transport, gatewayUrl, network }, signal))
    ? `with the transport \`${transport}\` it works`
    : "neither transport reaches it";
}

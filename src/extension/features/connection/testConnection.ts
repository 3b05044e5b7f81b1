import { type QuickPickItem, ThemeIcon, window } from "vscode";
import { toWaybillError } from "../../../core/errors/waybillError.ts";
import { describeError } from "../../../core/problems/describeError.ts";
import type { ProblemActionId } from "../../../core/problems/problem.ts";
import { COMMANDS } from "../../platform/contributions.ts";
import type { Engine } from "../../platform/engine.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { runProblemAction } from "../../platform/problemActions.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";
import { describeLimit } from "../key/keyFeature.ts";

export function startConnection(services: ExtensionServices): CommandTable {
  return { [COMMANDS.testConnection]: () => showConnection(services) };
}

interface Check {
  readonly name: string;
  /** Answers what works, in a few words; rejects with what does not. */
  readonly run: (engine: Engine, signal: AbortSignal) => Promise<string>;
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
        if (first !== undefined) return `${first.key} makes no sense (must be ${first.expected}); the default is used`;
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
    },
    {
      name: "Key",
      run: async (engine, signal) => `accepted. ${describeLimit(await engine.gateway().fetchKeyStatus(signal))}`,
    },
    {
      name: "Ledger",
      run: async (engine) => {
        await (await engine.ledger()).standings("", [], Date.now());
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
async function showConnection(services: ExtensionServices): Promise<void> {
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
    if (action !== undefined && action !== "try-again") void runProblemAction(action);
    if (action === "try-again") void showConnection(services);
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
    const gatewayHost = services.settings().gatewayUrl?.host ?? "The gateway";
    const found = describeError(toWaybillError(error), {
      gatewayHost,
      modelName: undefined,
      wasSent: false,
      hasText: false,
    });
    return {
      label: check.name,
      detail: found.sentence,
      description: found.action.label,
      iconPath: new ThemeIcon("error"),
      action: found.action.id,
    };
  }
}

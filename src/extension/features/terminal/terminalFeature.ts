import { type TerminalShellExecution, window, workspace } from "vscode";
import { COMMANDS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";
import type { LazyChatPanel } from "../chat/chatFeature.ts";
import type { FailedCommands } from "./failedCommands.ts";

/** What Waybill does beside a terminal. Without commands in one, nothing runs. */
export function startTerminal(services: ExtensionServices, panel: LazyChatPanel): CommandTable {
  let failed: Promise<FailedCommands> | undefined;
  const load = () =>
    (failed ??= import("../../scmParts.ts").then(({ FailedCommands }) =>
      services.disposables.add(new FailedCommands()),
    ));
  /** The output is read from the beginning or not at all, so before anything is loaded. */
  const note = (execution: TerminalShellExecution) => {
    if (!workspace.isTrusted || !services.settings().remembersErrors) return;
    const output = execution.read();
    load()
      .then((commands) => commands.read(execution, output))
      .catch((error: unknown) => services.log.error("terminal-not-read", error));
  };
  services.disposables.add(window.onDidStartTerminalShellExecution(({ execution }) => note(execution)));
  return {
    [COMMANDS.explainTerminalError]: async () => {
      const { explainTerminalError } = await import("../../scmParts.ts");
      const commands = await load();
      if (!services.settings().remembersErrors) commands.forget();
      await explainTerminalError(commands, panel);
    },
    [COMMANDS.suggestCommand]: async () => {
      const { suggestCommand } = await import("../../scmParts.ts");
      await suggestCommand(services);
    },
  };
}

import { commands } from "vscode";
import type { CommandId } from "./contributions.ts";
import type { DisposableStore } from "./disposableStore.ts";
import type { Log } from "./log.ts";
import { window } from "vscode";
import { isAborted } from "../../core/errors/waybillError.ts";

/** Handlers by command id. A handler may be called by anyone with any arguments, so it checks what it takes. */
export type CommandTable = Partial<Record<CommandId, (...parameters: unknown[]) => Promise<void>>>;

/** Registers each command once, with one way to deal with what it throws. */
export function registerCommands(table: CommandTable, log: Log, disposables: DisposableStore): void {
  for (const [id, handler] of Object.entries(table)) {
    disposables.add(
      commands.registerCommand(id, async (...parameters: unknown[]) => {
        try {
          await handler(...parameters);
        } catch (error) {
          if (isAborted(error)) return;
          log.error(`command ${id}`, error);
          const choice = await window.showErrorMessage(
            "Waybill met an error of its own. Your files and text are as they were; the log says where.",
            "Show Log",
          );
          if (choice === "Show Log") log.show();
        }
      }),
    );
  }
}

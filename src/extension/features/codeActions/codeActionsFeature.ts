import { languages } from "vscode";
import { COMMANDS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";
import type { LazyChatPanel } from "../chat/chatFeature.ts";
import { PROVIDED_KINDS, codeActionProvider } from "./codeActionProvider.ts";
import type { AskedAction } from "./runEditorAction.ts";

/** What can be asked of code: into the chat, or into a diff. From the light bulb, the context menu and the command palette. */
export function startCodeActions(services: ExtensionServices, panel: LazyChatPanel): CommandTable {
  services.disposables.add(
    languages.registerCodeActionsProvider({ scheme: "*" }, codeActionProvider, {
      providedCodeActionKinds: PROVIDED_KINDS,
    }),
  );
  const run = (action: AskedAction) => async () =>
    (await import("../../editParts.ts")).runEditorAction({ services, panel }, action);
  return {
    [COMMANDS.explain]: run("explain"),
    [COMMANDS.fix]: run("fix"),
    [COMMANDS.fixAll]: run("fix-all"),
    [COMMANDS.refactor]: run("refactor"),
    [COMMANDS.writeTests]: run("tests"),
    [COMMANDS.document]: run("document"),
    [COMMANDS.simplify]: run("simplify"),
    [COMMANDS.addTypes]: run("types"),
    [COMMANDS.reviewSelection]: run("review"),
    [COMMANDS.acceptProposal]: async () => (await services.proposals()).accept(),
    [COMMANDS.dropProposal]: async () => (await services.proposals()).drop(),
  };
}

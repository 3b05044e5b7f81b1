import { languages, window, workspace } from "vscode";
import { COMMANDS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";
import type { LazyChatPanel } from "../chat/chatFeature.ts";
import { PROVIDED_KINDS, codeActionProvider } from "./codeActionProvider.ts";
import { type TargetCode, targetCode } from "./targetCode.ts";

/** Explain (into the chat) and Fix (into a diff), from the light bulb, the context menu and the command palette. */
export function startCodeActions(services: ExtensionServices, panel: LazyChatPanel): CommandTable {
  services.disposables.add(
    languages.registerCodeActionsProvider({ scheme: "*" }, codeActionProvider, {
      providedCodeActionKinds: PROVIDED_KINDS,
    }),
  );
  return {
    [COMMANDS.explain]: () => withTarget((target) => explain(panel, target)),
    [COMMANDS.fix]: () => withTarget(async (target) => (await services.proposals()).propose(target)),
    [COMMANDS.acceptProposal]: async () => (await services.proposals()).accept(),
    [COMMANDS.dropProposal]: async () => (await services.proposals()).drop(),
  };
}

async function explain(panel: LazyChatPanel, { context }: TargetCode): Promise<void> {
  const text =
    context.diagnostics.length === 0
      ? "Explain this code."
      : `Explain this code and its problems:\n${context.diagnostics.join("\n")}`;
  await (
    await panel.get()
  ).ask({ text, code: [{ ...context, diagnostics: [] }], surface: "explain", taskType: "explain" });
}

async function withTarget(action: (target: TargetCode) => Promise<void>): Promise<void> {
  const editor = window.activeTextEditor;
  const target = editor === undefined ? undefined : targetCode(editor);
  if (target !== undefined) return action(target);
  const why = workspace.isTrusted
    ? "Select some code first, or put the cursor on a problem."
    : "Waybill reads no files in Restricted Mode. Trust this workspace first.";
  await window.showInformationMessage(`${why} Nothing was sent.`);
}

import { type QuickPickItem, QuickPickItemKind, env, window } from "vscode";
import { plainOutput } from "../../../core/terminal/plainOutput.ts";
import { OutputTail } from "../../../core/terminal/outputTail.ts";
import { maskSecrets } from "../../../core/secrets/maskSecrets.ts";
import type { LazyChatPanel } from "../chat/chatFeature.ts";
import { isTrusted } from "../edits/writeGate.ts";
import type { FailedCommand, FailedCommands } from "./failedCommands.ts";

const MOST_COPIED_CHARACTERS = 16_384;
const COPIED = "Use What I Copied";

/** Asks in the chat about the last command that failed, or about what the person copied. */
export async function explainTerminalError(commands: FailedCommands, panel: LazyChatPanel): Promise<void> {
  if (!(await isTrusted("reads no terminal"))) return;
  const failed = commands.last();
  if (failed !== undefined) return ask(panel, labelOf(failed), sentText(failed.output));
  const choice = await window.showInformationMessage(
    "VS Code has told of no failed command here: shell integration may be off in this terminal. Nothing was sent. To ask about an " +
      "error all the same, select it in the terminal and copy it first.",
    COPIED,
  );
  if (choice !== COPIED) return;
  const copied = new OutputTail(MOST_COPIED_CHARACTERS);
  copied.push(await env.clipboard.readText());
  const text = sentText(copied.text());
  if (text === "") {
    void window.showInformationMessage("Nothing is copied, so nothing was sent. Copy the error in the terminal first.");
    return;
  }
  if (await isAgreedTo(text)) await ask(panel, "Terminal (copied)", text);
}

/** What is copied may be anything, so the person sees all that would be sent before it is. */
async function isAgreedTo(text: string): Promise<boolean> {
  const lines = text.split("\n");
  const count = lines.length === 1 ? "this line" : `these ${lines.length} lines`;
  const picked = await window.showQuickPick<QuickPickItem>(
    [
      { label: `$(send) Ask about ${count}` },
      { label: "All that is sent, with known forms of secrets masked", kind: QuickPickItemKind.Separator },
      // A name in brackets would be shown as an icon.
      ...lines.map((line) => ({ label: line.replaceAll("$(", "$ (") })),
    ],
    {
      title: "Waybill: Explain What You Copied",
      placeHolder: "Enter asks, Escape sends nothing",
      ignoreFocusOut: true,
    },
  );
  return picked !== undefined;
}

function sentText(output: string): string {
  return maskSecrets(plainOutput(output));
}

async function ask(panel: LazyChatPanel, label: string, text: string): Promise<void> {
  const code = { kind: "terminal", label, languageId: "text", text, diagnostics: [] } as const;
  await (
    await panel.get()
  ).ask({
    text: "Explain this error and how to get rid of it.",
    code: [code],
    surface: "terminal",
    taskType: "explain",
  });
}

function labelOf({ commandLine, exitCode }: FailedCommand): string {
  const command = maskSecrets(plainOutput(commandLine).replaceAll(/\s+/g, " "));
  const shown = command.length > MOST_LABEL ? `${command.slice(0, MOST_LABEL).toWellFormed()}…` : command;
  return `Terminal: ${shown} (exit code ${exitCode})`;
}

const MOST_LABEL = 60;

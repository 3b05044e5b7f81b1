import { window } from "vscode";
import { type TerminalText, terminalText } from "../../../../core/edits/terminalText.ts";
import { isTrusted } from "../../edits/writeGate.ts";

/** Pastes a command into the terminal, without Enter. Several lines are shown first: a terminal runs all but the last at once. */
export async function pasteIntoTerminal(code: string): Promise<boolean> {
  if (!(await isTrusted("uses no terminal"))) return false;
  const command = terminalText(code);
  if (command.kind === "refuse") {
    void window.showWarningMessage(`${REFUSALS[command.why]} Nothing was pasted; copy it instead after reading it.`);
    return false;
  }
  if (command.lines > 1 && !(await isConfirmed(command))) return false;
  const active = window.activeTerminal;
  const terminal = active === undefined || active.exitStatus !== undefined ? window.createTerminal() : active;
  terminal.show();
  terminal.sendText(command.text, false);
  return true;
}

const REFUSALS: Readonly<Record<Extract<TerminalText, { kind: "refuse" }>["why"], string>> = {
  empty: "There is no command in this block.",
  hidden: "This block holds invisible characters, which could run something else than what you see.",
  long: "This block is too long to be looked through in a dialog.",
};

async function isConfirmed({ text, lines }: Extract<TerminalText, { kind: "paste" }>): Promise<boolean> {
  const sentence = `Paste ${lines} lines into the terminal? Each but the last runs at once.`;
  return (await window.showWarningMessage(sentence, { modal: true, detail: text }, "Paste")) === "Paste";
}

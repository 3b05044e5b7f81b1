/** A command of an answer, ready to be pasted into a terminal. */
export type TerminalText =
  | { readonly kind: "paste"; readonly text: string; readonly lines: number }
  /** `hidden`: it holds signs that a terminal acts on or that hide what it does. `long`: too long to be looked through. */
  | { readonly kind: "refuse"; readonly why: "empty" | "hidden" | "long" };

/** What a dialog can show whole. */
const MAX_LINES = 30;
const MAX_CHARACTERS = 3_000;

/** Control characters act like keys (Enter, Escape, Ctrl+C); signs without a width or of the writing direction hide text. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/**
 * Without the line end at its end, which would run it, and without the prompts of a shown session (`$ npm test`), whose
 * output is left out. Tabs would ask the shell for completion, so they become blanks.
 */
export function terminalText(code: string): TerminalText {
  const lines = code
    .replaceAll(/\r\n?/gu, "\n")
    .replaceAll("\t", "    ")
    .split("\n")
    .map((line) => line.trimEnd());
  const commands = withoutPrompts(lines)
    .join("\n")
    .replaceAll(/^\n+|\n+$/gu, "");
  if (commands.trim() === "") return { kind: "refuse", why: "empty" };
  if (HIDDEN.test(commands.replaceAll("\n", ""))) return { kind: "refuse", why: "hidden" };
  const count = commands.split("\n").length;
  if (count > MAX_LINES || commands.length > MAX_CHARACTERS) return { kind: "refuse", why: "long" };
  return { kind: "paste", text: commands, lines: count };
}

function withoutPrompts(lines: readonly string[]): readonly string[] {
  const isSession = /^[$>] \S/u.test(lines.find((line) => line !== "") ?? "");
  return isSession ? lines.filter((line) => /^[$>] \S/u.test(line)).map((line) => line.slice(2)) : lines;
}

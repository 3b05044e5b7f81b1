const [BELL, ESCAPE] = [String.fromCodePoint(7), String.fromCodePoint(27)];
/** Sequences that a terminal acts on: with parameters, of the system (titles, links, marks), and of two signs. */
const SEQUENCES = new RegExp(
  String.raw`${ESCAPE}\[[0-?]*[ -/]*[@-~]|${ESCAPE}[\]PX^_][^${BELL}${ESCAPE}]*(?:${BELL}|${ESCAPE}\\|$)|${ESCAPE}[ -/]*[0-~]`,
  "g",
);
const UNSEEN = /[^\P{Cc}\n\t]/gu;

/** What a person would see of a terminal's output: no colours, no cursor, and of lines that were written over the last. */
export function plainOutput(output: string): string {
  const lines = output
    .replaceAll(SEQUENCES, "")
    .replaceAll("\r\n", "\n")
    .split("\n")
    .map((line) => lastWritten(line).replaceAll(UNSEEN, "").trimEnd());
  return lines
    .join("\n")
    .replaceAll(/\n{4,}/g, "\n\n\n")
    .trim()
    .toWellFormed();
}

/** A carriage return begins the line afresh, as progress bars do. */
function lastWritten(line: string): string {
  const parts = line.split("\r").filter((part) => part !== "");
  return parts.at(-1) ?? "";
}

import { indentationOf } from "../edits/reindentCode.ts";

/**
 * Models like to begin an answer at the left edge. Gives the lines of an answer the indentation that its first line lacks beside
 * the code it stands for; called with the lines as they come.
 */
export class IndentAs {
  readonly #wanted: string;
  /** What every line lacks, once the first line with text has come. */
  #lacking: string | undefined;

  constructor(code: readonly string[]) {
    this.#wanted = indentationOf(code.find(hasText) ?? code[0] ?? "");
  }

  line(line: string): string {
    if (!hasText(line)) return line;
    this.#lacking ??= this.#lackingIn(line);
    return this.#lacking + line;
  }

  /** The line that is still arriving; its indentation may not be whole. */
  open(line: string): string {
    return hasText(line) ? (this.#lacking ?? this.#lackingIn(line)) + line : line;
  }

  #lackingIn(line: string): string {
    const has = indentationOf(line);
    return has === "" ? this.#wanted : "";
  }
}

function hasText(line: string): boolean {
  return line.trim() !== "";
}

/** Lines of a code block that became whole, and what there is of the next one. */
export interface ArrivedLines {
  readonly lines: readonly string[];
  readonly open: string;
}

const OPENING_FENCE = /^[ \t]*(`{3,}|~{3,})/u;

/**
 * Reads the lines of the first fenced block out of an answer while it arrives; each character is read once. What it finds is
 * what `readCodeBlock` finds in the whole answer.
 */
export class BlockLines {
  /** The last line of the answer, while it is not whole. */
  #line = "";
  /** The opening fence, once there is one. */
  #fence: string | undefined;
  /** The closing fence has come. */
  #isClosed = false;

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Whether a block has begun. */
  get hasBegun(): boolean {
    return this.#fence !== undefined;
  }

  push(text: string): ArrivedLines {
    const pieces = text.split("\n");
    const last = pieces.pop() ?? "";
    const lines: string[] = [];
    for (const piece of pieces) {
      this.#take(this.#line + piece, lines);
      this.#line = "";
    }
    this.#line += last;
    return { lines, open: this.#openLine() };
  }

  /** The answer is whole; its last line may have no end. */
  end(): ArrivedLines {
    const lines: string[] = [];
    if (this.#line !== "") this.#take(this.#line, lines);
    this.#line = "";
    return { lines, open: "" };
  }

  #take(raw: string, lines: string[]): void {
    const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    if (this.#isClosed) return;
    if (this.#fence === undefined) this.#fence = OPENING_FENCE.exec(line)?.[1];
    else if (this.#closes(line)) this.#isClosed = true;
    else lines.push(line);
  }

  #closes(line: string): boolean {
    const text = line.trim();
    return text.length >= (this.#fence?.length ?? 0) && this.#isOfFence(text);
  }

  /** A line of only fence characters may be a closing fence that is still arriving: it is not shown as code. */
  #openLine(): string {
    if (this.#fence === undefined || this.#isClosed || this.#isOfFence(this.#line.trim())) return "";
    return this.#line.endsWith("\r") ? this.#line.slice(0, -1) : this.#line;
  }

  #isOfFence(text: string): boolean {
    return text.replaceAll(this.#fence?.[0] ?? "`", "") === "";
  }
}

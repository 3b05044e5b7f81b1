import type { MarkdownIt, Token } from "markdown-it";

/** `closed`: whole blocks that no later text can change. `open`: the last block, which may still grow. */
export interface Split {
  readonly closed: string;
  readonly open: string;
}

/**
 * Cuts a growing Markdown text into finished top-level blocks and the open one. Only the open block is looked at again,
 * and only when a line was completed: half a line can still change what the lines before it are (`#` or `#foo`).
 */
export class BlockSplitter {
  readonly #markdown: MarkdownIt;
  #open = "";
  /** A carriage return at the end of a piece may be half of a line end. */
  #heldReturn = "";

  constructor(markdown: MarkdownIt) {
    this.#markdown = markdown;
  }

  push(piece: string): Split {
    const raw = this.#heldReturn + piece;
    this.#heldReturn = raw.endsWith("\r") ? "\r" : "";
    const added = raw.slice(0, raw.length - this.#heldReturn.length).replaceAll(/\r\n?/gu, "\n");
    this.#open += added;
    const boundary = added.includes("\n") ? this.#findBoundary() : 0;
    const closed = this.#open.slice(0, boundary);
    this.#open = this.#open.slice(boundary);
    return { closed, open: this.#open };
  }

  /** To be called when the text is complete. */
  end(): Split {
    return this.push(this.#heldReturn === "" ? "" : "\n");
  }

  /** Offset in the open text where its last block begins. */
  #findBoundary(): number {
    const complete = this.#open.slice(0, this.#open.lastIndexOf("\n") + 1);
    const tokens: Token[] = [];
    this.#markdown.block.parse(complete, this.#markdown, {}, tokens);
    const last = tokens.findLast((token) => token.level === 0 && token.nesting !== -1 && token.map !== null);
    return offsetOfLine(complete, last?.map?.[0] ?? 0);
  }
}

function offsetOfLine(text: string, line: number): number {
  let offset = 0;
  for (let count = 0; count < line; count += 1) offset = text.indexOf("\n", offset) + 1;
  return offset;
}

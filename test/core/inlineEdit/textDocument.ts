import {
  type DocumentShape,
  type TextReplacement,
  editsOfSplices,
} from "../../../src/core/inlineEdit/editsOfSplices.ts";
import type { LineSplice } from "../../../src/core/inlineEdit/lineSplice.ts";

/** A document as the editor has it: text with one kind of line end. */
export class TextDocument {
  readonly eol: string;
  #text: string;

  constructor(text: string, eol: string) {
    this.#text = text;
    this.eol = eol;
  }

  get text(): string {
    return this.#text;
  }

  lines(): readonly string[] {
    return this.#text.split(this.eol);
  }

  /** Edits that do not touch, in places of before. */
  edit(edits: readonly TextReplacement[]): void {
    const lines = this.lines();
    const offset = ({ line, character }: TextReplacement["start"]) =>
      lines.slice(0, line).reduce((sum, each) => sum + each.length + this.eol.length, 0) + character;
    const placed = edits.map(({ start, end, text }) => ({ from: offset(start), to: offset(end), text }));
    // Of two at one place the editor puts the first one first.
    for (const { from, to, text } of placed.toSorted((left, right) => left.from - right.from).toReversed())
      this.#text = this.#text.slice(0, from) + text + this.#text.slice(to);
  }

  splice(splices: readonly LineSplice[], firstLine: number): void {
    const lines = this.lines();
    const shape: DocumentShape = {
      lineCount: lines.length,
      lengthOf: (line) => lines[line]?.length ?? 0,
      eol: this.eol,
    };
    this.edit(editsOfSplices(splices, firstLine, shape));
  }
}

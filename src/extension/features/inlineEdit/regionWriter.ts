import {
  type TextDocument,
  type TextDocumentChangeEvent,
  type TextDocumentContentChangeEvent,
  EndOfLine,
  Range,
  TextEdit,
  type TextEditor,
  window,
} from "vscode";
import { editsOfSplices } from "../../../core/inlineEdit/editsOfSplices.ts";
import type { InlineReview } from "../../../core/inlineEdit/inlineReview.ts";
import { type LineSplice, spliceBetween } from "../../../core/inlineEdit/lineSplice.ts";
import { replaceRanges } from "../edits/replaceRanges.ts";

/** Tries to write what a fast typist keeps overtaking. */
const MOST_TRIES = 10;

/**
 * Keeps the document as its review says, one edit at a time, all of them one step of the undo stack while nobody else edits.
 * While no editor shows the document nothing is written; the review goes on, and the document catches up.
 */
export class RegionWriter {
  readonly #document: TextDocument;
  readonly #review: InlineReview;
  readonly #onConflict: () => void;
  /** Edits are made one after the other. */
  #last: Promise<void> = Promise.resolve();
  /** Changes that came while an edit was under way, with its own among them. */
  #arrived: TextDocumentChangeEvent[] | undefined;
  /** Lines of the region in the document; others than the review has when it is behind. */
  #lines: number;
  #isBehind = false;
  /** The region is all of the document, which has a line even without any text. */
  #isWhole: boolean;
  /** Somebody else makes the next edit for us. */
  #isHandedOver = false;
  #hasWritten = false;
  #hasForeign = false;
  #isClosed = false;
  #isUnwritable = false;

  constructor(document: TextDocument, review: InlineReview, onConflict: () => void) {
    this.#document = document;
    this.#review = review;
    this.#onConflict = onConflict;
    this.#lines = review.lineCount;
    this.#isWhole = review.lineCount === document.lineCount;
  }

  /** Somebody else has changed the document since. */
  get hasForeign(): boolean {
    return this.#hasForeign;
  }

  get hasWritten(): boolean {
    return this.#hasWritten;
  }

  /** The editor takes no change of this document. */
  get isUnwritable(): boolean {
    return this.#isUnwritable;
  }

  /** The steps of the undo stack are not what they would be without others: Undo is no way back any more. */
  forgetHistory(): void {
    this.#hasForeign = true;
  }

  /** Something is being written at this moment. */
  get isBusy(): boolean {
    return this.#arrived !== undefined;
  }

  /** Changes the review and then the document; `change` gives the splices of the region. Never rejects. */
  write(change: () => readonly LineSplice[]): Promise<void> {
    this.#last = this.#last.then(async () => {
      if (!this.#isClosed) await this.#write(change());
    });
    return this.#last;
  }

  /** After the document is shown again, or when an edit did not come through. */
  catchUp(): Promise<void> {
    return this.write(() => []);
  }

  /** Nothing more is written, and changes are nobody's concern. Resolves when the last edit is through. */
  close(): Promise<void> {
    this.#isClosed = true;
    return this.#last;
  }

  /** To be told of every change of the document. */
  note(event: TextDocumentChangeEvent): void {
    if (this.#isClosed || event.contentChanges.length === 0) return;
    if (this.#isHandedOver && this.#isAsReviewed()) {
      this.#isHandedOver = false;
      this.#noteWritten();
      return;
    }
    if (this.#arrived !== undefined) this.#arrived.push(event);
    else this.#takeForeign(event.contentChanges);
  }

  /** The region's lines as they are in the document. */
  linesNow(): readonly string[] {
    const { firstLine } = this.#review;
    const end = Math.min(firstLine + Math.max(this.#lines, this.#isWhole ? 1 : 0), this.#document.lineCount);
    return Array.from(
      { length: Math.max(0, end - firstLine) },
      (_, line) => this.#document.lineAt(firstLine + line).text,
    );
  }

  /** What makes the region as it is now into these lines. */
  editsTo(lines: readonly string[]): readonly TextEdit[] {
    const splice = spliceBetween(this.linesNow(), lines);
    return splice === undefined ? [] : this.edits([splice]);
  }

  edits(splices: readonly LineSplice[]): readonly TextEdit[] {
    return textEdits(this.#document, splices, this.#review.firstLine);
  }

  /** Somebody else makes the document as the review says, so that this is no foreign change when it comes. */
  handOver(): readonly TextEdit[] {
    const edits = this.editsTo(this.#review.mergedLines());
    this.#isHandedOver = edits.length > 0;
    this.#isBehind = edits.length > 0;
    if (edits.length === 0) this.#noteWritten();
    return edits;
  }

  #noteWritten(): void {
    this.#lines = this.#review.lineCount;
    this.#isBehind = false;
    this.#noteWhole();
  }

  #noteWhole(): void {
    if (this.#lines > 0) this.#isWhole = this.#lines === this.#document.lineCount;
  }

  async #write(splices: readonly LineSplice[]): Promise<void> {
    if (this.#isBehind || !(await this.#edit(this.edits(splices)))) await this.#synchronise();
  }

  async #synchronise(): Promise<void> {
    this.#isBehind = true;
    for (let tries = 0; tries < MOST_TRIES && this.#isBehind && !this.#isClosed; tries += 1) {
      if (editorOf(this.#document) === undefined || this.#isUnwritable) return;
      await this.#edit(this.editsTo(this.#review.mergedLines()));
    }
  }

  /** `false` when the document changed meanwhile, or nothing shows it: then it is as others left it. */
  async #edit(edits: readonly TextEdit[]): Promise<boolean> {
    if (edits.length === 0) {
      this.#noteWritten();
      return true;
    }
    const editor = editorOf(this.#document);
    if (editor === undefined) return false;
    this.#arrived = [];
    const { version } = this.#document;
    const isApplied = await apply(editor, edits, !this.#hasWritten).then(undefined, () => false);
    const arrived = this.#arrived;
    this.#arrived = undefined;
    const isOwn = isApplied && arrived.length > 0;
    if (isApplied && this.#document.version === version) this.#isUnwritable = true;
    this.#isBehind = !isOwn;
    if (isOwn) {
      this.#hasWritten = true;
      this.#noteWritten();
    }
    for (const { contentChanges } of isOwn ? arrived.slice(1) : arrived) this.#takeForeign(contentChanges);
    return isOwn;
  }

  #takeForeign(changes: readonly TextDocumentContentChangeEvent[]): void {
    this.#hasForeign = true;
    let hasConflict = false;
    const bottomUp = changes.toSorted((left, right) => right.range.start.compareTo(left.range.start));
    for (const { range, text } of bottomUp) {
      const outcome = this.#isBehind
        ? this.#takeWhileBehind(range, text)
        : this.#review.foreign({ ...placesOf(range), text });
      hasConflict ||= outcome === "conflict";
      if (!this.#isBehind) this.#lines = this.#review.lineCount;
    }
    this.#noteWhole();
    if (hasConflict) this.#onConflict();
  }

  /** The document lacks what the review has, so only what is outside the region can be told for certain. */
  #takeWhileBehind(range: Range, text: string): "moved" | "conflict" {
    const last = this.#review.firstLine + this.#lines;
    const isOutside = range.end.line < this.#review.firstLine || range.start.line >= last;
    if (!isOutside) {
      this.#lines += text.split("\n").length - 1 - (range.end.line - range.start.line);
      this.#review.giveUp(this.linesNow());
      return "conflict";
    }
    const { start, end } = placesOf(range);
    const by = range.start.line >= last ? this.#review.lineCount - this.#lines : 0;
    this.#review.foreign({
      start: { ...start, line: start.line + by },
      end: { ...end, line: end.line + by },
      text,
    });
    return "moved";
  }

  #isAsReviewed(): boolean {
    const { firstLine } = this.#review;
    return this.#review
      .mergedLines()
      .every(
        (line, at) => firstLine + at < this.#document.lineCount && this.#document.lineAt(firstLine + at).text === line,
      );
  }
}

export function editorOf(document: TextDocument): TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = window;
  if (activeTextEditor?.document === document) return activeTextEditor;
  return visibleTextEditors.find((editor) => editor.document === document);
}

/** Splices of whole lines, `firstLine` being their line 0, as edits of a document. */
export function textEdits(
  document: TextDocument,
  splices: readonly LineSplice[],
  firstLine: number,
): readonly TextEdit[] {
  const shape = {
    lineCount: document.lineCount,
    lengthOf: (line: number) => document.lineAt(line).text.length,
    eol: document.eol === EndOfLine.CRLF ? "\r\n" : "\n",
  };
  return editsOfSplices(splices, firstLine, shape).map(
    ({ start, end, text }) => new TextEdit(new Range(start.line, start.character, end.line, end.character), text),
  );
}

/** Only the first edit begins a step of the undo stack. */
function apply(editor: TextEditor, edits: readonly TextEdit[], isFirst: boolean): Thenable<boolean> {
  return replaceRanges(editor, edits, { undoStopBefore: isFirst, undoStopAfter: false });
}

function placesOf({ start, end }: Range) {
  return {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
}

import { type ForeignChange, type LineChange, linesOfChange } from "./foreignChange.ts";
import { LineAligner } from "./lineAligner.ts";
import { type LineSplice, SpliceBatch, spliceBetween } from "./lineSplice.ts";
import {
  type HunkPiece,
  type Piece,
  type ShownHunk,
  alignAnew,
  appendKept,
  baseLinesOf,
  decideHunks,
  decidedLines,
  isUndecided,
  proposedLines,
  shareOfAccepted,
  shownCount,
  shownHunks,
  shownLines,
  splicesOfDecided,
  withKeptChange,
} from "./reviewPieces.ts";

export interface ReviewOptions {
  /** Line of the document at which the region begins. */
  readonly firstLine: number;
  /** What arrives stands instead of all lines: none of them is looked for in it. */
  readonly replacesAll?: boolean;
}

/** `moved`: outside the region; `kept`: on lines that stay; `conflict`: in a change under way, which is over with that. */
export type ForeignOutcome = "moved" | "kept" | "conflict";

/**
 * Whole lines of a document that are being replaced, while the replacement arrives and the person decides on its changes. The
 * document shows kept, removed and added lines together; every method that changes what it shows says with which splices
 * (lines of the region, from 0, all to be made at once). Work for a chunk of the answer grows with the chunk alone.
 */
export class InlineReview {
  #base: readonly string[];
  #aligner: LineAligner;
  readonly #replacesAll: boolean;
  #firstLine: number;
  #pieces: Piece[] = [];
  /** Lines of the base that stand in pieces; the others have not been reached. */
  #reached = 0;
  /** Lines of the document that belong to pieces, the unfinished line not counted. */
  #shown = 0;
  /** The last piece, while the answer adds to it. */
  #open: HunkPiece | undefined;
  /** The line that is still arriving, where it is shown. It stands below the open hunk. */
  #unfinished: string | undefined;
  #hasEnded = false;
  /** The document shows the decided lines only, and changes that wait are kept here. */
  #isParked = false;
  #lastId = 0;

  constructor(base: readonly string[], { firstLine, replacesAll = false }: ReviewOptions) {
    this.#base = base;
    this.#firstLine = firstLine;
    this.#replacesAll = replacesAll;
    this.#aligner = new LineAligner(replacesAll ? [] : base);
  }

  get firstLine(): number {
    return this.#firstLine;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get isParked(): boolean {
    return this.#isParked;
  }

  /** Lines of the region as the document shows it. */
  get lineCount(): number {
    if (this.#isParked) return this.decidedLines().length;
    return this.#shown + (this.#unfinished === undefined ? 0 : 1) + this.#base.length - this.#reached;
  }

  /** More of the answer: lines that are whole, and as much as there is of the next one. */
  push(lines: readonly string[], open = ""): readonly LineSplice[] {
    const batch = new SpliceBatch();
    if (this.#hasEnded) return [];
    this.#hideUnfinished(batch);
    for (const line of lines) this.#take(line, batch);
    this.#showUnfinished(open, batch);
    return this.#isParked ? [] : batch.splices();
  }

  /** The answer is whole: what it did not name is removed, and the changes that nobody has decided on are aligned anew. */
  end(): readonly LineSplice[] {
    if (this.#hasEnded) return [];
    this.#hasEnded = true;
    const before = this.mergedLines();
    const batch = new SpliceBatch();
    this.#hideUnfinished(batch);
    this.#closeHunk(this.#base.length, batch);
    this.#reached = this.#base.length;
    if (!this.#replacesAll) this.#pieces = this.#alignedAnew();
    const after = this.#pieces.flatMap(shownLines);
    this.#shown = after.length;
    const splice = spliceBetween(before, after);
    return splice === undefined || this.#isParked ? [] : [splice];
  }

  /** Another answer follows: all of this one is taken out, but for the first lines that it kept. */
  restart(kept: number): readonly LineSplice[] {
    const before = this.mergedLines();
    const base = this.baseLines();
    if (this.#hasEnded) return [];
    this.#pieces = [];
    this.#shown = 0;
    this.#reached = 0;
    this.#open = undefined;
    this.#unfinished = undefined;
    this.#replaceBase(base);
    this.push(base.slice(0, kept));
    const splice = spliceBetween(before, this.mergedLines());
    return splice === undefined ? [] : [splice];
  }

  /** Takes what nobody has decided on out of the document, so that it can be saved. */
  park(): readonly LineSplice[] {
    return this.#setParked(true);
  }

  /** The document shows the changes again. */
  unpark(): readonly LineSplice[] {
    return this.#setParked(false);
  }

  accept(ids: readonly number[]): readonly LineSplice[] {
    return this.#decide(ids, "accepted");
  }

  reject(ids: readonly number[]): readonly LineSplice[] {
    return this.#decide(ids, "rejected");
  }

  /** Somebody else changed the document. After a conflict the region has one piece, and nothing of the answer is added any more. */
  foreign(change: ForeignChange): ForeignOutcome {
    const { first, end, lines } = linesOfChange(change, (line) => this.#lineAt(line - this.#firstLine));
    const grown = lines.length - (end - first);
    const last = this.#firstLine + this.lineCount;
    if (end <= this.#firstLine) {
      this.#firstLine += grown;
      return "moved";
    }
    if (first >= last) return "moved";
    const local: LineChange = { first: first - this.#firstLine, end: end - this.#firstLine, lines };
    if (!this.#isParked && first >= this.#firstLine && end <= last && this.#keep(local)) return "kept";
    this.#tear(local);
    return "conflict";
  }

  /** The changes, top to bottom. */
  hunks(): readonly ShownHunk[] {
    return shownHunks(this.#pieces, { open: this.#open, hasUnfinished: this.#unfinished !== undefined });
  }

  /** What the document shows. */
  mergedLines(): readonly string[] {
    if (this.#isParked) return this.decidedLines();
    const unfinished = this.#unfinished === undefined ? [] : [this.#unfinished];
    return [...this.#pieces.flatMap(shownLines), ...unfinished, ...this.#base.slice(this.#reached)];
  }

  /** Without the edit, but with what the person wrote on lines that stay. */
  baseLines(): readonly string[] {
    return [...this.#pieces.flatMap(baseLinesOf), ...this.#base.slice(this.#reached)];
  }

  /** With the accepted changes only. */
  decidedLines(): readonly string[] {
    return [...this.#pieces.flatMap(decidedLines), ...this.#base.slice(this.#reached)];
  }

  /** With every change that is not rejected. */
  proposedLines(): readonly string[] {
    return [...this.#pieces.flatMap(proposedLines), ...this.#base.slice(this.#reached)];
  }

  /** What makes the lines of before into the decided ones. */
  decidedSplices(): readonly LineSplice[] {
    return splicesOfDecided(this.#pieces);
  }

  /** These lines are in the document, and nothing more is to be made of them. */
  giveUp(shown: readonly string[]): void {
    this.#pieces = [{ kind: "torn", base: this.baseLines(), decided: this.decidedLines(), shown }];
    this.#shown = shown.length;
    this.#reached = this.#base.length;
    this.#open = undefined;
    this.#unfinished = undefined;
    this.#hasEnded = true;
    this.#isParked = false;
  }

  /** Lines removed and added by accepted changes, of those by all changes. */
  acceptedShare(): { readonly accepted: number; readonly all: number } {
    return shareOfAccepted(this.#pieces);
  }

  #setParked(isParked: boolean): readonly LineSplice[] {
    const before = this.mergedLines();
    this.#isParked = isParked;
    const splice = spliceBetween(before, this.mergedLines());
    return splice === undefined ? [] : [splice];
  }

  /** What was typed on lines that stay is part of it. */
  #replaceBase(base: readonly string[]): void {
    this.#base = base;
    this.#aligner = new LineAligner(this.#replacesAll ? [] : base);
  }

  #take(line: string, batch: SpliceBatch): void {
    const added = this.#open?.added.length ?? 0;
    const place = this.#aligner.find(line, this.#reached, added);
    if (place === undefined) {
      this.#openHunk().added.push(line);
      batch.add({ at: this.#shown, remove: 0, insert: [line] });
    } else {
      this.#closeHunk(place, batch);
      appendKept(this.#pieces, line);
      this.#reached = place + 1;
    }
    this.#shown += 1;
  }

  #openHunk(): HunkPiece {
    this.#open ??= this.#newHunk([]);
    return this.#open;
  }

  #newHunk(removed: readonly string[]): HunkPiece {
    const hunk: HunkPiece = { kind: "hunk", id: this.#newId(), removed, added: [], state: "pending" };
    this.#pieces.push(hunk);
    return hunk;
  }

  /** The lines up to `place` are removed. The added ones stood above them while nobody knew which those are. */
  #closeHunk(place: number, batch: SpliceBatch): void {
    const removed = this.#base.slice(this.#reached, place);
    const open = this.#open;
    this.#open = undefined;
    this.#reached = place;
    this.#shown += removed.length;
    if (open === undefined) {
      if (removed.length > 0) this.#newHunk(removed);
      return;
    }
    if (removed.length === 0) return;
    const { added } = open;
    this.#pieces[this.#pieces.length - 1] = { ...open, removed };
    const at = this.#shown - removed.length - added.length;
    batch.add({ at, remove: added.length + removed.length, insert: [...removed, ...added] });
  }

  #hideUnfinished(batch: SpliceBatch): void {
    if (this.#unfinished !== undefined) batch.add({ at: this.#shown, remove: 1, insert: [] });
    this.#unfinished = undefined;
  }

  /** Only where it cannot become a line that stays. */
  #showUnfinished(line: string, batch: SpliceBatch): void {
    const next = this.#base[this.#reached];
    if (line.trim() === "" || next?.startsWith(line) === true) return;
    if (next === undefined) this.#openHunk();
    if (this.#open === undefined) return;
    this.#unfinished = line;
    batch.add({ at: this.#shown, remove: 0, insert: [line] });
  }

  #decide(ids: readonly number[], state: "accepted" | "rejected"): readonly LineSplice[] {
    const open = this.#open;
    const splices = decideHunks(this.#pieces, { ids: new Set(ids), state, open });
    for (const { remove } of splices) this.#shown -= remove;
    return this.#isParked ? [] : splices;
  }

  /** A run between decided changes is aligned for itself, so that those stay what they are. */
  #alignedAnew(): Piece[] {
    const aligned: Piece[] = [];
    let run: Piece[] = [];
    const newId = () => this.#newId();
    for (const piece of this.#pieces) {
      if (isUndecided(piece)) run.push(piece);
      else {
        aligned.push(...alignAnew(run, newId), piece);
        run = [];
      }
    }
    return [...aligned, ...alignAnew(run, newId)];
  }

  /** `false` where it is not on lines that stay. What has not been reached is under way as a whole. */
  #keep(change: LineChange): boolean {
    const pieces = change.end > this.#shown ? undefined : withKeptChange(this.#pieces, change);
    if (pieces === undefined) return false;
    this.#pieces = pieces;
    this.#shown += change.lines.length - (change.end - change.first);
    return true;
  }

  /** Lines that reach over the region's border are the document's, no longer the region's. */
  #tear({ first, end, lines }: LineChange): void {
    const merged = this.mergedLines();
    const isWithin = first >= 0 && end <= merged.length;
    const shown = [...merged.slice(0, Math.max(0, first)), ...(isWithin ? lines : []), ...merged.slice(end)];
    if (first < 0) this.#firstLine += first + lines.length;
    this.giveUp(shown);
  }

  #lineAt(line: number): string {
    if (line < 0 || line >= this.lineCount) return "";
    if (this.#isParked) return this.decidedLines()[line] ?? "";
    let first = 0;
    for (const piece of this.#pieces) {
      const count = shownCount(piece);
      if (line < first + count) return shownLines(piece)[line - first] ?? "";
      first += count;
    }
    const below = line - this.#shown;
    if (this.#unfinished === undefined) return this.#base[this.#reached + below] ?? "";
    return below === 0 ? this.#unfinished : (this.#base[this.#reached + below - 1] ?? "");
  }

  #newId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}

import {
  EndOfLine,
  type TextDocument,
  type TextDocumentChangeEvent,
  type TextEditor,
  Selection,
  TextEditorRevealType,
  window,
} from "vscode";
import { IndentAs } from "../../../core/inlineEdit/indentAs.ts";
import { BlockLines } from "../../../core/inlineEdit/blockLines.ts";
import { InlineReview } from "../../../core/inlineEdit/inlineReview.ts";
import type { ShownHunk } from "../../../core/inlineEdit/reviewPieces.ts";
import type { ModelChoice } from "../../../core/routing/routeDecision.ts";
import { receiptLine } from "../../../core/waybill/receiptLine.ts";
import type { TurnEvent } from "../../../turn/turnEvent.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { type TurnAnswer, readTurn } from "../../platform/readTurn.ts";
import { type Conclusion, keepDecided, takeBack } from "./concludeRegion.ts";
import type { InlineTarget } from "./inlineTarget.ts";
import { type InlineWish, inlineOrder } from "./inlineOrder.ts";
import { RegionWriter, editorOf } from "./regionWriter.ts";

/** `writing`: the answer arrives; `reviewing`: it is whole and its changes wait; `over`: the document is the person's alone. */
export type SessionPhase = "writing" | "reviewing" | "over";

/** Where the new lines come from. */
export type LineSource =
  | { readonly kind: "asked"; readonly wish: InlineWish }
  /** Code of an answer that was there before; what becomes of it is a verdict on the turn that wrote it, where that is known. */
  | { readonly kind: "offered"; readonly lines: readonly string[]; readonly turnId: string | undefined };

export interface SessionPorts {
  /** Something that is shown has changed. */
  readonly changed: (session: InlineSession) => void;
  /** The person edited what is being changed. */
  readonly conflict: (session: InlineSession) => void;
  /** The person took everything back with Undo. */
  readonly undone: (session: InlineSession) => void;
}

/** Chunks of an answer are put together for so long, about one frame. */
const FRAME_MS = 16;

/** One change of a document that was asked for: it streams into the document and waits there for the person's word. */
export class InlineSession {
  readonly document: TextDocument;
  readonly source: LineSource;
  readonly review: InlineReview;
  readonly original: Conclusion["original"];
  readonly writer: RegionWriter;
  readonly #services: ExtensionServices;
  readonly #ports: SessionPorts;
  readonly #abort = new AbortController();
  readonly #target: InlineTarget;
  #block: BlockLines;
  #indent: IndentAs;
  /** Text that came and is not in the document. */
  #buffer = "";
  #timer: NodeJS.Timeout | undefined;
  /** By `performance.now()`; what comes after a pause need not wait for more. */
  #flushedAtMs = Number.NEGATIVE_INFINITY;
  #phase: SessionPhase = "writing";
  #status = "Choosing a model…";
  #ladder: readonly ModelChoice[] = [];
  #rung: ModelChoice | undefined;
  /** The person edited what is being changed: what is to stay is for them to say, and for nobody else. */
  #isTorn = false;
  answer: TurnAnswer | undefined;

  constructor(
    services: ExtensionServices,
    {
      target,
      editor,
      source,
    }: { readonly target: InlineTarget; readonly editor: TextEditor; readonly source: LineSource },
    ports: SessionPorts,
  ) {
    this.#services = services;
    this.#ports = ports;
    this.#target = target;
    this.document = target.document;
    this.source = source;
    this.original = { text: target.document.getText(), selections: editor.selections };
    // Selected lines would hide what is removed and added. The selection comes back when the edit is taken back.
    if (!editor.selection.isEmpty) editor.selection = new Selection(target.firstLine, 0, target.firstLine, 0);
    const replacesAll = target.kind === "generate" && !target.keepsLines;
    this.review = new InlineReview(target.lines, { firstLine: target.firstLine, replacesAll });
    if (target.kind === "generate" && target.keepsLines) this.review.push(target.lines);
    this.writer = new RegionWriter(this.document, this.review, () => this.#tear());
    this.#block = new BlockLines();
    this.#indent = new IndentAs(target.lines);
  }

  get phase(): SessionPhase {
    return this.#phase;
  }

  get isTorn(): boolean {
    return this.#isTorn;
  }

  /** What the model is doing, and what the answer cost once it is whole. */
  get status(): string {
    return this.#status;
  }

  get target(): InlineTarget {
    return this.#target;
  }

  /** What was asked for; `undefined` for code that was there before. */
  get wish(): InlineWish | undefined {
    return this.source.kind === "asked" ? this.source.wish : undefined;
  }

  /** The turn that wrote the code, once it is whole. */
  get turnId(): string | undefined {
    return this.source.kind === "offered" ? this.source.turnId : this.answer?.waybill?.turnId;
  }

  /** The model that answered, and those that would come after it. */
  get rungs(): { readonly rung: ModelChoice | undefined; readonly ladder: readonly ModelChoice[] } {
    return { rung: this.#rung, ladder: this.#ladder };
  }

  get pending(): readonly ShownHunk[] {
    return this.review.hunks().filter(({ state }) => state === "pending");
  }

  /** Puts the code into the document; `true` when it is whole and can be reviewed. What a model said is in `answer`. */
  run(): Promise<boolean> {
    return this.source.kind === "asked" ? this.#ask(this.source.wish) : this.#take(this.source.lines);
  }

  async #ask(wish: InlineWish): Promise<boolean> {
    const engine = await this.#services.engine.get();
    const events = engine.runTurn(inlineOrder(this.#target, wish), this.#abort.signal);
    this.answer = await readTurn(events, {
      doing: this.#target.kind === "generate" ? "is writing" : "is changing the code",
      report: (message) => this.#say(message),
      // Only what is new is aligned with the code.
      show: () => undefined,
      note: (event) => this.#note(event),
      noteWaybill: (waybill) => this.#services.spend.noteWaybill(waybill),
    });
    return this.#end(this.answer);
  }

  /** The answer is not wanted any more; what came of it stays until the end is told. */
  stop(): void {
    this.#abort.abort();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#buffer = "";
  }

  note(event: TextDocumentChangeEvent): void {
    const isHistory = event.reason !== undefined;
    if (isHistory && !this.writer.isBusy && this.writer.hasWritten && this.document.getText() === this.original.text) {
      this.#ports.undone(this);
      return;
    }
    this.writer.note(event);
    // An edit of ours tells when it is through; to show everything twice would double its work.
    if (!this.writer.isBusy) this.#ports.changed(this);
  }

  async decide(isAccepted: boolean, ids: readonly number[]): Promise<void> {
    await this.writer.write(() => (isAccepted ? this.review.accept(ids) : this.review.reject(ids)));
  }

  /** The document holds nothing of ours but what was accepted. `false` when the editor did not take the change. */
  async finish(how: "decided" | "original"): Promise<boolean> {
    this.stop();
    this.#phase = "over";
    const { document, review, writer, original } = this;
    const conclusion: Conclusion = { document, review, writer, original };
    return how === "decided" ? keepDecided(conclusion) : takeBack(conclusion);
  }

  /** What is in the document is the person's from now on. */
  async leave(): Promise<void> {
    this.stop();
    this.#phase = "over";
    await this.writer.close();
  }

  /** The whole document, as it is now, with these lines in place of its region. */
  textWith(lines: readonly string[]): string {
    const eol = this.document.eol === EndOfLine.CRLF ? "\r\n" : "\n";
    const now = this.document.getText().split(eol);
    return now.toSpliced(this.review.firstLine, this.writer.linesNow().length, ...lines).join(eol);
  }

  /** The whole document with the changes that wait, after Undo has taken them out. */
  shownText(): string {
    const lines = this.original.text.split(/\r\n|\r|\n/u);
    const eol = this.document.eol === EndOfLine.CRLF ? "\r\n" : "\n";
    const { firstLine } = this.review;
    return lines.toSpliced(firstLine, this.review.baseLines().length, ...this.review.mergedLines()).join(eol);
  }

  reveal(hunk: ShownHunk): void {
    const editor = editorOf(this.document);
    if (editor === undefined) return;
    const line = Math.min(this.review.firstLine + hunk.first, this.document.lineCount - 1);
    editor.selection = new Selection(line, 0, line, 0);
    editor.revealRange(editor.selection, TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** Asked once, however much more is typed. */
  #tear(): void {
    if (this.#isTorn) return;
    this.#isTorn = true;
    this.stop();
    this.#ports.conflict(this);
  }

  #add(text: string): void {
    this.#buffer += text;
    const leftMs = FRAME_MS - (performance.now() - this.#flushedAtMs);
    this.#timer ??= setTimeout(() => void this.#flush(), Math.max(0, leftMs));
  }

  /** Never more than one at a time: what comes meanwhile waits for the next. */
  async #flush(): Promise<void> {
    const block = this.#block;
    await this.writer.write(() => {
      // Meanwhile another answer may have begun: what came of it waits until this one is taken out.
      if (block !== this.#block) return [];
      const arrived = block.push(this.#buffer);
      this.#buffer = "";
      return this.review.push(
        arrived.lines.map((line) => this.#indent.line(line)),
        this.#indent.open(arrived.open),
      );
    });
    this.#timer = undefined;
    this.#flushedAtMs = performance.now();
    if (this.#phase === "over") return;
    this.#ports.changed(this);
    if (this.#buffer !== "") this.#timer = setTimeout(() => void this.#flush(), FRAME_MS);
  }

  async #restart(): Promise<void> {
    this.#buffer = "";
    this.#block = new BlockLines();
    this.#indent = new IndentAs(this.#target.lines);
    await this.writer.write(() =>
      this.review.restart(this.#target.kind === "generate" ? this.#target.lines.length : 0),
    );
  }

  async #end({ problem, waybill }: TurnAnswer): Promise<boolean> {
    if (this.#phase === "over" || problem !== undefined || waybill?.finish !== "complete") return false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.writer.write(() => {
      const { lines } = this.#block.push(this.#buffer);
      this.#buffer = "";
      const last = this.#block.end().lines;
      if (!this.#block.isClosed) return [];
      return this.review.push([...lines, ...last].map((line) => this.#indent.line(line)));
    });
    return this.#block.isClosed && this.#settle(receiptLine(waybill));
  }

  async #take(lines: readonly string[]): Promise<boolean> {
    await this.writer.write(() => this.review.push(lines));
    return this.#settle("code of an answer");
  }

  /** The code is whole. */
  async #settle(status: string): Promise<boolean> {
    if (this.writer.isUnwritable) return false;
    await this.writer.write(() => this.review.end());
    // Cancelled with its last words, it stays so.
    if (this.phase === "over") return false;
    this.#phase = "reviewing";
    this.#status = status;
    this.#ports.changed(this);
    return true;
  }

  #note(event: TurnEvent): void {
    if (event.type === "text-delta") this.#add(event.text);
    if (event.type === "climb") void this.#restart();
    if (event.type === "route-chosen") {
      this.#ladder = event.decision.stronger;
      this.#rung = event.decision.choice;
    }
    if (event.type === "climb" || event.type === "attempt-start") this.#rung = event.choice;
  }

  #say(message: string): void {
    this.#status = message;
    this.#ports.changed(this);
  }
}

/** A warning with two ways out; `undefined` when it was closed. */
export function ask<Label extends string>(sentence: string, ...labels: readonly Label[]): Thenable<Label | undefined> {
  return window.showWarningMessage(sentence, ...labels);
}

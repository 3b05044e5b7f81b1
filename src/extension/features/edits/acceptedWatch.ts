import {
  type Disposable,
  type Memento,
  type TextDocumentChangeEvent,
  TextDocumentChangeReason,
  type Uri,
  workspace,
} from "vscode";
import {
  type AcceptedEdit,
  AcceptedEdits,
  type AfterAccepting,
  type ChangedVerdict,
  type DocumentChange,
  type EditedAfterwards,
} from "../../../core/outcomes/acceptedEdits.ts";
import { hasWaitingChanges } from "./waitingChanges.ts";

/** Where it is told what became of accepted edits. */
export interface AfterwardsPorts {
  readonly verdict: (after: ChangedVerdict) => void;
  /** The person has changed so many lines of it. */
  readonly edited: (turnId: string, lines: number) => void;
  /** Says which documents hold an inline edit that waits: what is written there is not the person's. */
  readonly state: Pick<Memento, "get">;
}

/** Formatters and other tools that a save runs are done by then, or the save has failed. */
const LONGEST_SAVE_MS = 5_000;
/** The editor tells of a save after its formatter has run: what came so short a time before is taken for the formatter's. */
const BEFORE_SAVE_MS = 300;

interface FreshChange {
  readonly uri: string;
  readonly change: DocumentChange;
  /** When it came, in milliseconds since the epoch. */
  readonly atMs: number;
}

/** Watches files for ten minutes after an edit was accepted in them: for an Undo, and for what the person changes of it. */
export class AcceptedWatch implements Disposable {
  readonly #ports: AfterwardsPorts;
  readonly #edits = new AcceptedEdits();
  /** When each save under way began. */
  readonly #saving = new Map<string, number>();
  /** Changes of which it is not known yet whether a save made them. */
  readonly #fresh: FreshChange[] = [];
  /** One a while of typing, and one an edit that the person went on working at. */
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #listening: readonly Disposable[];

  constructor(ports: AfterwardsPorts) {
    this.#ports = ports;
    this.#listening = [
      workspace.onDidChangeTextDocument((event) => this.#noteChange(event)),
      workspace.onWillSaveTextDocument(({ document: { uri } }) => this.#noteSave(uri.toString())),
      workspace.onDidSaveTextDocument(({ uri }) => this.#saving.delete(uri.toString())),
      workspace.onDidCreateFiles(({ files }) => this.#noteFiles(files, true)),
      workspace.onDidDeleteFiles(({ files }) => this.#noteFiles(files, false)),
    ];
  }

  /** To be called with the files as the edit left them. */
  watch(edit: AcceptedEdit): void {
    // What came before is in these texts already.
    this.#takeAll();
    this.#edits.add(edit, Date.now());
  }

  dispose(): void {
    for (const each of this.#listening) each.dispose();
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #noteChange({ document, contentChanges, reason }: TextDocumentChangeEvent): void {
    const uri = document.uri.toString();
    if (!this.#edits.isWatched(uri)) return;
    // From the end to the beginning, none moves the places of another.
    const changes = contentChanges
      .toSorted((left, right) => right.rangeOffset - left.rangeOffset)
      .map(({ range: { start, end }, text }) => ({ start, end, text }));
    const step = reason === undefined ? undefined : reason === TextDocumentChangeReason.Undo ? "undo" : "redo";
    const change = { changes, step, isByPerson: this.#isByPerson(uri), textNow: () => document.getText() } as const;
    const fresh: FreshChange = { uri, change, atMs: Date.now() };
    this.#fresh.push(fresh);
    if (step === undefined && change.isByPerson) this.#later(() => this.#takeUpTo(fresh), BEFORE_SAVE_MS);
    else this.#takeUpTo(fresh);
  }

  #noteSave(uri: string): void {
    this.#saving.set(uri, Date.now());
    this.#takeAll(uri);
  }

  #takeAll(saved?: string): void {
    const last = this.#fresh.at(-1);
    if (last !== undefined) this.#takeUpTo(last, saved);
  }

  /** What is fresh in the document that is saved is not the person's. */
  #takeUpTo(last: FreshChange, saved?: string): void {
    for (const { uri, change, atMs } of this.#fresh.splice(0, this.#fresh.indexOf(last) + 1)) {
      const isByPerson = change.isByPerson && (uri !== saved || Date.now() - atMs >= BEFORE_SAVE_MS);
      this.#tell(this.#edits.changed(uri, { ...change, isByPerson }, atMs));
    }
  }

  #isByPerson(uri: string): boolean {
    const since = this.#saving.get(uri);
    if (since !== undefined && Date.now() - since < LONGEST_SAVE_MS) return false;
    return !hasWaitingChanges(this.#ports.state, uri);
  }

  #noteFiles(files: readonly Uri[], isThere: boolean): void {
    for (const uri of files) this.#tell(this.#edits.isThere(uri.toString(), isThere, Date.now()));
  }

  #tell(what: readonly AfterAccepting[]): void {
    for (const after of what) {
      if (after.kind === "edited") this.#tellEdited(after);
      else this.#ports.verdict(after);
    }
  }

  /** At once, as the window may be closed, and once more when nothing further counts. */
  #tellEdited({ turnId, lines, untilMs }: EditedAfterwards): void {
    this.#ports.edited(turnId, lines());
    this.#later(() => {
      if (lines() > 0) this.#ports.edited(turnId, lines());
    }, untilMs - Date.now());
  }

  #later(run: () => void, ms: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    timer.unref();
    this.#timers.add(timer);
  }
}

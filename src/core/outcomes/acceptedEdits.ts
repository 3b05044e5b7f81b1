import type { ForeignChange } from "../inlineEdit/foreignChange.ts";
import { type AcceptedLines, acceptedLines } from "../routing/acceptedLines.ts";
import type { OutcomeKind } from "../routing/outcomeKind.ts";
import { countChanged } from "./changedLines.ts";
import { WatchedLines } from "./watchedLines.ts";

/** What an accepted edit made of one file; `undefined` where the file is not there. */
export interface AcceptedFile {
  /** The address of the file. */
  readonly document: string;
  readonly textBefore: string | undefined;
  readonly textAfter: string | undefined;
}

/** An edit that the person accepted, all of it or a part. */
export interface AcceptedEdit {
  readonly turnId: string;
  readonly kind: Extract<OutcomeKind, "accepted" | "partly-accepted">;
  readonly lines: AcceptedLines | undefined;
  readonly files: readonly AcceptedFile[];
}

/** What became of an accepted edit: another verdict, or that the person goes on working at it. */
export type AfterAccepting = ChangedVerdict | EditedAfterwards;

export interface ChangedVerdict {
  readonly turnId: string;
  readonly kind: Extract<OutcomeKind, "accepted" | "partly-accepted" | "undone">;
  readonly lines: AcceptedLines | undefined;
}

/** Comes once an edit, with the first line, and stands beside the verdict. */
export interface EditedAfterwards {
  readonly turnId: string;
  readonly kind: "edited";
  /** How many lines of the edit the person has changed so far. */
  readonly lines: () => number;
  /** When it is no longer watched, in milliseconds since the epoch. */
  readonly untilMs: number;
}

/** A change of a document, as its editor tells it. */
export interface DocumentChange {
  /** One after the other, in the places that those before have left. */
  readonly changes: readonly ForeignChange[];
  /** What was gone back or forward in the undo history. */
  readonly step: "undo" | "redo" | undefined;
  /** Not by a formatter, a save or Waybill itself. */
  readonly isByPerson: boolean;
  readonly textNow: () => string;
}

/** After this long what happens to the lines says nothing of the edit, in milliseconds. */
const WATCHED_MS = 10 * 60 * 1000;
/** Edits that are watched; each holds the text of its documents twice. */
const MAX_EDITS = 20;

interface WatchedFile extends AcceptedFile {
  lines: WatchedLines | undefined;
  isUndone: boolean;
}

interface WatchedEdit extends AcceptedEdit {
  readonly watched: readonly WatchedFile[];
  readonly untilMs: number;
  isEdited: boolean;
}

/** Tells which accepted edits are taken back or brought again, and which the person went on working at. */
export class AcceptedEdits {
  #edits: readonly WatchedEdit[] = [];

  add(edit: AcceptedEdit, nowMs: number): void {
    const watched = edit.files.filter(({ textBefore, textAfter }) => textBefore !== textAfter).map(watchFile);
    if (watched.length === 0) return;
    const added: WatchedEdit = { ...edit, watched, untilMs: nowMs + WATCHED_MS, isEdited: false };
    this.#edits = [...this.#edits.filter(({ untilMs }) => nowMs < untilMs), added].slice(-MAX_EDITS);
  }

  isWatched(document: string): boolean {
    return this.#edits.some(({ watched }) => watched.some((file) => file.document === document));
  }

  changed(document: string, change: DocumentChange, nowMs: number): readonly AfterAccepting[] {
    return this.#of(document, nowMs).flatMap(({ edit, file }) => {
      for (const each of change.changes) file.lines?.change(each, change.isByPerson && change.step === undefined);
      const isUndone = stateAfter(file, change);
      if (isUndone !== undefined) return setUndone(edit, file, isUndone);
      return noteEdited(edit);
    });
  }

  /** A file came into being or was deleted. */
  isThere(document: string, isThere: boolean, nowMs: number): readonly AfterAccepting[] {
    return this.#of(document, nowMs).flatMap(({ edit, file }) => {
      const isOfEdit = file.textBefore === undefined || file.textAfter === undefined;
      return isOfEdit ? setUndone(edit, file, isThere === (file.textAfter === undefined)) : [];
    });
  }

  #of(document: string, nowMs: number): readonly { readonly edit: WatchedEdit; readonly file: WatchedFile }[] {
    this.#edits = this.#edits.filter(({ untilMs }) => nowMs < untilMs);
    return this.#edits.flatMap((edit) =>
      edit.watched.filter((file) => file.document === document).map((file) => ({ edit, file })),
    );
  }
}

function watchFile(file: AcceptedFile): WatchedFile {
  const { textBefore, textAfter } = file;
  const lines = textAfter === undefined ? undefined : new WatchedLines(textBefore ?? "", textAfter);
  return { ...file, lines, isUndone: false };
}

/** Whether the file is without the edit; `undefined` where the change says nothing of that. */
function stateAfter(file: WatchedFile, { step, textNow }: DocumentChange): boolean | undefined {
  const isNew = file.textBefore === undefined;
  if (step === undefined && !isNew) return undefined;
  const text = textNow();
  if (isNew && text === "" && file.textAfter !== "") return true;
  if (step === "undo" && text === file.textBefore) return true;
  return step === "redo" && text === file.textAfter ? false : undefined;
}

/** The verdict that is left: of several files some may be undone. */
function setUndone(edit: WatchedEdit, file: WatchedFile, isUndone: boolean): readonly AfterAccepting[] {
  if (file.isUndone === isUndone) return [];
  file.isUndone = isUndone;
  if (!isUndone && file.textAfter !== undefined) file.lines = new WatchedLines(file.textBefore ?? "", file.textAfter);
  const { turnId, kind, lines, watched } = edit;
  const undone = watched.filter((each) => each.isUndone);
  if (undone.length === 0) return [{ turnId, kind, lines }];
  const isAll = undone.length === watched.length;
  const left = lines && acceptedLines(isAll ? 0 : lines.accepted - sumOfChanged(undone), lines.proposed);
  return [{ turnId, kind: isAll || left?.accepted === 0 ? "undone" : "partly-accepted", lines: left }];
}

function sumOfChanged(files: readonly AcceptedFile[]): number {
  return files.reduce((sum, { textBefore, textAfter }) => sum + countChanged(textBefore, textAfter), 0);
}

function noteEdited(edit: WatchedEdit): readonly AfterAccepting[] {
  if (edit.isEdited || countEdited(edit.watched) === 0) return [];
  edit.isEdited = true;
  const { turnId, untilMs, watched } = edit;
  return [{ turnId, kind: "edited", lines: () => countEdited(watched), untilMs }];
}

/** What happens to lines that were taken back is no change of the edit. */
function countEdited(files: readonly WatchedFile[]): number {
  return files.reduce((sum, { lines, isUndone }) => sum + (isUndone ? 0 : (lines?.edited ?? 0)), 0);
}

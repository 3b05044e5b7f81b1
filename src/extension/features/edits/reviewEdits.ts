import {
  Range,
  type TextDocument,
  type Uri,
  WorkspaceEdit,
  type WorkspaceEditEntryMetadata,
  window,
  workspace,
} from "vscode";
import { describeUnmatched } from "../../../core/edits/describeUnmatched.ts";
import type { FileEdit } from "../../../core/edits/fileEdit.ts";
import { textAfter } from "../../../core/edits/planFileEdit.ts";
import type { AcceptedEdit, AcceptedFile } from "../../../core/outcomes/acceptedEdits.ts";
import { type TakenLines, takenLines } from "../../../core/outcomes/takenLines.ts";
import { acceptedLines } from "../../../core/routing/acceptedLines.ts";
import { type PlannedFile, planAnswer } from "./planAnswer.ts";
import { mayWrite } from "./writeGate.ts";

/** What the person accepted of an answer, but for the turn. */
export type ReviewedEdits = Omit<AcceptedEdit, "turnId">;

/** Tells of documents in which changes wait already: what they show is not their text. */
export interface WaitingChanges {
  isFree(document: TextDocument): boolean;
}

/**
 * Shows what edits of an answer do to all files that they name as one change, in the editor's own preview, where the person takes
 * all of it or a part. One undo takes it back. What was accepted; `undefined` when nothing was written.
 */
export async function reviewEdits(
  edits: readonly FileEdit[],
  waiting: WaitingChanges,
): Promise<ReviewedEdits | undefined> {
  const { files, strange } = await planAnswer(edits);
  if ([...(await open(files)).values()].some((document) => !waiting.isFree(document))) return undefined;
  const changes = files.filter(changesSomething);
  const sentences = [
    ...files.flatMap(({ plan, name }) => (plan.kind === "unmatched" ? [describeUnmatched(plan, name)] : [])),
    ...strange.map((name) => `${name} is no path inside of this workspace.`),
  ];
  if (sentences.length > 0 && !(await goesOnWithout(sentences, changes.length))) return undefined;
  if (changes.length === 0) {
    if (sentences.length === 0)
      void window.showInformationMessage("The files hold this code already. Nothing was changed.");
    return undefined;
  }
  if (!(await mayWrite(changes.flatMap(writesOf)))) return undefined;
  const documents = await open(changes);
  if (hasChanged(documents)) {
    void window.showWarningMessage("A file was changed in the meantime. Nothing was written; apply the answer again.");
    return undefined;
  }
  if (!(await workspace.applyEdit(editOf(changes, documents), { isRefactoring: true }))) return undefined;
  return tellResult(changes);
}

function changesSomething({ plan, newUri }: PlannedFile): boolean {
  return plan.kind !== "unmatched" && (plan.kind !== "change" || plan.edits.length > 0 || newUri !== undefined);
}

async function goesOnWithout(sentences: readonly string[], others: number): Promise<boolean> {
  const [first = "", ...more] = sentences;
  const sentence = more.length === 0 ? first : `${sentences.length} files of the answer cannot be changed.`;
  if (others === 0) {
    void window.showWarningMessage([sentence, ...(more.length === 0 ? [] : sentences)].join(" "));
    return false;
  }
  const label = others === 1 ? "Review the Other" : `Review the Other ${others}`;
  const options = {
    modal: true,
    detail: more.length === 0 ? "The other changes can still be reviewed." : sentences.join("\n"),
  };
  return (await window.showWarningMessage(sentence, options, label)) === label;
}

/** A renamed file is one that goes and one that comes. */
function writesOf({ uri, textBefore, plan, newUri }: PlannedFile) {
  const after = textAfter(textBefore, plan);
  if (newUri === undefined) return [{ uri, textBefore, textAfter: after }];
  return [
    { uri, textBefore, textAfter: textBefore },
    { uri: newUri, textBefore: undefined, textAfter: after },
  ];
}

async function open(files: readonly PlannedFile[]): Promise<ReadonlyMap<PlannedFile, TextDocument>> {
  const there = files.filter(({ textBefore }) => textBefore !== undefined);
  const documents = await Promise.all(
    there.map(async (file) => [file, await workspace.openTextDocument(file.uri)] as const),
  );
  return new Map(documents);
}

/** To be asked at the very moment of the edit: while something is waited for, the person may type. */
function hasChanged(documents: ReadonlyMap<PlannedFile, TextDocument>): boolean {
  return [...documents].some(([{ textBefore }, document]) => document.getText() !== textBefore);
}

function editOf(files: readonly PlannedFile[], documents: ReadonlyMap<PlannedFile, TextDocument>): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  for (const file of files) addFile(edit, file, documents.get(file));
  return edit;
}

function addFile(edit: WorkspaceEdit, { uri, plan, newUri }: PlannedFile, document: TextDocument | undefined): void {
  const metadata: WorkspaceEditEntryMetadata = { needsConfirmation: true, label: "Waybill: code of an answer" };
  if (plan.kind === "create") {
    edit.createFile(newUri ?? uri, { contents: new TextEncoder().encode(plan.text), overwrite: false }, metadata);
  }
  if (plan.kind === "delete") edit.deleteFile(uri, { ignoreIfNotExists: true }, metadata);
  if (plan.kind === "change" && document !== undefined) {
    for (const { start, end, text } of plan.edits) {
      edit.replace(uri, new Range(document.positionAt(start), document.positionAt(end)), text, metadata);
    }
  }
  if (plan.kind !== "create" && newUri !== undefined) edit.renameFile(uri, newUri, { overwrite: false }, metadata);
}

/** What the person left out stays as it was; anything else than that or what was promised is said. */
async function tellResult(files: readonly PlannedFile[]): Promise<ReviewedEdits | undefined> {
  const results = await Promise.all(files.map(resultOf));
  const odd = files.filter((_file, index) => results[index]?.taken === "part").map(({ name }) => name);
  if (odd.length > 0) {
    void window.showInformationMessage(
      `Only a part of the change was written to ${odd.join(", ")}. One undo takes it back.`,
    );
  }
  // A preview that was closed says nothing of the answer.
  if (results.every(({ taken }) => taken === "none")) return undefined;
  const [accepted, proposed] = [
    sumOf(results.map((each) => each.accepted)),
    sumOf(results.map((each) => each.proposed)),
  ];
  return {
    kind: results.every(({ taken }) => taken === "all") ? "accepted" : "partly-accepted",
    lines: acceptedLines(accepted, proposed),
    files: results.flatMap(({ taken, file }) => (taken === "none" ? [] : [file])),
  };
}

async function resultOf({ uri, newUri, textBefore, plan }: PlannedFile): Promise<TakenLines & { file: AcceptedFile }> {
  const found = await textAt(newUri ?? uri);
  const file = { document: (newUri ?? uri).toString(), textBefore, textAfter: found };
  return { ...takenLines({ textBefore, promised: textAfter(textBefore, plan), found }), file };
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

async function textAt(uri: Uri): Promise<string | undefined> {
  try {
    await workspace.fs.stat(uri);
    return (await workspace.openTextDocument(uri)).getText();
  } catch {
    // A file that is not there holds nothing.
    return undefined;
  }
}

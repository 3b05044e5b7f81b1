import { type Uri, commands, window, workspace } from "vscode";
import { writeConcerns } from "../../../core/edits/writeConcerns.ts";
import { realPlace, whyNotWritable } from "./realPlace.ts";

/** A file as it would be written. */
export interface PlannedWrite {
  readonly uri: Uri;
  /** `undefined`: it is not there yet. */
  readonly textBefore: string | undefined;
  /** `undefined`: it goes. */
  readonly textAfter: string | undefined;
}

/**
 * Whether files may be written as the person has accepted it: every accept passes here. Refuses in Restricted Mode and where a
 * file cannot be written, and asks once more, by name, for what decides what tools run, lies outside of the workspace, or is
 * not what it looks like. Says itself why not.
 */
export async function mayWrite(writes: readonly PlannedWrite[]): Promise<boolean> {
  if (!(await isTrusted("changes no files"))) return false;
  const concerns: string[] = [];
  for (const write of writes) {
    const uri = fileOf(write.uri);
    if (uri === undefined) continue;
    const name = workspace.asRelativePath(uri, false);
    const why = write.textBefore === undefined ? undefined : await whyNotChanged(write.uri);
    if (why !== undefined) {
      void window.showWarningMessage(`${name} ${why}. Nothing was changed; copy the code instead.`);
      return false;
    }
    const { path, isOutside } = await realPlace(uri);
    const { textBefore, textAfter } = write;
    concerns.push(...writeConcerns({ name, realPath: path, isOutside, textBefore, textAfter }));
  }
  return concerns.length === 0 || isConfirmed(concerns);
}

/** Why what this address shows cannot be written, to be known before a change of it is paid for; `undefined` when it can. */
export async function whyNotChanged(uri: Uri): Promise<string | undefined> {
  const file = fileOf(uri);
  return file === undefined ? undefined : whyNotWritable(file);
}

/** A cell of a notebook is written with its file. `undefined` for a document that is no file yet. */
function fileOf(uri: Uri): Uri | undefined {
  if (uri.scheme === "untitled") return undefined;
  const notebook = workspace.notebookDocuments.find((other) =>
    other.getCells().some(({ document }) => document.uri.toString() === uri.toString()),
  );
  if (notebook === undefined) return uri;
  return notebook.isUntitled ? undefined : notebook.uri;
}

async function isConfirmed(concerns: readonly string[]): Promise<boolean> {
  const [first = "", ...others] = concerns;
  const sentence = others.length === 0 ? `${first} Change it?` : "Read this before these files are changed.";
  const options = {
    modal: true,
    detail: others.length === 0 ? "Nothing has been written so far." : concerns.join("\n"),
  };
  return (await window.showWarningMessage(sentence, options, "Change")) === "Change";
}

/** Tells the person when the workspace is not trusted. `doesNot`: for instance `changes no files`. */
export async function isTrusted(doesNot: string): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const sentence = `Waybill ${doesNot} in Restricted Mode. Nothing was done; trust this workspace first.`;
  const choice = await window.showInformationMessage(sentence, "Manage Workspace Trust");
  if (choice !== undefined) await commands.executeCommand("workbench.trust.manage");
  return false;
}

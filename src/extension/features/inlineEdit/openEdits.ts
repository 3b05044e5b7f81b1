import { type Memento, type TextDocument, type Uri, WorkspaceEdit, window, workspace } from "vscode";
import { spliceBetween } from "../../../core/inlineEdit/lineSplice.ts";
import type { DisposableStore } from "../../platform/disposableStore.ts";
import { OPEN_EDITS_KEY } from "./openEditsKey.ts";
import { textEdits } from "./regionWriter.ts";

/** A longer text is not kept beside its file. */
const LONGEST_KEPT = 1_000_000;

/**
 * Remembers what a document held before an edit for as long as it shows changes that nobody has decided on: a window that dies
 * may come back with them as unsaved text.
 */
export class OpenEdits {
  readonly #state: Memento;
  readonly #disposables: DisposableStore;

  constructor(state: Memento, disposables: DisposableStore) {
    this.#state = state;
    this.#disposables = disposables;
  }

  async open(uri: Uri, text: string): Promise<void> {
    if (text.length <= LONGEST_KEPT) await this.#write({ ...this.#read(), [uri.toString()]: text });
  }

  async close(uri: Uri): Promise<void> {
    const { [uri.toString()]: _closed, ...others } = this.#read();
    await this.#write(others);
  }

  /** After a start: tells of documents that came back with changes that wait, and takes them back when the person wants it. */
  async mend(): Promise<void> {
    const kept = new Map(Object.entries(this.#read()));
    const found = (document: TextDocument) => this.#mendOne(document, kept);
    // The editor may bring unsaved text back only when its tab is looked at.
    if (kept.size > 0) this.#disposables.add(workspace.onDidOpenTextDocument((document) => void found(document)));
    await Promise.all(workspace.textDocuments.map(found));
  }

  async #mendOne(document: TextDocument, kept: Map<string, string>): Promise<void> {
    const { uri } = document;
    const text = kept.get(uri.toString());
    if (text === undefined) return;
    kept.delete(uri.toString());
    await this.close(uri);
    if (!document.isDirty || document.getText() === text) return;
    const name = workspace.asRelativePath(uri, false);
    const choice = await window.showWarningMessage(
      `The window was closed while changes of ${name} waited for your word, so its unsaved text may hold removed and added lines side by side. The file on disk is as it was.`,
      "Take the Edit Back",
      "Keep the Text",
    );
    if (choice === "Take the Edit Back") await takeBack(document, text);
  }

  #read(): Readonly<Record<string, string>> {
    const kept: unknown = this.#state.get(OPEN_EDITS_KEY);
    if (typeof kept !== "object" || kept === null) return {};
    return Object.fromEntries(
      Object.entries(kept).filter(
        (entry: [string, unknown]): entry is [string, string] => typeof entry[1] === "string",
      ),
    );
  }

  async #write(kept: Readonly<Record<string, string>>): Promise<void> {
    await this.#state.update(OPEN_EDITS_KEY, Object.keys(kept).length === 0 ? undefined : kept);
  }
}

/** One edit, so that Undo brings back what is taken. */
async function takeBack(document: TextDocument, text: string): Promise<void> {
  const lines = (whole: string) => whole.split(/\r\n|\r|\n/u);
  const splice = spliceBetween(lines(document.getText()), lines(text));
  if (splice === undefined) return;
  const edit = new WorkspaceEdit();
  edit.set(document.uri, [...textEdits(document, [splice], 0)]);
  await workspace.applyEdit(edit);
}

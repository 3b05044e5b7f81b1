import { type TextEditor, type Uri, window } from "vscode";
import { nearbyItem } from "./nearbySymbols.ts";
import type { PendingItem } from "./pendingItem.ts";
import { offerRule } from "./workspaceFiles.ts";

interface NearbyPorts {
  /** The setting is on, and somebody sees what goes along. */
  readonly isWanted: () => boolean;
  readonly set: (item: PendingItem | undefined) => void;
}

/** A selection that has not moved for so long is one. */
const STILL_AFTER_MS = 300;
/** What git ignores is read anew when the last look is older. */
const RULE_FOR_MS = 60_000;

/**
 * Looks for what the selected code uses once the selection is still. While it only grows or moves, what was found before stays
 * shown, and what is shown is what is sent; a question never waits for it.
 */
export class NearbyWatch {
  readonly #ports: NearbyPorts;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What is looked at; a look that is overtaken finds nothing any more. */
  #looks = 0;
  /** The file that what is shown belongs to. */
  #file: string | undefined;
  #rule: { readonly atMs: number; readonly isOffered: Promise<(uri: Uri) => boolean> } | undefined;

  constructor(ports: NearbyPorts) {
    this.#ports = ports;
  }

  /** The selection, the editor or the wish may have changed. */
  note(): void {
    this.#looks += 1;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const editor = window.activeTextEditor;
    const file = editor === undefined || editor.selection.isEmpty ? undefined : editor.document.uri.toString();
    if (this.#file !== undefined && this.#file !== file) this.#set(undefined);
    if (editor === undefined || editor.selection.isEmpty || !this.#ports.isWanted()) return;
    this.#timer = setTimeout(() => void this.#look(editor), STILL_AFTER_MS);
  }

  dispose(): void {
    this.#looks += 1;
    clearTimeout(this.#timer);
  }

  async #look(editor: TextEditor): Promise<void> {
    const look = this.#looks;
    const item = await nearbyItem(editor, () => this.#isOffered()).catch(() => undefined);
    if (look === this.#looks) this.#set(item, editor);
  }

  #set(item: PendingItem | undefined, editor?: TextEditor): void {
    this.#file = item === undefined ? undefined : editor?.document.uri.toString();
    this.#ports.set(item);
  }

  #isOffered(): Promise<(uri: Uri) => boolean> {
    const atMs = Date.now();
    if (this.#rule === undefined || atMs - this.#rule.atMs > RULE_FOR_MS) this.#rule = { atMs, isOffered: offerRule() };
    return this.#rule.isOffered;
  }
}

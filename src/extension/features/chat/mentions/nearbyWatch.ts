import { type TextEditor, window } from "vscode";
import { type NearbyBase, nearbyBase, nearbyItem } from "./nearbySymbols.ts";
import type { PendingItem } from "./pendingItem.ts";

interface NearbyPorts {
  /** The setting is on, and somebody sees what goes along. */
  readonly isWanted: () => boolean;
  readonly set: (item: PendingItem | undefined, base: NearbyKind) => void;
}

/** What the item belongs to: what is selected, or the definition around the cursor. */
export type NearbyKind = "selection" | "cursor";

/** A selection or a cursor that has not moved for so long is one. */
const STILL_AFTER_MS = 300;

/**
 * Looks for what the selected code uses, or the definition around the cursor, once both are still. While it only grows or moves, what was found before stays
 * shown, and what is shown is what is sent; a question never waits for it.
 */
export class NearbyWatch {
  readonly #ports: NearbyPorts;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What is looked at; a look that is overtaken finds nothing any more. */
  #looks = 0;
  /** The file that what is shown belongs to. */
  #file: string | undefined;
  /** The definition around the cursor, at its version, that was looked at last: walking through it finds nothing else. */
  #walked: string | undefined;

  constructor(ports: NearbyPorts) {
    this.#ports = ports;
  }

  /** The selection, the editor or the wish may have changed. */
  note(): void {
    this.#looks += 1;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const editor = window.activeTextEditor;
    if (this.#file !== undefined && this.#file !== editor?.document.uri.toString()) this.#set(undefined);
    if (editor === undefined || !this.#ports.isWanted()) return;
    this.#timer = setTimeout(() => void this.#look(editor), STILL_AFTER_MS);
  }

  dispose(): void {
    this.#looks += 1;
    clearTimeout(this.#timer);
  }

  async #look(editor: TextEditor): Promise<void> {
    const look = this.#looks;
    const base = await nearbyBase(editor).catch(() => undefined);
    const walked = base?.name === undefined ? undefined : keyOf(base);
    if (look !== this.#looks || (walked !== undefined && walked === this.#walked)) return;
    const item = base === undefined ? undefined : await nearbyItem(base).catch(() => undefined);
    if (look === this.#looks) this.#set(item, base, walked);
  }

  #set(item: PendingItem | undefined, base?: NearbyBase, walked?: string): void {
    this.#file = base?.document.uri.toString();
    this.#walked = walked;
    this.#ports.set(item, base?.name === undefined ? "selection" : "cursor");
  }
}

function keyOf({ document, range }: NearbyBase): string {
  return `${document.uri.toString()} ${document.version} ${range.start.line} ${range.end.line}`;
}

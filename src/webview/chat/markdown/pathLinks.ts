import { MAX_PATH_CANDIDATES } from "../../../protocol/answerMessages.ts";
import { parsePathMention } from "../../../protocol/pathMention.ts";

/** Asks the host which of the texts name files, and calls back with them; the callback may never come. */
export type FindPaths = (candidates: readonly string[], tell: (found: readonly string[]) => void) => void;

/** Different texts that one answer may ask about. */
const MAX_ASKED = 400;
/** Blocks that finish within this time ask together. */
const GATHERING_MS = 150;

/** Makes links of inline code that names files of the workspace, block by block. A link does nothing until it is clicked. */
export class PathLinks {
  readonly #find: FindPaths;
  /** Texts that were asked about; true for files. */
  readonly #known = new Map<string, boolean>();
  /** Code whose text is not known yet. */
  #waiting: Element[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(find: FindPaths) {
    this.#find = find;
  }

  /** To be called with the nodes of a finished block. */
  add(nodes: readonly Node[]): void {
    const codes = nodes
      .filter((node) => node instanceof Element)
      .flatMap((element) => [...element.querySelectorAll(":not(pre) > code:not(.math)")])
      .filter((code) => code.closest("a") === null && parsePathMention(code.textContent) !== undefined);
    if (codes.length === 0) return;
    this.#waiting.push(...codes);
    if (this.#timer === undefined) this.#timer = setTimeout(() => this.#ask(), GATHERING_MS);
  }

  #ask(): void {
    this.#timer = undefined;
    this.#linkKnown();
    const wanted = [...new Set(this.#waiting.map((code) => code.textContent))].filter((text) => !this.#known.has(text));
    const room = Math.max(0, MAX_ASKED - this.#known.size);
    for (let start = 0; start < Math.min(room, wanted.length); start += MAX_PATH_CANDIDATES) {
      const candidates = wanted.slice(start, Math.min(room, start + MAX_PATH_CANDIDATES));
      for (const text of candidates) this.#known.set(text, false);
      this.#find(candidates, (found) => {
        for (const text of found) if (this.#known.has(text)) this.#known.set(text, true);
        this.#linkKnown();
      });
    }
  }

  #linkKnown(): void {
    for (const code of this.#waiting) if (this.#known.get(code.textContent) === true) linkPath(code);
    this.#waiting = this.#waiting.filter((code) => code.isConnected && code.closest("a") === null);
  }
}

function linkPath(code: Element): void {
  if (code.closest("a") !== null) return;
  const link = document.createElement("a");
  link.className = "path-link";
  link.role = "link";
  link.tabIndex = 0;
  link.dataset["path"] = code.textContent;
  link.title = `Open ${code.textContent}`;
  code.replaceWith(link);
  link.append(code);
}

/** The path that was clicked, or entered by the keyboard. */
export function pathAt(event: Event): string | undefined {
  if (event instanceof KeyboardEvent && event.key !== "Enter") return undefined;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  return link?.dataset["path"];
}

import { MAX_NAME_CANDIDATES } from "../../../protocol/answerMessages.ts";
import { parsePathMention } from "../../../protocol/pathMention.ts";
import { parseSymbolMention } from "../../../protocol/symbolMention.ts";

/** Which of the texts that were asked about name something. */
export interface FoundNames {
  readonly files: readonly string[];
  readonly symbols: readonly string[];
}

/** Asks the host what the texts name, and calls back; the callback may never come. */
export type FindNames = (candidates: readonly string[], tell: (found: FoundNames) => void) => void;

type NameKind = "file" | "symbol";

/** Different texts that one answer may ask about. */
const MAX_ASKED = 400;
/** Of these, names of symbols: a language server looks for each of them. */
const MAX_SYMBOLS_ASKED = 100;
/** Blocks that finish within this time ask together. */
const GATHERING_MS = 150;

/** Makes links of inline code that names files or symbols of the workspace, block by block. A link does nothing until it is clicked. */
export class NameLinks {
  readonly #find: FindNames;
  /** Texts that were asked about, and what they name. */
  readonly #known = new Map<string, NameKind | undefined>();
  #symbolsAsked = 0;
  /** Code whose text is not known yet. */
  #waiting: Element[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(find: FindNames) {
    this.#find = find;
  }

  /** To be called with the nodes of a finished block. */
  add(nodes: readonly Node[]): void {
    const codes = nodes
      .filter((node) => node instanceof Element)
      .flatMap((element) => [...element.querySelectorAll(":not(pre) > code:not(.math)")])
      .filter((code) => code.closest("a") === null && mayName(code.textContent) !== undefined);
    if (codes.length === 0) return;
    this.#waiting.push(...codes);
    if (this.#timer === undefined) this.#timer = setTimeout(() => this.#ask(), GATHERING_MS);
  }

  #ask(): void {
    this.#timer = undefined;
    this.#linkKnown();
    const wanted = this.#takeWanted();
    for (let start = 0; start < wanted.length; start += MAX_NAME_CANDIDATES) {
      this.#find(wanted.slice(start, start + MAX_NAME_CANDIDATES), ({ files, symbols }) => {
        this.#note(files, "file");
        this.#note(symbols, "symbol");
        this.#linkKnown();
      });
    }
  }

  /** New texts, as many as the answer may still ask about. */
  #takeWanted(): readonly string[] {
    const wanted: string[] = [];
    for (const text of new Set(this.#waiting.map((code) => code.textContent))) {
      if (this.#known.has(text) || this.#known.size >= MAX_ASKED) continue;
      if (mayName(text) === "symbol" && (this.#symbolsAsked += 1) > MAX_SYMBOLS_ASKED) continue;
      this.#known.set(text, undefined);
      wanted.push(text);
    }
    return wanted;
  }

  #note(texts: readonly string[], kind: NameKind): void {
    for (const text of texts) if (this.#known.has(text)) this.#known.set(text, kind);
  }

  #linkKnown(): void {
    for (const code of this.#waiting) {
      const kind = this.#known.get(code.textContent);
      if (kind !== undefined) linkName(code, kind);
    }
    this.#waiting = this.#waiting.filter((code) => code.isConnected && code.closest("a") === null);
  }
}

/** `ChatSession.open` may be either, and a file of that name comes first. */
function mayName(text: string): NameKind | undefined {
  if (parsePathMention(text) !== undefined) return "file";
  return parseSymbolMention(text) === undefined ? undefined : "symbol";
}

function linkName(code: Element, kind: NameKind): void {
  if (code.closest("a") !== null) return;
  const name = code.textContent;
  const link = document.createElement("a");
  link.className = "name-link";
  link.role = "link";
  link.tabIndex = 0;
  link.dataset[kind] = name;
  link.title = kind === "file" ? `Open ${name}` : `Go to ${name}`;
  code.replaceWith(link);
  link.append(code);
}

/** The file or symbol that was clicked, or entered by the keyboard. */
export function nameAt(event: Event): { readonly kind: NameKind; readonly name: string } | undefined {
  if (event instanceof KeyboardEvent && event.key !== "Enter") return undefined;
  const { file, symbol } = (event.target instanceof Element ? event.target.closest("a") : null)?.dataset ?? {};
  if (file !== undefined) return { kind: "file", name: file };
  return symbol === undefined ? undefined : { kind: "symbol", name: symbol };
}

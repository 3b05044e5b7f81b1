import type { Finding } from "./finding.ts";
import { type Fields, findingsOf, isFields } from "./findingFields.ts";
import { OpenBraces } from "./openBraces.ts";

const LONGEST_ANSWER = 400_000;
const MOST_FINDINGS = 100;
/** Characters that are parsed, some of them once for each object around them; then an answer is not looked through any further. */
const MOST_PARSED = 4_000_000;
/** Most braces are those of code, which need not be parsed to be known as such. */
const BEGINS_OBJECT = /^\{\s*["}]/;
const LONGEST_BEGINNING = 100;

/** From the first character of an object to behind its last. */
interface Span {
  readonly from: number;
  readonly to: number;
}

interface HeldFindings {
  readonly from: number;
  readonly findings: readonly Finding[];
}

/**
 * Reads findings out of an answer while it arrives: each is given once, with the character that completes it, however the answer is
 * cut into pieces. An object in a list is read at once; one that is a field of an object still open may belong to a finding, so it
 * waits until that one has closed.
 */
export class FindingStream {
  readonly #braces = new OpenBraces();
  readonly #seen = new Set<string>();
  /** Objects that could be read, none of them inside another. */
  readonly #read: Span[] = [];
  #held: HeldFindings[] = [];
  #text = "";
  #parsed = 0;

  /** The findings that this piece completes. */
  push(piece: string): readonly Finding[] {
    const from = this.#text.length;
    this.#text += piece.slice(0, LONGEST_ANSWER - from);
    const found: Finding[] = [];
    for (let at = from; at < this.#text.length && this.#parsed < MOST_PARSED; at += 1) {
      const closed = this.#braces.take(this.#text.charAt(at), at);
      if (closed.length > 0) found.push(...this.#close(closed, at + 1));
    }
    return found;
  }

  /** The findings of fields whose object never closed. */
  end(): readonly Finding[] {
    const held = this.#held.flatMap(({ findings }) => findings);
    this.#held = [];
    return this.#fresh(held);
  }

  #close(starts: readonly number[], to: number): readonly Finding[] {
    for (const from of starts) {
      if (this.#isInsideRead(from) || !BEGINS_OBJECT.test(this.#text.slice(from, from + LONGEST_BEGINNING))) continue;
      this.#parsed += to - from;
      const object = parse(this.#text.slice(from, to));
      if (object !== undefined) return this.#take(object, { from, to });
    }
    return [];
  }

  #take(object: Fields, span: Span): readonly Finding[] {
    while ((this.#read.at(-1)?.from ?? -1) >= span.from) this.#read.pop();
    this.#read.push(span);
    this.#held = this.#held.filter(({ from }) => from < span.from);
    const findings = findingsOf(object);
    if (findings.length === 0) return [];
    if (!this.#isFieldOfOpen(span.from)) return this.#fresh(findings);
    this.#held.push({ from: span.from, findings });
    return [];
  }

  /** Read from another brace, a part of an object may look like one of its own. */
  #isInsideRead(place: number): boolean {
    const span = this.#read.findLast(({ from }) => from <= place);
    return span !== undefined && place < span.to;
  }

  #isFieldOfOpen(place: number): boolean {
    if (!this.#braces.hasBefore(place)) return false;
    let before = place - 1;
    while (before >= 0 && /\s/.test(this.#text.charAt(before))) before -= 1;
    return this.#text.charAt(before) === ":";
  }

  #fresh(findings: readonly Finding[]): readonly Finding[] {
    return findings.filter(({ file, line, sentence }) => {
      const key = JSON.stringify([file, line, sentence]);
      if (this.#seen.has(key) || this.#seen.size >= MOST_FINDINGS) return false;
      this.#seen.add(key);
      return true;
    });
  }
}

function parse(text: string): Fields | undefined {
  for (const attempt of [text, withoutTrailingCommas(text)]) {
    try {
      const value: unknown = JSON.parse(attempt);
      return isFields(value) ? value : undefined;
    } catch {
      continue;
    }
  }
  return undefined;
}

/** A comma in a string before a bracket is lost with them; otherwise the whole object would be. */
function withoutTrailingCommas(text: string): string {
  return text.replaceAll(/,(\s*[}\]])/g, "$1");
}

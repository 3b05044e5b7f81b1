import { findSecrets } from "./findSecrets.ts";
import { PlaceholderReader } from "./placeholderReader.ts";
import { type SecretPlace, joinPlaces } from "./secretPlace.ts";
import { looksRandom } from "./secretValue.ts";

/** A text as it may leave, and which secrets of this window it speaks of. */
export interface MaskedText {
  readonly text: string;
  readonly placeholders: readonly string[];
}

/** So much of what was masked already is kept, in UTF-16 units, so that a conversation is searched once and not with every letter typed. */
const MOST_KEPT = 8_000_000;
/** A shorter secret is masked only where its own form or its name tells of it: the same letters may be a word elsewhere. */
const SHORTEST_KNOWN = 8;

/**
 * The secrets that this window has met, each with its placeholder. Kept in memory only: after a reload the placeholders of
 * earlier answers stay what they are. `[[secret-…-1]]` is plain ASCII, which models copy letter by letter and servers never cut
 * within a sign, and needs no escape in quoted text and JSON; its tag is new for each window, so that one that stood in a text
 * before is never taken for another secret.
 */
export class SecretVault {
  readonly #tag: string;
  readonly #placeholders = new Map<string, string>();
  readonly #secrets = new Map<string, string>();
  /** Secrets that are recognised anywhere, also without their names. */
  #known: readonly string[] = [];
  readonly #kept = new Map<string, MaskedText>();
  #keptLength = 0;

  /** `tag`: some letters and digits made up for this window. */
  constructor(tag: string) {
    this.#tag = tag;
  }

  mask(text: string): MaskedText {
    const kept = this.#kept.get(text);
    if (kept !== undefined) return kept;
    const masked = this.#mask(text);
    this.#keep(text, masked);
    return masked;
  }

  /** Puts secrets back into a text that comes in pieces; only those of these placeholders. */
  reader(placeholders: readonly string[]): PlaceholderReader {
    const secrets = placeholders.flatMap((placeholder) => {
      const secret = this.#secrets.get(placeholder);
      return secret === undefined ? [] : [[placeholder, secret] as const];
    });
    return new PlaceholderReader(new Map(secrets));
  }

  #mask(text: string): MaskedText {
    const places = joinPlaces([...findSecrets(text), ...this.#knownIn(text)]);
    let masked = "";
    let from = 0;
    for (const { start, end } of places) {
      masked += text.slice(from, start) + this.#placeholderOf(text.slice(start, end));
      from = end;
    }
    masked += text.slice(from);
    const mentioned = masked.match(new RegExp(`\\[\\[secret-${this.#tag}-\\d+\\]\\]`, "g")) ?? [];
    return { text: masked, placeholders: [...new Set(mentioned)] };
  }

  #placeholderOf(secret: string): string {
    const known = this.#placeholders.get(secret);
    if (known !== undefined) return known;
    const placeholder = `[[secret-${this.#tag}-${this.#placeholders.size + 1}]]`;
    this.#placeholders.set(secret, placeholder);
    this.#secrets.set(placeholder, secret);
    if (secret.length >= SHORTEST_KNOWN && isUnlikeWords(secret)) {
      this.#known = [...this.#known, secret];
      // What was searched without knowing it may hold it.
      this.#kept.clear();
      this.#keptLength = 0;
    }
    return placeholder;
  }

  #knownIn(text: string): readonly SecretPlace[] {
    return this.#known.flatMap((secret) => {
      const places: SecretPlace[] = [];
      for (let start = text.indexOf(secret); start >= 0; start = text.indexOf(secret, start + secret.length)) {
        places.push({ start, end: start + secret.length });
      }
      return places;
    });
  }

  #keep(text: string, masked: MaskedText): void {
    if (text.length > MOST_KEPT) return;
    if (this.#keptLength + text.length > MOST_KEPT) {
      this.#kept.clear();
      this.#keptLength = 0;
    }
    this.#kept.set(text, masked);
    this.#keptLength += text.length;
  }
}

function isUnlikeWords(secret: string): boolean {
  return looksRandom(secret) || (/\d/.test(secret) && /[A-Za-z]/.test(secret)) || secret.length >= 24;
}

import { parseJson } from "./parseJson.ts";

/** What a provider said inside an error of the gateway. For deciding only: it may quote the prompt, so it is not shown. */
export interface WrappedError {
  /** Short codes, in lower case. */
  readonly words: readonly string[];
  readonly texts: readonly string[];
}

const MAX_DEPTH = 8;
const MAX_FINDINGS = 50;
const MAX_TEXT = 4_000;
const KEYS = ["error", "errors", "message", "detail", "code", "type", "status", "error_type", "metadata", "raw"];

/** Opens `metadata.raw`: a text, JSON in a text, or an object, and any of them inside another. */
export function openWrappedError(raw: unknown): WrappedError {
  const words: string[] = [];
  const texts: string[] = [];
  const open = (value: unknown, depth: number): void => {
    if (depth > MAX_DEPTH || words.length + texts.length > MAX_FINDINGS) return;
    if (typeof value === "string") {
      const inner = /^\s*[[{"]/.test(value) ? parseJson(value) : undefined;
      if (inner !== undefined) open(inner, depth + 1);
      else if (/^[\w.:-]{1,64}$/.test(value)) words.push(value.toLowerCase());
      else texts.push(value.slice(0, MAX_TEXT));
    } else if (Array.isArray(value)) {
      for (const item of value.slice(0, MAX_FINDINGS)) open(item, depth + 1);
    } else if (typeof value === "object" && value !== null) {
      for (const [key, item] of Object.entries(value)) if (KEYS.includes(key)) open(item, depth + 1);
    }
  };
  open(raw, 0);
  return { words, texts };
}

import { findSecrets } from "./findSecrets.ts";

const MASK = "•••";

/** The text without what looks like keys, tokens and passwords, which nothing puts back. Not all can be known by their form. */
export function maskSecrets(text: string): string {
  let masked = "";
  let from = 0;
  for (const { start, end } of findSecrets(text)) {
    masked += text.slice(from, start) + MASK;
    from = end;
  }
  return masked + text.slice(from);
}

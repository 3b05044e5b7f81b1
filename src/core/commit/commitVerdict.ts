import type { OutcomeKind } from "../routing/outcomeKind.ts";

/** Of the words of both messages, for one to be made of the other. */
const KEPT_SHARE = 0.3;

/** What the person made of a suggested message, by the one that was committed. Line ends, blanks and trailers say nothing. */
export function commitVerdict(
  suggested: string,
  committed: string,
): Extract<OutcomeKind, "accepted" | "partly-accepted" | "rejected"> {
  const [ours, theirs] = [bare(suggested), bare(committed)];
  if (ours === theirs) return "accepted";
  const [mine, kept] = [wordsOf(ours), wordsOf(theirs)];
  const common = [...mine].filter((word) => kept.has(word)).length;
  const all = new Set([...mine, ...kept]).size;
  return all > 0 && common / all >= KEPT_SHARE ? "partly-accepted" : "rejected";
}

function bare(message: string): string {
  return message
    .split(/\r?\n/)
    .filter((line) => !/^(?:[A-Z][\w-]*-by|Change-Id): /.test(line) && !line.startsWith("#"))
    .join(" ")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** Signs by themselves where a script has no blanks between words. */
function wordsOf(text: string): ReadonlySet<string> {
  return new Set(
    text.toLowerCase().match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+/gu) ?? [],
  );
}

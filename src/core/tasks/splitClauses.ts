import type { Term } from "./findTerms.ts";
import type { Concept } from "./lexicon/concept.ts";
import { ACTIONS, isOneOf } from "./wordClasses.ts";

const HEADINGS: ReadonlySet<Concept> = new Set<Concept>(["shell-tool", "programming-language"]);
/** An action of at least this many words stands on its own, so that "find and delete all files" stays together. */
const SHORTEST_CLAUSE_WORDS = 3;

/** Cuts a text at its punctuation, and where "and" begins another thing to do. */
export function splitClauses(terms: readonly Term[]): readonly (readonly Term[])[] {
  const clauses: Term[][] = [];
  let open: Term[] = [];
  for (const term of terms) {
    if (open.length > 0 && !isHeading(open) && (term.breakBefore !== "none" || joinsAction(open, term))) {
      clauses.push(open);
      open = [];
    }
    open.push(term);
  }
  return open.length === 0 ? clauses : [...clauses, open];
}

/** "Git: squash the last commits" is one clause. */
function isHeading(open: readonly Term[]): boolean {
  const [first, ...others] = open;
  return others.length === 0 && first !== undefined && isOneOf(first.concepts, HEADINGS);
}

function joinsAction(open: readonly Term[], term: Term): boolean {
  if (open.at(-1)?.concepts.includes("conjunction") !== true) return false;
  if (!term.concepts.includes("request") && !isOneOf(term.concepts, ACTIONS)) return false;
  const wordCount = open.reduce((sum, { wordCount }) => sum + wordCount, 0);
  return wordCount >= SHORTEST_CLAUSE_WORDS && open.some(({ concepts }) => isOneOf(concepts, ACTIONS));
}

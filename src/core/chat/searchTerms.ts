/** More words than anyone types into a box; each costs a search. */
const MOST_TERMS = 8;
const LONGEST_QUERY = 200;
const EXCERPT_CHARACTERS = 100;
/** So much of what stands before a word that was found is shown with it. */
const LEAD_CHARACTERS = 30;

/** The words of a search, each once, with accents as one sign with their letter. Nothing in them has a meaning but their letters. */
export function searchTerms(query: string): readonly string[] {
  // SQLite ends a text at a zero character.
  const words = query.slice(0, LONGEST_QUERY).replaceAll("\0", " ").toWellFormed().normalize("NFC").split(/\s+/u);
  return [...new Set(words)].filter((word) => word !== "").slice(0, MOST_TERMS);
}

/** The ways in which a text may hold a word: file names of macOS, for one, keep accents as signs of their own. */
export function spellingsOf(term: string): readonly string[] {
  return [...new Set([term, term.normalize("NFD")])];
}

/** One line of a text around the first of the words that is in it, else its beginning. */
export function excerptOf(text: string, terms: readonly string[] = []): string {
  const lower = text.toLowerCase();
  const found =
    terms
      .flatMap(spellingsOf)
      .map((term) => lower.indexOf(term.toLowerCase()))
      .find((index) => index >= 0) ?? 0;
  const begin = beginBefore(text, found);
  // A few times the length, for what the white space of code takes.
  const piece = text
    .slice(begin, begin + 5 * EXCERPT_CHARACTERS)
    .replaceAll(/\s+/gu, " ")
    .trim();
  const shown = piece
    .slice(0, EXCERPT_CHARACTERS)
    .toWellFormed()
    .replaceAll(/^\uFFFD|\uFFFD$/g, "");
  return `${begin > 0 ? "…" : ""}${shown}${begin + 5 * EXCERPT_CHARACTERS < text.length || piece.length > EXCERPT_CHARACTERS ? "…" : ""}`;
}

/** A little before the place, where a word begins. */
function beginBefore(text: string, place: number): number {
  if (place <= LEAD_CHARACTERS) return 0;
  const begin = place - LEAD_CHARACTERS;
  const space = text.slice(begin, place).search(/\s\S/u);
  return space === -1 ? begin : begin + space;
}

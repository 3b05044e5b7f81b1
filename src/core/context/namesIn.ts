/** A name in a piece of code. */
export interface NameInCode {
  readonly name: string;
  /** UTF-16 position of the first place where it stands. */
  readonly offset: number;
}

/** Comments and texts are stepped over, in whatever language; what is left are names. Texts in backticks may hold code. */
const PIECES =
  /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|(?<=^|\s)#\s[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|(?<name>[\p{L}_$][\p{L}\p{M}\p{N}_$]*)/gmu;
const SHORTEST_NAME = 3;

/** Words of the languages themselves; asking where they are defined leads nowhere. */
const KEYWORDS = new Set(
  (
    "abstract and any async await bool boolean break byte case catch char class const constexpr continue declare def default " +
    "defer del delete double elif else end enum except export extends extern false final finally float fn for foreach from func " +
    "function get global goto if impl implements import in instanceof int interface internal is lambda let long match mod module mut " +
    "namespace native new nil none not null number object of operator or out override package pass private protected protocol pub public raise " +
    "readonly ref return self set short signed sizeof static str string struct super switch synchronized template this throw throws " +
    "trait true try type typedef typeof undefined union unsafe unsigned until use using val var virtual void volatile when where while with yield"
  ).split(" "),
);

/** The names in a piece of code, each once, what is called first, then what is written like a type. */
export function namesIn(code: string): readonly NameInCode[] {
  const found = new Map<string, NameInCode & { readonly rank: number }>();
  for (const { groups, index } of code.matchAll(PIECES)) {
    const name = groups?.["name"];
    if (name === undefined || name.length < SHORTEST_NAME || KEYWORDS.has(name.toLowerCase())) continue;
    const rank = rankOf(code, name, index);
    if (rank === undefined) continue;
    if (rank < (found.get(name)?.rank ?? Number.POSITIVE_INFINITY)) found.set(name, { name, offset: index, rank });
  }
  return [...found.values()]
    .toSorted((left, right) => left.rank - right.rank || left.offset - right.offset)
    .map(({ name, offset }) => ({ name, offset }));
}

/** What is only read of another thing is said by that thing: `undefined`. */
function rankOf(code: string, name: string, offset: number): number | undefined {
  if (/^\s{0,2}\(/u.test(code.slice(offset + name.length, offset + name.length + 3))) return 0;
  if (/^\p{Lu}/u.test(name)) return 1;
  return code[offset - 1] === "." ? undefined : 2;
}

import { SPLIT_ODDS } from "./splitOdds.ts";

/**
 * What the tokens of a text depend on. Tokenizers cut a text where the kind of character changes and then the runs of one
 * kind into pieces they know; so it is counted how many runs there are of each kind, how many characters follow in them,
 * and how many of those only repeat.
 */
export interface TextTraits {
  /**
   * Three numbers for each kind: starts, followers, repeats. A letter that follows counts with its `SPLIT_ODDS`. Then two
   * that only odd text has: letters and digits far inside an unbroken run, and scripts that follow each other directly.
   */
  readonly counts: Float64Array;
  /** UTF-8 bytes, at most: no byte-level tokenizer makes more tokens. */
  readonly bytes: number;
}

export const CHARACTER_KINDS = [
  "small",
  "capital",
  "digit",
  "punctuation",
  "space",
  "line",
  "control",
  "accented",
  "greek",
  "cyrillic",
  "mark",
  "twoByteOther",
  "twoByteSign",
  "threeByteSign",
  "kana",
  "han",
  "hangul",
  "threeByteOther",
  "surrogate",
] as const;

type CharacterKind = (typeof CHARACTER_KINDS)[number];

const RELATIONS = 3;
const FOLLOWS = 1;
const REPEATS = 2;
const SMALL = 0;
const CAPITAL = 1;
const DIGIT = 2;
/** From this kind on, characters of two kinds do not stand side by side in any language. */
const HAN = CHARACTER_KINDS.indexOf("han");
const DEEP_IN_RUN = CHARACTER_KINDS.length * RELATIONS;
const STRANGE_NEIGHBOURS = DEEP_IN_RUN + 1;
const TRAIT_COUNT = STRANGE_NEIGHBOURS + 1;
/** Few words and names are longer. */
const LONGEST_WORD = 24;
const LETTERS = 26;
const LETTER_A = 0x61;
/** Makes an ASCII letter small. */
const SMALL_BIT = 0x20;

/** The code unit from which on characters are of a kind, up to the next line. */
const RANGES: readonly (readonly [number, CharacterKind])[] = [
  [0x00, "control"],
  [0x09, "line"],
  [0x0e, "control"],
  [0x20, "space"],
  [0x21, "punctuation"],
  [0x30, "digit"],
  [0x3a, "punctuation"],
  [0x41, "capital"],
  [0x5b, "punctuation"],
  [0x61, "small"],
  [0x7b, "punctuation"],
  [0x7f, "control"],
  [0x80, "twoByteSign"],
  [0xc0, "accented"],
  [0x250, "twoByteOther"],
  [0x300, "mark"],
  [0x370, "greek"],
  [0x400, "cyrillic"],
  [0x530, "twoByteOther"],
  [0x800, "threeByteOther"],
  [0x1e00, "accented"],
  [0x1f00, "threeByteOther"],
  [0x2000, "threeByteSign"],
  [0x2e80, "han"],
  [0x3000, "threeByteSign"],
  [0x3040, "kana"],
  [0x3100, "threeByteOther"],
  [0x3400, "han"],
  [0xa000, "threeByteOther"],
  [0xac00, "hangul"],
  [0xd7b0, "threeByteOther"],
  [0xd800, "surrogate"],
  [0xe000, "threeByteOther"],
  [0xf900, "han"],
  [0xfb00, "threeByteOther"],
  [0xfe10, "threeByteSign"],
  [0xfe70, "threeByteOther"],
  [0xff00, "threeByteSign"],
];

const KIND_OF = kindTable();
const ODDS = Float64Array.from(SPLIT_ODDS.replaceAll(/\s/g, ""), (digit) => Number(digit) / 10);

export type ReadTraits = (text: string) => TextTraits;

/** Reads equal texts once. */
export function readOnce(): ReadTraits {
  const known = new Map<string, TextTraits>();
  return (text) => {
    const traits = known.get(text) ?? readTraits(text);
    known.set(text, traits);
    return traits;
  };
}

/** One pass over the text, a few nanoseconds a character, no matter what it holds. */
export function readTraits(text: string): TextTraits {
  const counts = new Float64Array(TRAIT_COUNT);
  let extraBytes = 0;
  let before = -1;
  let kindBefore = -1;
  let isRepeated = false;
  let runLength = 0;
  let deepInRun = 0;
  let strangeNeighbours = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    const kind = KIND_OF[unit] ?? 0;
    // Each half of a surrogate pair counts 3 bytes, although a pair has 4: a lone half is sent as U+FFFD, which has 3.
    if (unit >= 0x80) extraBytes += unit >= 0x800 ? 2 : 1;
    runLength = kind <= DIGIT ? runLength + 1 : 0;
    if (runLength > LONGEST_WORD) deepInRun += 1;
    let place = kind * RELATIONS;
    let weight = 1;
    if (kind === kindBefore || (kind === SMALL && kindBefore === CAPITAL)) {
      // The second of equal characters still costs something (`==`); from the third on it is a run that tokenizers know.
      const isSame = unit === before;
      place += isSame && isRepeated ? REPEATS : FOLLOWS;
      if (kind <= CAPITAL && !(isSame && isRepeated)) weight = splitOdds(before, unit);
      isRepeated = isSame;
    } else {
      isRepeated = false;
      if (kind >= HAN && kindBefore >= HAN) strangeNeighbours += 1;
    }
    counts[place] = (counts[place] ?? 0) + weight;
    before = unit;
    kindBefore = kind;
  }
  counts[DEEP_IN_RUN] = deepInRun;
  counts[STRANGE_NEIGHBOURS] = strangeNeighbours;
  return { counts, bytes: text.length + extraBytes };
}

function splitOdds(left: number, right: number): number {
  return ODDS[((left | SMALL_BIT) - LETTER_A) * LETTERS + (right | SMALL_BIT) - LETTER_A] ?? 1;
}

function kindTable(): Uint8Array {
  const table = new Uint8Array(0x1_0000);
  for (const [start, kind] of RANGES) table.fill(CHARACTER_KINDS.indexOf(kind), start);
  return table;
}

/** One sign of a name, or any number of them. */
type Unit = { readonly kind: "sign"; readonly isSign: (sign: string) => boolean } | { readonly kind: "any" };

/** What stands between two `/`: `folders` for any number of folders, `rest` for all that is inside. */
type Part =
  | { readonly kind: "name"; readonly units: readonly Unit[] }
  | { readonly kind: "word"; readonly word: string }
  | { readonly kind: "folders" }
  | { readonly kind: "rest" };

const TOKENS =
  /\\(?<escaped>.)|(?<folders>(?<=^|\/)\*\*\/)|(?<inside>(?<=\/)\*\*$)|(?<any>\*+)|(?<one>\?)|(?<set>\[[!^]?\]?[^\]]*\])|(?<plain>[\s\S])/gu;

/**
 * Tells paths, cut at their `/`, that match a pattern of gitignore(5), without the signs that are about the whole rule. In time
 * that grows with the length of both only: a file of rules may be made by anybody, and a regular expression of it would let a few
 * stars stop the editor. `undefined` for a pattern that matches nothing.
 */
export function ignorePattern(
  glob: string,
  { isAnchored, ignoresCase }: { readonly isAnchored: boolean; readonly ignoresCase: boolean },
): ((path: readonly string[]) => boolean) | undefined {
  try {
    const parts = partsOf(glob, ignoresCase ? "iu" : "u");
    if (isAnchored) return (path) => matchParts(parts, path);
    // Without a `/` it is a name, wherever it stands.
    return (path) => matchParts(parts, path.slice(-1));
  } catch {
    // A set that is none.
    return undefined;
  }
}

function partsOf(glob: string, flags: string): readonly Part[] {
  const parts: Part[] = [];
  let units: Unit[] = [];
  let word: string | undefined = "";
  const endName = () => {
    parts.push(word !== undefined && flags === "u" ? { kind: "word", word } : { kind: "name", units });
    units = [];
    word = "";
  };
  const add = (unit: Unit, sign?: string) => {
    units.push(unit);
    word = sign === undefined || word === undefined ? undefined : word + sign;
  };
  let isOpen = true;
  for (const { groups = {} } of glob.matchAll(TOKENS)) {
    const sign = groups["escaped"] ?? groups["plain"];
    isOpen = groups["folders"] === undefined && groups["inside"] === undefined;
    if (groups["folders"] !== undefined) parts.push({ kind: "folders" });
    else if (groups["inside"] !== undefined) parts.push({ kind: "rest" });
    else if (groups["any"] !== undefined) add({ kind: "any" });
    else if (groups["one"] !== undefined) add({ kind: "sign", isSign: () => true });
    else if (groups["set"] !== undefined) add(signUnit(setSource(groups["set"]), flags));
    else if (sign === "/") endName();
    else if (sign !== undefined) add(literalUnit(sign, flags), sign);
  }
  if (isOpen) endName();
  return parts;
}

function signUnit(source: string, flags: string): Unit {
  const pattern = new RegExp(`^${source}$`, flags);
  return { kind: "sign", isSign: (sign) => pattern.test(sign) };
}

function literalUnit(literal: string, flags: string): Unit {
  return flags === "u" ? { kind: "sign", isSign: (sign) => sign === literal } : signUnit(escapeSource(literal), flags);
}

function setSource(set: string): string {
  const isNegated = set[1] === "!" || set[1] === "^";
  const members = set.slice(isNegated ? 2 : 1, -1).replaceAll(/[\\\][&^(){}|/]/g, String.raw`\$&`);
  return isNegated ? `[^${members}]` : `[${members}]`;
}

function escapeSource(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}

/** Where it does not go on, only the last `folders` takes one more: those before it have matched as early as they can. */
function matchParts(parts: readonly Part[], path: readonly string[]): boolean {
  let [at, place] = [0, 0];
  let again: { readonly at: number; readonly place: number } | undefined;
  while (place < path.length) {
    const part = parts[at];
    if (part?.kind === "rest") return true;
    if (part?.kind === "folders") {
      at += 1;
      again = { at, place };
    } else if (part !== undefined && matchName(part, path[place] ?? "")) {
      at += 1;
      place += 1;
    } else if (again === undefined) return false;
    else {
      again = { at: again.at, place: again.place + 1 };
      ({ at, place } = again);
    }
  }
  return at === parts.length;
}

function matchName(part: Extract<Part, { kind: "name" | "word" }>, name: string): boolean {
  return part.kind === "word" ? part.word === name : matchUnits(part.units, Array.from(name));
}

/** The same with the stars of a name. */
function matchUnits(units: readonly Unit[], signs: readonly string[]): boolean {
  let [at, place] = [0, 0];
  let again: { readonly at: number; readonly place: number } | undefined;
  while (place < signs.length) {
    const unit = units[at];
    if (unit?.kind === "any") {
      at += 1;
      again = { at, place };
    } else if (unit?.isSign(signs[place] ?? "") === true) {
      at += 1;
      place += 1;
    } else if (again === undefined) return false;
    else {
      again = { at: again.at, place: again.place + 1 };
      ({ at, place } = again);
    }
  }
  return units.slice(at).every(({ kind }) => kind === "any");
}

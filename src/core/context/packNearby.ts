import { measurePrompt } from "../budget/promptTokens.ts";
import { fenced } from "../conversation/buildMessages.ts";

/** Where something is defined that a piece of code uses. */
export interface NearbyDefinition {
  readonly name: string;
  /** As it is told, for instance `src/dates.ts`. */
  readonly path: string;
  /** From 0. */
  readonly firstLine: number;
  readonly languageId: string;
  /** All its lines, without their ends. */
  readonly lines: readonly string[];
}

export interface PackedNearby {
  /** Of what is in the parts, in their order. */
  readonly names: readonly string[];
  /** A definition each, as it is sent. */
  readonly parts: readonly string[];
}

/** Small beside any question: at $3 a million tokens it is a tenth of a cent. */
const MOST_TOKENS = 400;
/** What a definition is called and takes stands at its beginning. */
const MOST_LINES = 12;
/** Whose tokens are counted; others have nearly as many. */
const COUNTED_FOR = { tokenizer: "GPT", id: "" };

/** The beginnings of the definitions, as many as fit into a few hundred tokens, the first ones first. */
export function packNearby(definitions: readonly NearbyDefinition[]): PackedNearby {
  const once = Map.groupBy(definitions, ({ path, firstLine }) => `${path}:${firstLine}`);
  const outer = [...once.values()].flatMap(([first]) => first ?? []);
  const packed = { names: [] as string[], parts: [] as string[] };
  let left = MOST_TOKENS;
  for (const definition of outer.filter((each) => !outer.some((other) => holds(other, each)))) {
    const part = textOf(definition);
    const tokens = measurePrompt([part], new Map()).tokensOf(COUNTED_FOR).expected;
    if (tokens > left) continue;
    left -= tokens;
    packed.names.push(definition.name);
    packed.parts.push(part);
  }
  return packed;
}

/** What stands inside another definition is told with that. */
function holds(outer: NearbyDefinition, inner: NearbyDefinition): boolean {
  if (outer === inner || outer.path !== inner.path) return false;
  const isAround = outer.firstLine <= inner.firstLine && endOf(inner) <= endOf(outer);
  return isAround && outer.lines.length > inner.lines.length;
}

function endOf({ firstLine, lines }: NearbyDefinition): number {
  return firstLine + lines.length;
}

function textOf({ path, firstLine, languageId, lines }: NearbyDefinition): string {
  const shown = lines.slice(0, MOST_LINES);
  const place = `${path}:${firstLine + 1}-${firstLine + shown.length}`;
  const head = shown.length < lines.length ? `${place} (first ${shown.length} of ${lines.length} lines)` : place;
  return `${head}:\n${fenced(languageId, shown.join("\n"))}\n\n`;
}

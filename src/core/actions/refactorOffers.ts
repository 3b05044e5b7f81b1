import type { EditorAction } from "./editorAction.ts";
import { actionsFor } from "./editorAction.ts";

const CODE_OFFERS = [
  "Split it into smaller functions",
  "Give everything a telling name",
  "Remove what is there twice",
  "Return early instead of nesting",
] as const;

const SCRIPT_OFFERS = ["Use async and await", "Make it immutable"] as const;

const OFFERS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ["typescript", SCRIPT_OFFERS],
  ["typescriptreact", ["Split it into smaller components", ...SCRIPT_OFFERS]],
  ["javascript", SCRIPT_OFFERS],
  ["javascriptreact", ["Split it into smaller components", ...SCRIPT_OFFERS]],
  ["python", ["Use a dataclass", "Use comprehensions where they read better"]],
  ["go", ["Wrap errors with their context", "Pass the context through"]],
  ["rust", ["Use the ? operator and no unwrap", "Use iterators"]],
  ["java", ["Use records and streams", "Pass dependencies in"]],
  ["kotlin", ["Use idiomatic Kotlin"]],
  ["csharp", ["Use LINQ", "Make it asynchronous"]],
  ["ruby", ["Use idiomatic Ruby"]],
  ["php", ["Use the features of PHP 8"]],
  ["css", ["Use custom properties", "Flatten the selectors"]],
  ["scss", ["Use variables and mixins", "Flatten the selectors"]],
  ["html", ["Use elements that say what they mean", "Make it accessible"]],
  ["sql", ["Use common table expressions", "Write out the columns"]],
]);

const PROSE_OFFERS = [
  "Make it shorter",
  "Correct spelling and grammar",
  "Turn it into a list",
  "Use plain words",
] as const;
const DATA_OFFERS = ["Sort the keys", "Use the same form everywhere"] as const;

/** A few refactorings to begin with, by language; the person may type any other. */
export function refactorOffers(languageId: string, path: string): readonly string[] {
  const own = OFFERS.get(languageId) ?? [];
  const actions = new Set<EditorAction>(actionsFor({ languageId, path, isWritable: true }));
  if (!actions.has("simplify")) return [...own, ...DATA_OFFERS];
  if (!actions.has("document")) return [...own, ...PROSE_OFFERS];
  return [...own, ...CODE_OFFERS];
}

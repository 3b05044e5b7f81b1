import { ACTION_CONCEPTS, type Concept } from "./lexicon/concept.ts";

/** What can be done. */
export const ACTIONS: ReadonlySet<Concept> = new Set<Concept>(ACTION_CONCEPTS);

/** Actions that say little alone: after "make" or "write" a noun can say what is to be done. */
export const LIGHT_ACTIONS: ReadonlySet<Concept> = new Set<Concept>(["make", "produce"]);

export const QUESTIONS: ReadonlySet<Concept> = new Set<Concept>(["what", "why", "how", "how-to", "polar", "advice"]);

/** Questions that are not answered by yes or no. */
export const OPEN_QUESTIONS: ReadonlySet<Concept> = new Set<Concept>(["what", "why", "how", "how-to"]);

/** Things whose name says what the task is. */
export const OBJECTS: ReadonlySet<Concept> = new Set<Concept>([
  "tests",
  "docs",
  "commit-text",
  "title",
  "command",
  "code-thing",
  "design",
]);

/** May stand before an imperative. */
export const OPENINGS: ReadonlySet<Concept> = new Set<Concept>(["request", "how-to", "filler", "negation"]);

export function isOneOf(concepts: readonly Concept[], set: ReadonlySet<Concept>): boolean {
  return concepts.some((concept) => set.has(concept));
}

/** English words before a noun. */
export const ARTICLES = words(
  "the a an my our your this that these some any no each every its their der ein eine einen mein meine un une mon ma el mi",
);
/** Those that mean a thing that is there. */
export const DEFINITE = words("the my our this these that those its your");
export const INDEFINITE = words("a an ein eine einen un une una");
export const PERSONS = words("i we you he she they it ive im id");
/** A clause that begins with one begins with its subject. */
export const SUBJECTS = words(
  "the my our this these it there a an der die das mein meine unsere le la les mon ma mes notre el los las mi mis nuestra nuestro",
);
/** Subjects that stand alone, so that a verb comes next. */
export const PRONOUNS = words("it ca cela esto eso es");
export const PREDICATES = words("is are was were does has have returns isnt arent shows");
/** Words before which a noun is complete. */
export const NOUN_ENDS = words(
  "of for to from in on with about that which who and or but please pls by using before after so if when as at how why it is into",
);

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}

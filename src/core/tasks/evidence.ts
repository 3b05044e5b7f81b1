import type { Concept } from "./lexicon/concept.ts";

/** What a clause shows by its form. */
type ClauseTrait =
  /** Begins with what is to be done. */
  | "imperative"
  /** Ends with a question mark. */
  | "asked"
  /** Neither says what is to be done nor asks. */
  | "bare"
  /** Tells how something is: "the page stays empty". */
  | "statement"
  /** Speaks of something that is there: "the page". */
  | "definite"
  /** Speaks of nothing that is there: no "the", no "this", no name. */
  | "indefinite"
  /** Says only how something shall be: "as a table", "without lodash". */
  | "manner"
  /** Names a thing that is not there yet and no more: "a parser for dates". */
  | "new-thing"
  /** Begins with a program that is used at a prompt: "git undo". */
  | "tool-first";

/** What is known besides the words. */
type ContextTrait =
  | "selected"
  | "unselected"
  | "problems"
  | "diff"
  | "shown-code"
  | "stack-trace"
  | "error-name"
  | "test-file"
  | "docs-file"
  | "explain-surface"
  | "fix-surface";

/** What can speak for a task type. */
export type Feature = Concept | ClauseTrait | ContextTrait;

export interface Evidence {
  /** 0 to 1. */
  readonly strength: number;
  /** The phrase of the lexicon behind it, where there is one. */
  readonly shown: string | undefined;
}

export type EvidenceMap = ReadonlyMap<Feature, Evidence>;

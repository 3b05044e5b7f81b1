import type { Evidence, EvidenceMap, Feature } from "./evidence.ts";
import { type Term, findTerms } from "./findTerms.ts";
import type { Concept } from "./lexicon/concept.ts";
import type { Language, Phrasebook } from "./phrasebook.ts";
import { readClause } from "./readClause.ts";
import { splitClauses } from "./splitClauses.ts";
import type { Word } from "./splitWords.ts";
import { ACTIONS, QUESTIONS } from "./wordClasses.ts";

export interface Clause {
  readonly evidence: EvidenceMap;
  /** How much the clause counts: the one that says what is wanted counts 1. */
  readonly weight: number;
}

/** How much a clause counts that is not the main one. */
const WEIGHT = {
  /** Something else that is wanted. */
  later: 0.55,
  /** Told besides. */
  told: 0.5,
  /** After a colon. */
  explained: 0.45,
} as const;

/** How strong a question word must be for the clause to be the one that says what is wanted. */
const WANTING_STRENGTH = 0.9;

/** Things that say what a task is, so that "them" in the next clause still means them. */
const CARRIED: readonly Concept[] = ["tests", "docs", "commit-text", "title", "command"];
const CARRIED_STRENGTH = 0.6;

/** Cuts a text into clauses and finds what each speaks of, and how much it counts. */
export function readClauses(words: readonly Word[], language: Language, phrasebook: Phrasebook): readonly Clause[] {
  const clauses = splitClauses(findTerms(words, language, phrasebook));
  const read = clauses.map((terms) => readClause(terms, language));
  const complete = read.map((evidence, at) => carryObjects(read[at - 1], evidence));
  const main = findMainClause(complete, language);
  return complete.map((evidence, at) => ({
    evidence,
    weight: at === main ? 1 : sideWeight(evidence, clauses[at]?.[0]),
  }));
}

/** "The docs are outdated, update them." */
function carryObjects(before: EvidenceMap | undefined, evidence: EvidenceMap): EvidenceMap {
  if (before === undefined || !evidence.has("pointer") || !hasAny(evidence, ACTIONS)) return evidence;
  if (CARRIED.some((concept) => evidence.has(concept))) return evidence;
  const carried = CARRIED.flatMap((concept): readonly (readonly [Feature, Evidence])[] => {
    const known = before.get(concept);
    return known === undefined ? [] : [[concept, { ...known, strength: known.strength * CARRIED_STRENGTH }]];
  });
  return carried.length === 0 ? evidence : new Map([...evidence, ...carried]);
}

function hasAny(evidence: EvidenceMap, concepts: ReadonlySet<Concept>): boolean {
  return [...concepts].some((concept) => evidence.has(concept));
}

/** The first clause that asks or orders; else the first that wishes; else the first that is more than a greeting. */
function findMainClause(clauses: readonly EvidenceMap[], language: Language): number {
  const wanting = clauses.map(wantsSomething);
  // In Japanese the wish comes last.
  const main = language === "japanese" ? wanting.lastIndexOf(true) : wanting.indexOf(true);
  if (main !== -1) return main;
  const wishing = clauses.findIndex((evidence) => evidence.has("request"));
  return wishing === -1
    ? Math.max(
        0,
        clauses.findIndex((evidence) => !evidence.has("social")),
      )
    : wishing;
}

function wantsSomething(evidence: EvidenceMap): boolean {
  if (evidence.has("imperative") || evidence.has("asked")) return true;
  return [...QUESTIONS].some((concept) => (evidence.get(concept)?.strength ?? 0) >= WANTING_STRENGTH);
}

function sideWeight(evidence: EvidenceMap, first: Term | undefined): number {
  if (first?.breakBefore === "colon") return WEIGHT.explained;
  return wantsSomething(evidence) ? WEIGHT.later : WEIGHT.told;
}

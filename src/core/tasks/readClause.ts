import type { Evidence, EvidenceMap, Feature } from "./evidence.ts";
import type { Term } from "./findTerms.ts";
import type { Concept } from "./lexicon/concept.ts";
import type { Language } from "./phrasebook.ts";
import {
  ACTIONS,
  ARTICLES,
  DEFINITE,
  INDEFINITE,
  LIGHT_ACTIONS,
  NOUN_ENDS,
  OBJECTS,
  OPENINGS,
  OPEN_QUESTIONS,
  PERSONS,
  PREDICATES,
  PRONOUNS,
  QUESTIONS,
  SUBJECTS,
  isOneOf,
} from "./wordClasses.ts";

/** How strong a word is by its place in the clause. */
const STRENGTH = {
  /** In a part that only says more about something: "a function that fixes dates". */
  subordinate: 0.3,
  /** After a preposition: "a parser for commit messages". */
  complement: 0.5,
  /** A yes-or-no word that does not begin the clause. */
  innerPolar: 0.2,
  /** After a negation. */
  negatedAction: 0.1,
  negated: 0.5,
  /** Before another noun: "commit message parser". */
  compound: 0.6,
  /** A phrase of several words is hardly anything but what it says. */
  phrase: 0.9,
  /** A verb that is no imperative, so perhaps a noun; in English the two often look alike. */
  innerAction: 0.85,
  innerEnglishAction: 0.5,
  /** One after another. */
  laterAction: 0.3,
  /** The noun after a light verb: "make a plan". */
  lightNoun: 0.7,
  /** After an article: "the test", "my plan". */
  noun: 0.15,
  /** Somebody does it: "I test". */
  narrated: 0.2,
  /** A second verb in Chinese. */
  laterCharacterAction: 0.8,
} as const;

/** What counts wherever it stands: where all of it takes place ("in git"), and that something fails. */
const LEAST_STRENGTH: ReadonlyMap<Concept, number> = new Map<Concept, number>([
  ["shell-tool", 0.8],
  ["command", 0.8],
  ["fault", 0.5],
  ["quality", 0.5],
  ["soundness", 0.8],
  ["system-thing", 0.5],
]);

/** What a clause speaks of, and how strongly. */
export function readClause(terms: readonly Term[], language: Language): EvidenceMap {
  return new ClauseReader(terms, language).read();
}

/** Goes through the terms of a clause once, from its beginning to its end. */
class ClauseReader {
  private readonly terms: readonly Term[];
  private readonly language: Language;
  private readonly evidence = new Map<Feature, Evidence>();
  /** How strong a noun is here: less after a preposition, and less again in a subordinate part. */
  private place = 1;
  /** A word with a meaning of its own has come, so that a verb is no imperative any more. */
  private hasBegun = false;
  /** A verb has come, so that another one counts less. */
  private hasAction = false;
  /** It came outside of a part that only says more about something: "a function to check" has none. */
  private isVerbal = false;
  /** It began with "make" or "write", so that a noun may say what is to be done. */
  private hasLightAction = false;
  /** Tells whether the clause has a subject and a verb, and so tells something. */
  private hasPredicate = false;

  constructor(terms: readonly Term[], language: Language) {
    this.terms = terms;
    this.language = language;
  }

  read(): EvidenceMap {
    this.terms.forEach((term, at) => this.readTerm(term, at));
    this.noteTraits();
    return this.evidence;
  }

  private readTerm(term: Term, at: number): void {
    const before = this.terms[at - 1];
    const isAction = isOneOf(term.concepts, ACTIONS);
    const begins = this.beginsWith(before);
    this.openTail(term, before);
    if (at > 0) this.hasPredicate ||= this.isPredicate(term, before);
    if (before !== undefined && isObject(before) && isObject(term)) this.demote(before);
    const actionStrength = isAction ? this.actionStrength(term, at, begins) : 0;
    for (const concept of term.concepts)
      this.note(concept, this.strengthOf(concept, { begins, actionStrength, before }), term);
    if (isAction && begins && !this.evidence.has("how-to")) this.noteTrait("imperative");
    this.hasLightAction ||= isAction && begins && isOneOf(term.concepts, LIGHT_ACTIONS);
    this.hasAction ||= actionStrength > STRENGTH.noun;
    this.isVerbal ||= actionStrength > STRENGTH.noun && (begins || this.place === 1 || this.subject() !== "noun");
    this.hasBegun ||=
      isAction || !(isOneOf(term.concepts, OPENINGS) || (term.concepts.length === 0 && PERSONS.has(term.text)));
  }

  /** A verb here is an imperative. */
  private beginsWith(before: Term | undefined): boolean {
    if (before?.concepts.includes("conjunction") === true && before !== this.terms[0]) return true;
    return !this.hasBegun && !ARTICLES.has(before?.text ?? "");
  }

  /** A question word at the beginning of a clause subordinates nothing. */
  private openTail({ text, concepts }: Term, before: Term | undefined): void {
    if (this.hasCharacters()) return;
    const subordinates = this.hasBegun
      ? concepts.includes("subordinator") || isOneOf(concepts, OPEN_QUESTIONS)
      : concepts.includes("subordinator") && !isOneOf(concepts, QUESTIONS);
    if (subordinates || this.isParticiple({ text, concepts }, before))
      this.place = Math.min(this.place, STRENGTH.subordinate);
    else if (concepts.includes("preposition")) this.place = Math.min(this.place, STRENGTH.complement);
  }

  /** "Comments explaining the loop". */
  private isParticiple({ text, concepts }: Pick<Term, "text" | "concepts">, before: Term | undefined): boolean {
    if (concepts.length > 0 && !isOneOf(concepts, ACTIONS)) return false;
    return this.language === "english" && this.hasAction && /.{3}ing$/.test(text) && !ARTICLES.has(before?.text ?? "");
  }

  /** After "the pagination", "skips" is a verb. */
  private isPredicate({ text, concepts }: Term, before: Term | undefined): boolean {
    if (this.place < 1 || ARTICLES.has(before?.text ?? "")) return false;
    if (PREDICATES.has(text)) return true;
    const canBeVerb = concepts.length === 0 && text !== "" && (this.language !== "english" || /[^s]s$/.test(text));
    return canBeVerb && this.subject() === "definite" && (before !== this.terms[0] || PRONOUNS.has(before?.text ?? ""));
  }

  /** What the clause begins with, if that can be its subject: "the page", "page". */
  private subject(): "definite" | "noun" | "none" {
    const first = this.terms[0];
    if (first === undefined) return "none";
    if (SUBJECTS.has(first.text) || first.concepts.includes("pointer")) return "definite";
    return first.concepts.length === 0 || first.concepts.includes("symbol") || isObject(first) ? "noun" : "none";
  }

  private strengthOf(
    concept: Concept,
    { begins, actionStrength, before }: { begins: boolean; actionStrength: number; before: Term | undefined },
  ): number {
    if (ACTIONS.has(concept)) return actionStrength;
    const strength = Math.max(this.place, LEAST_STRENGTH.get(concept) ?? 0);
    if (concept === "polar" && (!begins || PERSONS.has(before?.text ?? "")) && !this.hasCharacters())
      return strength * STRENGTH.innerPolar;
    return concept !== "fault" && isNegation(before) ? strength * STRENGTH.negated : strength;
  }

  private actionStrength({ wordCount }: Term, at: number, begins: boolean): number {
    const before = this.terms[at - 1];
    if (isNegation(before)) return STRENGTH.negatedAction;
    if (this.hasCharacters()) return this.language === "chinese" && this.hasAction ? STRENGTH.laterCharacterAction : 1;
    if (begins) return this.place;
    if (wordCount > 1) return this.place * STRENGTH.phrase;
    if (this.hasLightAction) return this.place * (this.isModifier(at) ? STRENGTH.noun : STRENGTH.lightNoun);
    if (ARTICLES.has(before?.text ?? "")) return STRENGTH.noun;
    if (this.language !== "english") return this.place * (this.hasAction ? STRENGTH.laterAction : STRENGTH.innerAction);
    if (PERSONS.has(before?.text ?? "")) return STRENGTH.narrated;
    return this.place * (this.hasAction ? STRENGTH.laterAction : STRENGTH.innerEnglishAction);
  }

  /** The next word belongs to the same noun: "rate" in "rate limiter". */
  private isModifier(at: number): boolean {
    const next = this.terms[at + 1];
    return this.language === "english" && next !== undefined && next.text !== "" && !NOUN_ENDS.has(next.text);
  }

  /** In a compound the last noun says what it is. */
  private demote({ concepts, shown }: Term): void {
    if (this.language !== "english") return;
    for (const concept of concepts) {
      const known = this.evidence.get(concept);
      if (known?.shown === shown && known !== undefined) {
        this.evidence.set(concept, { shown, strength: known.strength * STRENGTH.compound });
      }
    }
  }

  private note(feature: Feature, strength: number, { shown }: Pick<Term, "shown">): void {
    const known = this.evidence.get(feature);
    if (known === undefined || known.strength < strength) this.evidence.set(feature, { strength, shown });
  }

  private noteTrait(trait: Feature): void {
    this.note(trait, 1, { shown: undefined });
  }

  private noteTraits(): void {
    if (this.terms.some(({ isAsked }) => isAsked)) this.noteTrait("asked");
    if (this.terms[0]?.concepts.includes("shell-tool") === true) this.noteTrait("tool-first");
    this.noteTrait(this.terms.some(isDefinite) ? "definite" : "indefinite");
    if (this.isVerbal || asksSomething(this.evidence)) return;
    this.noteTrait(this.hasPredicate && this.subject() !== "none" ? "statement" : "bare");
    this.noteBeginning();
  }

  /** What a clause without a verb begins with. */
  private noteBeginning(): void {
    const first = this.terms.find(({ concepts, text }) => !concepts.includes("filler") || INDEFINITE.has(text));
    if (first === undefined) return;
    if (INDEFINITE.has(first.text)) this.noteTrait("new-thing");
    else if (first.concepts.includes("preposition") || first.text === "as") this.noteTrait("manner");
    else if (this.isComparative(first)) this.note("quality", STRENGTH.lightNoun, { shown: undefined });
  }

  /** "Neater please": an unknown word that compares, and hardly another beside it. */
  private isComparative({ text, concepts }: Term): boolean {
    const isAlone = this.terms.length <= SHORT_CLAUSE_TERMS;
    return this.language === "english" && isAlone && concepts.length === 0 && /^[a-z]{2,}er$/.test(text);
  }

  /** Chinese and Japanese have neither articles nor words that begin a clause. */
  private hasCharacters(): boolean {
    return this.language === "chinese" || this.language === "japanese";
  }
}

const SHORT_CLAUSE_TERMS = 3;

/** How strong a question word must be for the clause to be a question. */
const ASKING_STRENGTH = 0.5;

function asksSomething(evidence: EvidenceMap): boolean {
  return (
    evidence.has("asked") || [...QUESTIONS].some((concept) => (evidence.get(concept)?.strength ?? 0) >= ASKING_STRENGTH)
  );
}

function isNegation(term: Term | undefined): boolean {
  return term?.concepts.includes("negation") === true;
}

function isObject({ concepts }: Term): boolean {
  return isOneOf(concepts, OBJECTS);
}

function isDefinite({ text, concepts }: Term): boolean {
  return DEFINITE.has(text) || concepts.includes("pointer") || concepts.includes("symbol");
}

import type { OutcomeCounts } from "./successOdds.ts";

/**
 * What the person did with an answer. `undone`: accepted and then taken back; `regenerated`: asked again of the same model;
 * `climbed`: a stronger model was asked instead; `copied`: taken along without a word on whether it was right; `outranked`: of
 * several answers that were read side by side, another was chosen.
 */
export const OUTCOME_KINDS = [
  "accepted",
  "partly-accepted",
  "rejected",
  "undone",
  "regenerated",
  "copied",
  "climbed",
  "outranked",
] as const;

export type OutcomeKind = (typeof OUTCOME_KINDS)[number];

export function isOutcomeKind(value: string): value is OutcomeKind {
  return OUTCOME_KINDS.some((kind) => kind === value);
}

/**
 * How much an outcome says. A weaker one never takes the place of a stronger one; of equally strong ones the last counts, as
 * in a fix that is accepted, undone and redone.
 */
function strengthOf(kind: OutcomeKind): number {
  switch (kind) {
    case "copied":
      return 1;
    case "regenerated":
      return 2;
    case "accepted":
    case "partly-accepted":
    case "rejected":
    case "undone":
    case "climbed":
    case "outranked":
      return 3;
  }
}

/** The outcomes whose place this one does not take. */
export function strongerKinds(kind: OutcomeKind): readonly OutcomeKind[] {
  return OUTCOME_KINDS.filter((other) => strengthOf(other) > strengthOf(kind));
}

/** Of partly accepted answers: how many there are whose share of accepted lines is known, and the sum of those shares (0 to 1 each). */
export interface KnownShares {
  readonly answers: number;
  readonly sum: number;
}

/** What a partly accepted answer counts for where nobody knows how much of it was accepted. */
const UNKNOWN_SHARE = 0.5;

/** How so many outcomes of one kind count together. A partly accepted answer is a success by its share of accepted lines. */
export function countsOfAll(kind: OutcomeKind, count: number, known?: KnownShares): OutcomeCounts {
  if (kind === "partly-accepted") {
    const { answers, sum } = known ?? { answers: 0, sum: 0 };
    const accepted = sum + (count - answers) * UNKNOWN_SHARE;
    return { accepted, rejected: count - accepted };
  }
  const { accepted, rejected } = countsOf(kind);
  return { accepted: count * accepted, rejected: count * rejected };
}

/**
 * How one outcome counts. A copy speaks for the answer, but half as loud: nobody knows what became of it. Asking the same
 * again speaks half as loud against it: some only want another one to choose from. So does choosing another of several answers:
 * the one that was not chosen may have done as well.
 */
function countsOf(kind: Exclude<OutcomeKind, "partly-accepted">): OutcomeCounts {
  switch (kind) {
    case "accepted":
      return { accepted: 1, rejected: 0 };
    case "copied":
      return { accepted: 0.5, rejected: 0 };
    case "regenerated":
    case "outranked":
      return { accepted: 0, rejected: 0.5 };
    case "rejected":
    case "undone":
    case "climbed":
      return { accepted: 0, rejected: 1 };
  }
}

import type { OutcomeKind } from "../routing/outcomeKind.ts";

/** What became of a review's findings so far. */
export interface ReviewStanding {
  readonly applied: number;
  readonly dismissed: number;
  readonly open: number;
}

/** The verdict on a review; none while it is open and nothing was taken from it, or where it found nothing. */
export function reviewVerdict({ applied, dismissed, open }: ReviewStanding): OutcomeKind | undefined {
  if (applied > 0) return dismissed > 0 ? "partly-accepted" : "accepted";
  return open === 0 && dismissed > 0 ? "rejected" : undefined;
}

import { formatUsd } from "../money/formatUsd.ts";
import { type NanoUsd, ZERO_USD, subtractUsd } from "../money/nanoUsd.ts";

export interface CondensingOffer {
  /** How many messages would be condensed. */
  readonly count: number;
  readonly modelName: string;
  readonly expectedCost: NanoUsd;
  /** The most it can cost. */
  readonly worstCase: NanoUsd;
  /** What the next question costs as it is, and after that; `undefined` where it cannot be told. */
  readonly nextCost: { readonly before: NanoUsd; readonly after: NanoUsd } | undefined;
  /** What the cache of the provider saves on the next question, and would not any more. */
  readonly cacheSaving: NanoUsd;
}

/** What the person is asked before a chat is condensed. */
export function describeCondensing(offer: CondensingOffer): { readonly question: string; readonly detail: string } {
  const { count, modelName, expectedCost, worstCase, cacheSaving } = offer;
  const price =
    worstCase === ZERO_USD
      ? `Free with ${modelName}`
      : `About ${formatUsd(expectedCost)} with ${modelName}, at most ${formatUsd(worstCase)}`;
  const warm =
    cacheSaving === ZERO_USD
      ? []
      : [
          `The provider's cache still saves about ${formatUsd(cacheSaving)} on the next question, and condensing forgets it. Wait five minutes, and nothing is lost.`,
        ];
  return {
    question: `Condense the ${count} earlier messages?`,
    detail: [
      `${price}; ${describeNext(offer.nextCost)}.`,
      ...warm,
      "The messages stay above. Delete the summary to send them whole again.",
    ].join(" "),
  };
}

function describeNext(nextCost: CondensingOffer["nextCost"]): string {
  if (nextCost === undefined) return "what your next questions then cost is not known yet";
  const { before, after } = nextCost;
  if (after >= before) return "your next questions then cost no less";
  return `your next questions then cost about ${formatUsd(subtractUsd(before, after))} less each`;
}

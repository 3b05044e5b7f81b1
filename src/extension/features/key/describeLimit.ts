import { formatUsd } from "../../../core/money/formatUsd.ts";
import type { KeyStatus } from "../../../gateway/readKeyStatus.ts";

/** The limit that the gateway holds the key to, in a sentence. */
export function describeLimit({ limit, limitRemaining, limitReset }: KeyStatus): string {
  if (limit === undefined) return "It has no spending limit of its own; you can set one on the gateway's page.";
  const period = limitReset === undefined ? "in all" : limitReset;
  const left = limitRemaining === undefined ? "" : `, ${formatUsd(limitRemaining)} left`;
  return `Its own limit is ${formatUsd(limit)} ${period}${left}.`;
}

import { formatUsd } from "../../../core/money/formatUsd.ts";
import type { KeyStatus } from "../../../gateway/readKeyStatus.ts";

/** The limit that the gateway holds the key to, and what is left for free models, in sentences. */
export function describeLimit(status: KeyStatus): string {
  return `${describeOwnLimit(status)}${describeFree(status)}`;
}

function describeFree({ freeRequestsLeft: left }: KeyStatus): string {
  return left === undefined ? "" : ` ${left} ${left === 1 ? "request" : "requests"} to free models left today.`;
}

function describeOwnLimit({ limit, limitRemaining, limitReset }: KeyStatus): string {
  if (limit === undefined) return "It has no spending limit of its own; you can set one on the gateway's page.";
  const period = limitReset === undefined ? "in all" : limitReset;
  const left = limitRemaining === undefined ? "" : `, ${formatUsd(limitRemaining)} left`;
  return `Its own limit is ${formatUsd(limit)} ${period}${left}.`;
}

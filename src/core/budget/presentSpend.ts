import { formatUsd } from "../money/formatUsd.ts";
import { type NanoUsd, addUsd } from "../money/nanoUsd.ts";
import type { LimitStanding } from "./spendLimit.ts";

/** Today's spend against the limits, as text. */
export interface PresentedSpend {
  /** For the tightest limit, for instance `$0.03 of $2.00 today`. */
  readonly text: string;
  /** Share of the tightest limit that is spent or reserved, 0 to 1; absent when there is no limit. */
  readonly share?: number;
  /** One line a limit. */
  readonly lines: readonly string[];
}

/** `undefined` when no limit is set: there is nothing to compare with. `resetsAt` is a local time of day. */
export function presentSpend(standings: readonly LimitStanding[], resetsAt: string): PresentedSpend | undefined {
  const tightest = standings.toSorted(byTightness)[0];
  if (tightest === undefined) return undefined;
  return {
    text: `${formatRoughly(addUsd(tightest.spent, tightest.reserved))} of ${formatUsd(tightest.limit)} today`,
    share: shareOf(tightest),
    lines: standings.map((standing) => describeStanding(standing, resetsAt)),
  };
}

/** By the share that is used; of equal shares the lower limit comes first. */
function byTightness(left: LimitStanding, right: LimitStanding): number {
  return shareOf(right) - shareOf(left) || left.limit - right.limit;
}

/** Beside a limit, fractions of a cent say nothing. */
function formatRoughly(amount: NanoUsd): string {
  const dollars = amount / 1e9;
  return dollars > 0 && dollars < 0.01 ? "<$0.01" : `$${dollars.toFixed(2)}`;
}

function shareOf({ spent, reserved, limit }: LimitStanding): number {
  return limit === 0 ? 1 : Math.min(1, (spent + reserved) / limit);
}

function describeStanding({ scope, spent, reserved, limit }: LimitStanding, resetsAt: string): string {
  const whose = scope === "workspace" ? "This workspace" : "All workspaces";
  const held = reserved === 0 ? "" : `, ${formatUsd(reserved)} reserved`;
  return `${whose}: ${formatUsd(spent)} spent of ${formatUsd(limit)} today${held}; starts afresh at ${resetsAt}.`;
}

import { describeLimit } from "../budget/describeLimit.ts";
import type { KeyStanding } from "../budget/keyStanding.ts";
import { SPEND_PERIODS, type SpendPeriod } from "../budget/spendPeriod.ts";
import { formatUsd } from "../money/formatUsd.ts";
import { type NanoUsd, subtractUsd } from "../money/nanoUsd.ts";

/** What a gateway said of a key just now, beside the ledger. */
export interface ToldLimits {
  readonly standing: KeyStanding;
  readonly freeRequestsLeft: number | undefined;
  /** `undefined` where the key may not ask. */
  readonly credits: NanoUsd | undefined;
}

export interface KeyLimitLine {
  readonly kind: "limit" | "agrees" | "differs" | "remark";
  readonly label: string;
  readonly figure: string;
  readonly detail: string;
}

const PERIOD_LABELS: Readonly<Record<SpendPeriod, string>> = {
  day: "Today",
  week: "This week",
  month: "This month",
};

/** The gateway's own limit of a key, and its figures beside those of the ledger, in lines that fit a quick pick. */
export function presentKeyLimits({ standing, freeRequestsLeft, credits }: ToldLimits): readonly KeyLimitLine[] {
  return [
    describeOwnLimit(standing),
    ...SPEND_PERIODS.flatMap((period) => describeUsed(standing, period)),
    ...(freeRequestsLeft === undefined ? [] : [describeFree(freeRequestsLeft)]),
    describeCredits(credits),
  ];
}

function describeOwnLimit({ limit, remaining, limitPeriod: period }: KeyStanding): KeyLimitLine {
  if (limit === undefined && remaining === undefined) {
    return {
      kind: "limit",
      label: "Limit of the key",
      figure: "none",
      detail: "Waybill's budgets hold on this machine only; a limit at the gateway holds wherever the key is used.",
    };
  }
  const left = remaining === undefined ? "It does not tell what is left." : `${formatUsd(remaining)} left of it.`;
  return {
    kind: "limit",
    label: "Limit of the key",
    figure: limit === undefined ? "not told" : describeLimit({ measure: "money", limit, period }),
    detail: `${left} What this machine spends and reserves counts against it from now on.`,
  };
}

function describeUsed({ used, booked }: KeyStanding, period: SpendPeriod): readonly KeyLimitLine[] {
  const there = used[period];
  if (there === undefined) return [];
  const here = booked[period];
  const figure = `${formatUsd(there)} at the gateway, ${formatUsd(here)} here`;
  const line = { label: PERIOD_LABELS[period], figure };
  if (there === here) return [{ ...line, kind: "agrees", detail: "Gateway and ledger agree." }];
  return [{ ...line, kind: "differs", detail: there > here ? describeMore(there, here) : describeLess(there, here) }];
}

function describeMore(there: NanoUsd, here: NanoUsd): string {
  return `${formatUsd(subtractUsd(there, here))} more there: from other machines or tools, or before a ledger was lost. Your limits count it.`;
}

function describeLess(there: NanoUsd, here: NanoUsd): string {
  return `${formatUsd(subtractUsd(here, there))} more here: costs that are not certain, or the gateway lags. Your limits count it.`;
}

function describeFree(left: number): KeyLimitLine {
  return {
    kind: "remark",
    label: "Free models",
    figure: `${left.toLocaleString("en-US")} ${left === 1 ? "request" : "requests"} left today`,
    detail: "For all keys of the account, until midnight (UTC). It may lag by some minutes.",
  };
}

function describeCredits(credits: NanoUsd | undefined): KeyLimitLine {
  const line = { kind: "remark", label: "Credits of the account" } as const;
  return credits === undefined
    ? {
        ...line,
        figure: "not told",
        detail: "The gateway tells them to management keys only. Nothing is wrong with yours.",
      }
    : {
        ...line,
        figure: `${formatUsd(credits)} left`,
        detail: "Whatever a limit allows, no more than this can be spent.",
      };
}

import { formatExactUsd, formatUsd } from "../money/formatUsd.ts";
import { type NanoUsd, sumUsd } from "../money/nanoUsd.ts";
import type { CostSource } from "../waybill/costSource.ts";

/** What asking one of several models would cost. */
export interface ComparedPrice {
  readonly name: string;
  readonly expectedCost: NanoUsd;
  readonly worstCase: NanoUsd;
}

/** The question to the person before several models are asked: one sentence, then a line a model. */
export function askBeforeComparing(prices: readonly ComparedPrice[]): { sentence: string; detail: string } {
  const [about, most] = [totalOf(prices, "expectedCost"), totalOf(prices, "worstCase")];
  const lines = prices.map(
    ({ name, expectedCost, worstCase }) => `${name}: about ${formatUsd(expectedCost)}, at most ${formatUsd(worstCase)}`,
  );
  return {
    sentence: `Ask ${prices.length} models for about ${formatUsd(about)} in all, at most ${formatUsd(most)}?`,
    detail: `${lines.join("\n")}\n\nThe most is held against your budgets until the real cost is known. Nothing was sent yet.`,
  };
}

/** In one line, while models are chosen. */
export function describeComparedPrice(prices: readonly ComparedPrice[]): string {
  if (prices.length === 0) return "none chosen";
  const most = formatUsd(totalOf(prices, "worstCase"));
  return `${prices.length} chosen, about ${formatUsd(totalOf(prices, "expectedCost"))}, at most ${most}`;
}

function totalOf(prices: readonly ComparedPrice[], which: "expectedCost" | "worstCase"): NanoUsd {
  return sumUsd(prices.map((price) => price[which]));
}

/** What was paid for one answer. */
export interface PaidPart {
  readonly cost: NanoUsd;
  readonly source: CostSource;
}

/** What answers of several models cost in all, with their summary; `undefined` where nobody knows the cost yet. */
export function presentPaidTotal(
  answers: readonly (PaidPart | undefined)[],
  summary: readonly (PaidPart | undefined)[] = [],
): { text: string; title: string } {
  const parts = [...answers, ...summary];
  const known = parts.filter((part) => part !== undefined);
  const total = sumUsd(known.map(({ cost }) => cost));
  const what = answers.length === 1 ? "1 answer" : `${answers.length} answers`;
  const how = certaintyOf(parts);
  return {
    text: `${summary.length === 0 ? what : `${what} and a summary`}, ${how.before}${formatUsd(total)} in all`,
    title: `${how.before}${formatExactUsd(total)} in all${how.because}`,
  };
}

function certaintyOf(parts: readonly (PaidPart | undefined)[]): { before: string; because: string } {
  if (parts.includes(undefined)) return { before: "at least ", because: "; what one of them cost is not known yet" };
  if (parts.some((part) => part?.source === "unknown")) {
    return { before: "at most ", because: "; an unknown cost counts with all that was held for it" };
  }
  if (parts.some((part) => part?.source === "estimated")) return { before: "about ", because: "; partly estimated" };
  return { before: "", because: "" };
}

import { decimalToText } from "../money/decimal.ts";
import { formatUsd } from "../money/formatUsd.ts";
import { decimalToNanoUsd } from "../money/nanoUsd.ts";
import { type BrowsedModel, TYPICAL_REQUEST } from "./browsedModel.ts";
import { type TokenPrices, type UsdPrice, dearestPrices } from "./modelPrices.ts";

export interface ModelRow {
  readonly label: string;
  readonly value: string | undefined;
}

const NOT_SAID = "not said";
const TOKENS_PER_MILLION = 1_000_000n;
const MOST_DECIMALS = 3;

/** One line: prices per million tokens, context, coding index. */
export function modelSummary({ model, prices, isFree }: BrowsedModel): string {
  return [
    isFree ? "free" : `${perMillion(prices.promptPerToken)} in · ${perMillion(prices.completionPerToken)} out`,
    model.prices.overrides.length > 0 ? "price varies" : "",
    shortCount(model.contextTokens),
    model.codingIndex === undefined ? "" : `coding ${model.codingIndex}`,
    model.expirationDate === undefined ? "" : `ends ${model.expirationDate}`,
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

/**
 * Everything the list of the gateway says of a model. Every model has the same rows in the same order; one that says
 * nothing worth reading has no value.
 */
export function modelRows(entry: BrowsedModel): readonly ModelRow[] {
  const { model, prices, typicalCost, codingPerDollar } = entry;
  const { promptTokens, completionTokens } = TYPICAL_REQUEST;
  return [
    { label: "Id", value: model.id },
    { label: "Stands for", value: model.aliasTarget },
    { label: "In, per million", value: perMillion(prices.promptPerToken) },
    { label: "Out, per million", value: perMillion(prices.completionPerToken) },
    { label: "Per request", value: prices.perRequest.coefficient === 0n ? undefined : usd(prices.perRequest) },
    { label: "At its dearest", value: dearestText(entry) },
    {
      label: `Request of ${shortCount(promptTokens)} in, ${shortCount(completionTokens)} out`,
      value: formatUsd(typicalCost),
    },
    { label: "Context in tokens", value: count(model.contextTokens) },
    {
      label: "Longest answer",
      value: model.maxCompletionTokens === undefined ? NOT_SAID : count(model.maxCompletionTokens),
    },
    { label: "Images", value: yesNo(entry.seesImages) },
    { label: "Tools", value: yesNo(entry.callsTools) },
    { label: "Reasoning", value: model.isReasoningMandatory ? "always" : yesNo(entry.reasons) },
    { label: "Coding index", value: `${model.codingIndex ?? NOT_SAID}` },
    { label: "Intelligence index", value: `${model.intelligenceIndex ?? NOT_SAID}` },
    { label: "Coding index per dollar", value: perDollar(codingPerDollar) },
    { label: "No longer served from", value: model.expirationDate },
  ];
}

/** For instance `1.5M`, `262k`, `800`. */
export function shortCount(tokens: number): string {
  if (tokens >= 999_500) return `${Number((tokens / 1_000_000).toFixed(1))}M`;
  return tokens >= 1000 ? `${Math.round(tokens / 1000)}k` : `${tokens}`;
}

function dearestText({ model, prices }: BrowsedModel): string | undefined {
  const dearest = pricesText(dearestPrices(model.prices, Number.POSITIVE_INFINITY));
  return dearest === pricesText(prices) ? undefined : `${dearest}, for long prompts or at some hours`;
}

/** Without what may be dearer for long prompts or at some hours. */
export function pricesText({ promptPerToken, completionPerToken }: TokenPrices): string {
  return `${perMillion(promptPerToken)} in, ${perMillion(completionPerToken)} out`;
}

function perMillion({ coefficient, scale }: UsdPrice): string {
  return usd({ coefficient: coefficient * TOKENS_PER_MILLION, scale });
}

/** All digits where they are few, else the first that matter. */
function usd(price: UsdPrice): string {
  const [whole = "0", decimals = ""] = decimalToText(price).split(".");
  if (decimals.length > MOST_DECIMALS) return formatUsd(decimalToNanoUsd(price, "nearest"));
  return decimals === "" ? `$${whole}` : `$${whole}.${decimals.padEnd(2, "0")}`;
}

function count(tokens: number): string {
  return tokens.toLocaleString("en-US");
}

function yesNo(value: boolean): string {
  return value ? "yes" : "no";
}

function perDollar(value: number | undefined): string {
  if (value === undefined) return NOT_SAID;
  return Number.isFinite(value) ? Math.round(value).toLocaleString("en-US") : "free";
}

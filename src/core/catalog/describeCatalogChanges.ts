import { decimalToNanoUsd } from "../money/nanoUsd.ts";
import { multiplyDecimal } from "../money/decimal.ts";
import { formatUsd } from "../money/formatUsd.ts";
import type { CatalogChange, PriceUnit } from "./compareCatalogs.ts";
import type { UsdPrice } from "./modelPrices.ts";

/** Parameters whose loss changes what a model can do rather than how it is tuned. */
const ABILITIES: ReadonlySet<string> = new Set([
  "tools",
  "tool_choice",
  "reasoning",
  "structured_outputs",
  "response_format",
]);
/** Less is in the noise of rounding. */
const LEAST_RISE_PERCENT = 1;
/** Worst first. */
const ORDER: readonly CatalogChange["kind"][] = ["gone", "expires", "price", "repointed", "context", "parameters"];

/**
 * One notice for all that costs more or breaks something: the worst change with what routing will do instead, and how many
 * more there are. `undefined` when there is nothing to be said.
 */
export function describeCatalogChanges(
  changes: readonly CatalogChange[],
  pinnedModels: readonly string[],
): string | undefined {
  const [worst, ...others] = changes
    .filter(costsOrBreaks)
    .toSorted((left, right) => ORDER.indexOf(left.kind) - ORDER.indexOf(right.kind));
  if (worst === undefined) return undefined;
  const more = others.length === 1 ? "one more change" : `${others.length} more changes`;
  const rest = others.length === 0 ? "" : ` The log has ${more} to models you use.`;
  return `${describeChange(worst, pinnedModels.includes(worst.modelId))}${rest}`;
}

function costsOrBreaks(change: CatalogChange): boolean {
  switch (change.kind) {
    case "price":
      return change.percent === undefined || change.percent >= LEAST_RISE_PERCENT;
    case "parameters":
      return change.lost.some((name) => ABILITIES.has(name));
    case "gone":
    case "expires":
    case "repointed":
    case "context":
      return true;
  }
}

/** What happened, and what Waybill will do. */
function describeChange(change: CatalogChange, isPinned: boolean): string {
  const { modelName: name } = change;
  switch (change.kind) {
    case "gone":
      return `${name} is no longer on the gateway's model list. ${withoutModel(isPinned)}`;
    case "expires":
      return `${name} will not be served from ${change.date} on. ${withoutModel(isPinned, "From then on ")}`;
    case "price":
      return `${describePrice(change)} ${isPinned ? "You pinned it, so it stays; budgets count the new price." : "Waybill weighs it at the new price."}`;
    case "repointed":
      return `${name} now stands for ${change.to} instead of ${change.from}. Waybill goes on asking for it, at its new terms.`;
    case "context":
      return `${name} now takes ${count(change.to)} tokens instead of ${count(change.from)}. ${isPinned ? "You pinned it, so longer requests will be refused." : "Longer requests go to other models."}`;
    case "parameters":
      return `${name} no longer supports ${change.lost.filter((ability) => ABILITIES.has(ability)).join(", ")}. Waybill goes on asking it; the gateway leaves that out, or refuses where your rules set requireParameters.`;
  }
}

function withoutModel(isPinned: boolean, when = ""): string {
  const sentence = isPinned
    ? "requests for it are refused until you pin another one, because a pin is never replaced."
    : "Waybill chooses among the others.";
  return when === "" ? sentence.charAt(0).toUpperCase() + sentence.slice(1) : `${when}${sentence}`;
}

function describePrice(change: Extract<CatalogChange, { kind: "price" }>): string {
  const { modelName, unit, from, to, percent } = change;
  const rise = percent === undefined ? "" : ` (+${Math.round(percent)}%)`;
  return `${modelName} now costs ${priceOf(to, unit)} instead of ${priceOf(from, unit)} ${unitName(unit)}${rise}.`;
}

function priceOf(price: UsdPrice, unit: PriceUnit): string {
  return formatUsd(decimalToNanoUsd(unit === "request" ? price : multiplyDecimal(price, 1_000_000), "nearest"));
}

function unitName(unit: PriceUnit): string {
  switch (unit) {
    case "prompt":
      return "per million prompt tokens";
    case "completion":
      return "per million completion tokens";
    case "request":
      return "per request";
  }
}

function count(tokens: number): string {
  return tokens.toLocaleString("en-US");
}

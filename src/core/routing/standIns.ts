import type { TokenPrices, UsdPrice } from "../catalog/modelPrices.ts";
import { compareDecimals, multiplyDecimal } from "../money/decimal.ts";
import type { ModelChoice } from "./routeDecision.ts";
import { type RoutePolicy, qualityFloor } from "./routePolicy.ts";

const MAX_STAND_INS = 5;
/** Below this share of the floor an answer is worse than waiting for a better one. */
const WORTH_OF_FLOOR = 0.5;

/**
 * The models that may stand in for the first choice when a service fails: they met the same needs, and cost no more than
 * the policy allows, price by price. Those that reach the floor come first, the cheapest of them leading, then the best
 * of the others that are not far below it.
 */
export function standInsFor(
  choice: ModelChoice,
  ranked: readonly ModelChoice[],
  policy: RoutePolicy,
): readonly ModelChoice[] {
  if (policy.fallback !== "models") return [];
  const floor = qualityFloor(policy);
  const bound = scaledPrices(choice.ceiling, policy.fallbackPriceFactor);
  const reaches = ({ quality }: ModelChoice) => (quality ?? 0) >= floor;
  return ranked
    .filter(({ model }) => model.id !== choice.model.id)
    .filter(({ quality }) => choice.quality === undefined || (quality ?? 0) >= floor * WORTH_OF_FLOOR)
    .filter(({ ceiling }) => isBelow(ceiling, bound))
    .toSorted((left, right) => Number(reaches(right)) - Number(reaches(left)) || byWorth(left, right, reaches(left)))
    .slice(0, MAX_STAND_INS);
}

/** Whether no price is above `factor` times the bound's. */
export function isWithin(prices: TokenPrices, bound: TokenPrices, factor = 1): boolean {
  return isBelow(prices, scaledPrices(bound, factor));
}

const COMPARED = ["promptPerToken", "completionPerToken", "perRequest"] as const;

type ComparedPrices = Pick<TokenPrices, (typeof COMPARED)[number]>;

function isBelow(prices: ComparedPrices, bound: ComparedPrices): boolean {
  return COMPARED.every((part) => compareDecimals(prices[part], bound[part]) <= 0);
}

/** The price factor is a number with decimals; prices are exact, so it counts in thousandths. */
function scaledPrices(prices: TokenPrices, factor: number): ComparedPrices {
  const thousandths = Math.round(factor * 1_000);
  if (thousandths === 1_000) return prices;
  const scaled = (price: UsdPrice): UsdPrice => {
    const { coefficient, scale } = multiplyDecimal(price, thousandths);
    return { coefficient, scale: scale + 3 };
  };
  return {
    promptPerToken: scaled(prices.promptPerToken),
    completionPerToken: scaled(prices.completionPerToken),
    perRequest: scaled(prices.perRequest),
  };
}

function byWorth(left: ModelChoice, right: ModelChoice, reachFloor: boolean): number {
  const byQuality = (right.quality ?? 0) - (left.quality ?? 0);
  const byCost = left.expectedCost - right.expectedCost;
  const byId = left.model.id < right.model.id ? -1 : 1;
  return (reachFloor ? byCost || byQuality : byQuality || byCost) || byId;
}

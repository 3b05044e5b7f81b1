import { budgetDay } from "../budget/budgetPeriod.ts";
import type { PromptTokensOf } from "../budget/promptTokens.ts";
import { type CatalogModel, isFree } from "../catalog/catalogModel.ts";
import { type TokenPrices, type UsdPrice, dearestPrices } from "../catalog/modelPrices.ts";
import { compareDecimals } from "../money/decimal.ts";
import type { EndpointRules } from "./endpointNeeds.ts";
import { SHORTEST_USEFUL_ANSWER_TOKENS } from "./priceChoice.ts";
import type { ProviderPreferences } from "./providerPreferences.ts";
import type { ExclusionRule } from "./routeDecision.ts";
import type { RoutePolicy } from "./routePolicy.ts";
import { type PatternFacts, type RoutingMemo, findPatternFacts } from "./routingMemo.ts";

/** Free models come with terms of their own (data use, low rate limits), so nobody gets one without asking for it. */
export type FreeModels = "only" | "excluded" | "allowed";

export interface RequestNeeds {
  /** Upper bound of the prompt, in tokens. */
  readonly promptTokens: number;
  /** The same for one model, where that is known. */
  readonly promptTokensOf?: PromptTokensOf | undefined;
  readonly images: boolean;
  readonly freeModels: FreeModels;
  readonly nowMs: number;
  readonly policy: RoutePolicy;
  readonly endpoints?: EndpointRules | undefined;
  /** Measures the others, so its endpoints do not matter. */
  readonly strongerThan?: string | undefined;
  readonly memo?: RoutingMemo | undefined;
}

export interface Eligibility {
  readonly eligible: readonly CatalogModel[];
  readonly excluded: Partial<Readonly<Record<ExclusionRule, number>>>;
}

/** Splits the catalog by what the request needs and keeps the count that each rule removed. */
export function eligibleModels(models: readonly CatalogModel[], needs: RequestNeeds): Eligibility {
  const eligible: CatalogModel[] = [];
  const excluded: Partial<Record<ExclusionRule, number>> = {};
  const lists = compileLists(needs, models);
  for (const model of models) {
    const rule = exclusionRule(model, needs, lists);
    if (rule === undefined) eligible.push(model);
    else excluded[rule] = (excluded[rule] ?? 0) + 1;
  }
  return { eligible, excluded };
}

/** The first rule that keeps a model out, or `undefined` when it may serve. */
export function exclusionRule(
  model: CatalogModel,
  needs: RequestNeeds,
  lists = compileLists(needs, [model]),
): ExclusionRule | undefined {
  return (
    lifeCycleRule(model, lists.today) ??
    needRule(model, needs) ??
    policyRule(model, needs, lists) ??
    (model.id === needs.strongerThan
      ? undefined
      : needs.endpoints?.exclusionOf(model, { ...needs, promptTokens: promptBound(model, needs) }))
  );
}

/** What is the same for every model, made ready once. */
interface PolicyLists {
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly patterns: PatternFacts;
}

function compileLists({ policy, nowMs, memo }: RequestNeeds, models: readonly CatalogModel[]): PolicyLists {
  const patterns = memo === undefined ? findPatternFacts(models, policy) : memo.patternFacts(models, policy);
  return { today: budgetDay(nowMs), patterns };
}

/** What keeps a model out of every request, whatever it needs. `today` is `YYYY-MM-DD`. */
export function lifeCycleRule(model: CatalogModel, today: string): ExclusionRule | undefined {
  if (!model.inputModalities.includes("text") || !answersInTextOnly(model)) return "not-text";
  if (model.id.startsWith("openrouter/")) return "router";
  if (model.id.endsWith(":batch")) return "batch-only";
  return isExpired(model, today) ? "expired" : undefined;
}

function needRule(model: CatalogModel, needs: RequestNeeds): ExclusionRule | undefined {
  const answerTokens = Math.min(needs.policy.maxCompletionTokens, SHORTEST_USEFUL_ANSWER_TOKENS);
  if (model.contextTokens < promptBound(model, needs) + answerTokens) return "context-too-small";
  return needs.images && !model.inputModalities.includes("image") ? "no-images" : undefined;
}

function policyRule(model: CatalogModel, needs: RequestNeeds, { patterns }: PolicyLists): ExclusionRule | undefined {
  const { policy, freeModels } = needs;
  if (hasNoProvider(policy.provider)) return "no-provider";
  const listed = patterns.ruleFor(model);
  if (listed !== undefined) return listed;
  if (isTooDear(dearestPrices(model.prices, promptBound(model, needs)), policy)) return "too-dear";
  if (freeModels === "only" && !isFree(model)) return "costs-money";
  return freeModels === "excluded" && isFree(model) ? "free-terms" : undefined;
}

function promptBound(model: CatalogModel, { promptTokens, promptTokensOf }: RequestNeeds): number {
  return promptTokensOf?.(model).atMost ?? promptTokens;
}

/** Nobody is left when the only ones that may serve may not. */
function hasNoProvider({ only, ignore = [] }: ProviderPreferences): boolean {
  return only?.every((slug) => ignore.includes(slug)) === true;
}

function answersInTextOnly({ outputModalities }: CatalogModel): boolean {
  return outputModalities.length === 1 && outputModalities[0] === "text";
}

function isExpired({ expirationDate }: CatalogModel, today: string): boolean {
  return expirationDate !== undefined && today >= expirationDate;
}

function isTooDear(prices: TokenPrices, { maxPromptPrice, maxCompletionPrice }: RoutePolicy): boolean {
  return isAbove(prices.promptPerToken, maxPromptPrice) || isAbove(prices.completionPerToken, maxCompletionPrice);
}

function isAbove(price: UsdPrice, limit: UsdPrice | undefined): boolean {
  return limit !== undefined && compareDecimals(price, limit) > 0;
}

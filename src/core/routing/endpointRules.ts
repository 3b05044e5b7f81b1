import { type CatalogModel } from "../catalog/catalogModel.ts";
import type { EndpointList, ModelEndpoint, ZeroRetentionList } from "../catalog/modelEndpoint.ts";
import { type TokenPrices, type UsdPrice, dearerPrices, dearestPrices } from "../catalog/modelPrices.ts";
import { compareDecimals } from "../money/decimal.ts";
import type { EndpointNeeds, EndpointRules } from "./endpointNeeds.ts";
import { SHORTEST_USEFUL_ANSWER_TOKENS } from "./priceChoice.ts";
import { providerSlug } from "./providerSlug.ts";
import type { ProviderPreferences } from "./providerPreferences.ts";
import type { ExclusionRule } from "./routeDecision.ts";
import { type RoutePolicy, providerRules } from "./routePolicy.ts";
import { isWithin } from "./standIns.ts";

/** What is known at the moment; `undefined` stands for not known, which rules nothing out. */
export interface KnownEndpoints {
  readonly endpointsOf: (modelId: string) => EndpointList | undefined;
  readonly zeroRetention: ZeroRetentionList | undefined;
}

/** Endpoints of a service tier only serve requests that ask for it. Source: OpenRouter `service_tier`. */
const TIER_TAG = /\/(?:priority|fast|flex)$/;

/** A model, what a request asks of its endpoints, and what is known of them. */
interface Question {
  readonly model: CatalogModel;
  readonly needs: EndpointNeeds;
  readonly known: KnownEndpoints;
}

/** What follows for routing from what is known of the endpoints. Pure. */
export function endpointRules(known: KnownEndpoints): EndpointRules {
  return {
    exclusionOf: (model, needs) => retentionRule({ model, needs, known }) ?? servingRule({ model, needs, known }),
    ceilingOf: (model, ceiling, needs) => liftCeiling(ceiling, { model, needs, known }),
    keepsNothing: (modelId, provider) => isListed(known.zeroRetention, modelId, provider),
  };
}

/** An alias goes by the name of what it stands for today, which the list may have under a dated name. */
function retentionRule({ model, needs, known: { zeroRetention } }: Question): ExclusionRule | undefined {
  const rules = providerRules(needs.policy);
  if (rules.zdr !== true || zeroRetention === undefined || model.aliasTarget !== undefined) return undefined;
  const tags = zeroRetention.tagsByModel.get(model.id) ?? [];
  // A tag that is not given may be of anybody.
  return tags.some((tag) => tag === "" || isAllowed({ tag, provider: "" }, rules)) ? undefined : "no-zdr";
}

/** A tag that is not given may be of anybody, so it says nothing of one provider. */
function isListed(list: ZeroRetentionList | undefined, modelId: string, provider: string): boolean | undefined {
  const tags = list?.tagsByModel.get(modelId);
  if (list === undefined || tags?.includes("") === true) return undefined;
  return (tags ?? []).some((tag) => isMeant({ tag, provider: "" }, providerSlug(provider)));
}

function servingRule(question: Question): ExclusionRule | undefined {
  const { model, needs, known } = question;
  const list = known.endpointsOf(model.id);
  if (list === undefined || list.skippedRows > 0) return undefined;
  const serving = allowedEndpoints(list, question).filter((endpoint) => !isDown(endpoint, question));
  if (serving.length === 0) return "no-provider";
  return serving.some((endpoint) => hasRoom(endpoint, needs)) ? undefined : "context-too-small";
}

/** What a person pinned is asked also when it seems to be down: there is nobody else, and a refusal costs nothing. */
function isDown(endpoint: ModelEndpoint, { model, needs }: Question): boolean {
  return endpoint.isDown && needs.policy.pin !== model.id;
}

function hasRoom({ contextTokens, maxPromptTokens }: ModelEndpoint, { promptTokens, policy }: EndpointNeeds): boolean {
  const answerTokens = Math.min(policy.maxCompletionTokens, SHORTEST_USEFUL_ANSWER_TOKENS);
  return (
    promptTokens <= (maxPromptTokens ?? Number.POSITIVE_INFINITY) &&
    promptTokens + answerTokens <= (contextTokens ?? Number.POSITIVE_INFINITY)
  );
}

/**
 * The dearest prices of an endpoint that may serve within the policy's factor of the ceiling and within its own price
 * limits, unit by unit; never less than the ceiling itself.
 */
function liftCeiling(ceiling: TokenPrices, question: Question): TokenPrices {
  const { model, needs, known } = question;
  const { policy, promptTokens } = needs;
  const list = known.endpointsOf(model.id);
  if (policy.providerPriceFactor <= 1 || list === undefined) return ceiling;
  return allowedEndpoints(list, question)
    .filter((endpoint) => hasRoom(endpoint, needs))
    .map(({ prices }) => dearestPrices(prices, promptTokens))
    .filter((prices) => isWithin(prices, ceiling, policy.providerPriceFactor) && isWithinLimits(prices, policy))
    .reduce(dearerPrices, ceiling);
}

function isWithinLimits(
  { promptPerToken, completionPerToken }: TokenPrices,
  { maxPromptPrice, maxCompletionPrice }: RoutePolicy,
): boolean {
  return isAtMost(promptPerToken, maxPromptPrice) && isAtMost(completionPerToken, maxCompletionPrice);
}

function isAtMost(price: UsdPrice, limit: UsdPrice | undefined): boolean {
  return limit === undefined || compareDecimals(price, limit) <= 0;
}

function allowedEndpoints({ endpoints }: EndpointList, { model, needs, known }: Question): readonly ModelEndpoint[] {
  const rules = providerRules(needs.policy);
  const keepingNothing = rules.zdr === true ? known.zeroRetention?.tagsByModel.get(model.id) : undefined;
  return endpoints.filter(
    (endpoint) =>
      isAllowed(endpoint, rules) &&
      (keepingNothing?.some((tag) => tag === "" || tag === endpoint.tag) ?? true) &&
      hasQuantization(endpoint, rules),
  );
}

/** By what the person's and the workspace's rules name. Without fallbacks only those of the order may serve. */
function isAllowed(endpoint: Named, { only, ignore = [], order, allowFallbacks }: ProviderPreferences): boolean {
  const isListed = (slugs: readonly string[]) => slugs.some((slug) => isMeant(endpoint, slug));
  if (TIER_TAG.test(endpoint.tag) && ![...(only ?? []), ...(order ?? [])].includes(endpoint.tag)) return false;
  if (only !== undefined && !isListed(only)) return false;
  if (isListed(ignore)) return false;
  return allowFallbacks !== false || order === undefined || isListed(order);
}

function hasQuantization({ quantization = "unknown" }: ModelEndpoint, { quantizations }: ProviderPreferences): boolean {
  return quantizations === undefined || quantizations.includes(quantization);
}

type Named = Pick<ModelEndpoint, "tag" | "provider">;

/** A slug without a variant means all variants. Source: OpenRouter `provider-selection`. */
function isMeant({ tag, provider }: Named, slug: string): boolean {
  const name = slug.toLowerCase();
  const own = tag.toLowerCase();
  return own === name || own.startsWith(`${name}/`) || provider.toLowerCase() === name;
}

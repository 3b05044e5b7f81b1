import { formatUsd } from "../money/formatUsd.ts";
import { describeBudgetRefusal, describeRouteRefusal } from "../problems/describeRefusal.ts";
import { describeRulePlural } from "../routing/describeRule.ts";
import { EXPECTED_COMPLETION_TOKENS } from "../routing/priceChoice.ts";
import type { ModelChoice, RouteDecision, RouteRefusal } from "../routing/routeDecision.ts";
import { type WarmCache, cacheSaving } from "../routing/warmCache.ts";
import { describeAmount, describePeriod } from "./describeLimit.ts";
import type { ExceedPolicy } from "./exceedPolicy.ts";
import type { PromptTokensOf } from "./promptTokens.ts";
import { type LimitStanding, type SpendDemand, blockingLimit, remainingOf } from "./spendLimit.ts";

/** What sending a question would cost, or why it cannot be sent; ready to show. */
export interface PresentedPrice {
  /** For instance `$0.0012–$0.0049 with DeepSeek V4 Flash`. */
  readonly text: string;
  /** Half sentences that may follow, for instance `or about $0.0002 with Qwen 4`. */
  readonly notes: readonly string[];
  /** What the figures mean, or the whole sentence about why it cannot be sent. */
  readonly title: string;
  readonly isPossible: boolean;
}

/** What a question would do if it were sent now. */
export interface PricedRoute {
  readonly decision: RouteDecision;
  readonly promptTokensOf: PromptTokensOf;
  readonly standings: readonly LimitStanding[];
}

export interface PriceContext {
  readonly onExceed: ExceedPolicy;
  readonly warm: WarmCache | undefined;
  readonly gatewayHost: string;
  readonly nowMs: number;
}

export function presentPrice({ decision, ...books }: PricedRoute, context: PriceContext): PresentedPrice {
  if (decision.kind === "refuse") {
    const title = describeRouteRefusal(decision.why, context.gatewayHost).sentence;
    return impossible(describeNoModel(decision.why), title);
  }
  const { choice, cheaper, free } = decision;
  const tried = context.onExceed === "downgrade" ? [choice, ...cheaper, ...free] : [choice];
  const blocked = tried.map((each) => ({ each, ...blockOf(each, books) }));
  const sent = blocked.find(({ blocking }) => blocking === undefined)?.each;
  if (sent !== undefined) return presentChoice(sent, decision, context);
  const [first] = blocked;
  if (first?.blocking === undefined) throw new RangeError("A route has a first choice");
  const { blocking, demand } = first;
  const refusal = describeBudgetRefusal({
    blocking,
    demand,
    gatewayHost: context.gatewayHost,
    resetsAt: undefined,
    choices: [],
  });
  return impossible(describeOverBudget(blocking, demand), refusal.sentence);
}

function presentChoice(
  sent: ModelChoice,
  { choice: routed, cheaper }: Extract<RouteDecision, { kind: "route" }>,
  { warm, nowMs }: PriceContext,
): PresentedPrice {
  const { model, expectedCost, worstCase } = sent;
  const saved = cacheSaving(model, warm, nowMs);
  const next = cheaper.find((other) => other !== sent && other.expectedCost < expectedCost);
  const notes = [
    ...(saved === 0 ? [] : [`cache saves ${formatUsd(saved)}`]),
    ...(next === undefined ? [] : [`or about ${formatUsd(next.expectedCost)} with ${next.model.name}`]),
  ];
  const why = sent === routed ? "" : ` The budget left is too small for ${routed.model.name}.`;
  if (worstCase === 0)
    return { text: `Free with ${model.name}`, notes, title: `${why} No charge.`.trim(), isPossible: true };
  const [low, high] = [formatUsd(expectedCost), formatUsd(worstCase)];
  return {
    text: `${low === high ? low : `${low}–${high}`} with ${model.name}`,
    notes,
    title:
      `About ${low} with an answer of usual length (${Math.min(EXPECTED_COMPLETION_TOKENS, sent.maxCompletionTokens)} tokens)` +
      `${saved === 0 ? "" : " and what the provider still has in its cache"}; at most ${high}, which is held against your ` +
      `budgets until the real cost is known.${why}`,
    isPossible: true,
  };
}

function blockOf(
  { model, worstCase, maxCompletionTokens }: ModelChoice,
  { promptTokensOf, standings }: Omit<PricedRoute, "decision">,
): { readonly demand: SpendDemand; readonly blocking: LimitStanding | undefined } {
  const demand = { amount: worstCase, tokens: promptTokensOf(model).atMost + maxCompletionTokens };
  return { demand, blocking: blockingLimit(standings, demand) };
}

function describeOverBudget(blocking: LimitStanding, { amount, tokens }: SpendDemand): string {
  if (blocking.measure === "requests") return "Too many requests in the last minute";
  const needed = describeAmount(blocking, blocking.measure === "money" ? amount : tokens);
  const left = describeAmount(blocking, remainingOf(blocking));
  return `Over budget: up to ${needed}, ${left} left${describePeriod(blocking.period)}`;
}

function describeNoModel(why: RouteRefusal): string {
  switch (why.code) {
    case "catalog-empty":
      return "No models to choose from";
    case "pin-unknown":
      return `No such model: ${why.pin}`;
    case "privacy":
      return "Held back by the privacy of this workspace";
    case "pin-unusable":
      return "The pinned model cannot take this";
    case "nothing-fits":
      return `No model fits: the last ones ${describeRulePlural(why.rule)}`;
  }
}

function impossible(text: string, title: string): PresentedPrice {
  return { text, notes: [], title, isPossible: false };
}

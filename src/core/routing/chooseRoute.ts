import { type Catalog, type CatalogModel, isFree } from "../catalog/catalogModel.ts";
import type { TaskClassification } from "../tasks/taskClassification.ts";
import { type LadderCandidate, type LadderWish, chooseLadder } from "./chooseLadder.ts";
import {
  type Eligibility,
  type FreeModels,
  type RequestNeeds,
  eligibleModels,
  exclusionRule,
} from "./eligibleModels.ts";
import type { PrivacyDemand } from "../privacy/privacyDemand.ts";
import { privacyObstacle } from "../privacy/privacyObstacle.ts";
import { nearestModelIds } from "./nearestModelIds.ts";
import { type RankRequest, byExpectedCost, rankModel, rankModels } from "./rankModels.ts";
import type { ExclusionRule, ModelChoice, RouteDecision, RouteExplanation } from "./routeDecision.ts";
import { type RoutePolicy, failuresBesideBest, gatewayDemand, rejectionCost, wantedFloor } from "./routePolicy.ts";
import type { RouteRequest } from "./routeRequest.ts";
import { floorShare } from "./budgetPressure.ts";
import { catalogAgeReasons, privacyReasons, routeReasons, taskReason } from "./routeReasons.ts";
import { freeWhenSpent } from "./freeWhenSpent.ts";
import { RoutingMemo } from "./routingMemo.ts";
import { standInsFor } from "./standIns.ts";
import { successOdds } from "./successOdds.ts";
import { suggestLoosening } from "./suggestLoosening.ts";

const MAX_CHEAPER_CHOICES = 2;

/** Picks the models for a request. The same arguments give the same decision, and nothing is asked. */
export function chooseRoute(request: RouteRequest, catalog: Catalog, policy: RoutePolicy): RouteDecision {
  const { task, promptTokens, promptTokensOf, nowMs, endpoints, strongerThan } = request;
  const { outcomesOf = () => undefined, memo = new RoutingMemo() } = request;
  const refusal = gatewayRefusal(request, policy);
  if (refusal !== undefined) return refusal;
  if (catalog.models.length === 0) return refuse(task, { code: "catalog-empty" });
  const needs: RouteNeeds = {
    promptTokens,
    promptTokensOf,
    images: task.needs.images,
    freeModels: freeModelsFor(policy, catalog),
    nowMs,
    policy,
    endpoints,
    strongerThan,
    memo,
  };
  const rank: RankRequest = {
    task,
    size: {
      promptTokens,
      maxCompletionTokens: policy.maxCompletionTokens,
      nowMs,
      ceilingOf: endpoints && ((model, ceiling) => endpoints.ceilingOf(model, ceiling, needs)),
    },
    promptTokensOf,
    outcomesOf,
    warm: request.warm,
  };
  if (policy.pin !== undefined) {
    return withListReasons(routeToPin(policy.pin, { rank, catalog, needs }), catalog, needs);
  }
  const eligibility = eligibleModels(catalog.models, needs);
  if (eligibility.eligible.length === 0) {
    const loosening = suggestLoosening(catalog.models, needs);
    const rule = loosening?.rule ?? dominantRule(eligibility);
    const why = { code: "nothing-fits", rule, ...demandBehind(rule, policy) } as const;
    const refusal = refuse(task, loosening === undefined ? why : { ...why, loosening }, eligibility.excluded);
    return withListReasons(refusal, catalog, needs);
  }
  const ranked = rankModels(eligibility.eligible, rank);
  const free = freeWhenSpent(catalog.models, needs, rank);
  return withListReasons(climb(ranked, { request, rank, policy, eligibility, free }), catalog, needs);
}

/** What is demanded of this gateway, whichever the model, where it cannot carry that. */
function gatewayRefusal({ task, gateway }: RouteRequest, policy: RoutePolicy): RouteDecision | undefined {
  const demand = gatewayDemand(policy);
  const obstacle = gateway && privacyObstacle(demand, gateway);
  if (demand === undefined || obstacle === undefined) return undefined;
  return refuse(task, { code: "privacy", demand, obstacle });
}

type RouteNeeds = RequestNeeds & { readonly memo: RoutingMemo };

/** Prices and models of an old list may be of the past, and a pattern may be misspelt, so it is said. */
function withListReasons(
  decision: RouteDecision,
  catalog: Catalog,
  { policy, nowMs, memo }: RouteNeeds,
): RouteDecision {
  const { explanation } = decision;
  const reasons = [
    ...explanation.reasons,
    ...privacyReasons(policy),
    ...memo.patternFacts(catalog.models, policy).unmatched(),
    ...catalogAgeReasons(nowMs - catalog.fetchedAtMs),
  ];
  return { ...decision, explanation: { ...explanation, reasons } };
}

interface Climb {
  readonly request: RouteRequest;
  readonly rank: RankRequest;
  readonly policy: RoutePolicy;
  readonly eligibility: Eligibility;
  readonly free: readonly ModelChoice[];
}

function climb(ranked: readonly ModelChoice[], { request, rank, policy, eligibility, free }: Climb): RouteDecision {
  const refused = ranked.find(({ model }) => model.id === request.strongerThan);
  const usable =
    refused === undefined
      ? ranked
      : ranked.filter((choice) => isStronger(choice, refused) || isOffered(choice, request));
  const floor = wantedFloor(request, policy) * floorShare(request.budgetLeft ?? 1);
  const reaching = usable.filter(({ quality }) => (quality ?? 0) >= floor);
  const offered = usable.filter(({ model }) => model.id === (request.beginWith ?? request.drawn));
  const beginners = new Set(offered.length > 0 ? offered : reaching.length > 0 ? reaching : usable);
  const wish = {
    mayBegin: ({ choice }: LadderCandidate) => beginners.has(choice),
    rejectionCost: rejectionCost(policy),
    failuresBesideBest: failuresBesideBest(policy),
  };
  const unknown = offered.filter(({ odds }) => odds === undefined).map((choice) => ({ choice, odds: 0 }));
  const ladder = chooseLadder([...candidatesOf(usable), ...unknown], wish);
  const [choice, ...stronger] = ladder?.rungs.map((rung) => rung.choice) ?? [];
  if (choice === undefined) {
    const rule = refused === undefined ? "no-evidence" : "not-stronger";
    return refuse(request.task, { code: "nothing-fits", rule }, eligibility.excluded);
  }
  return {
    kind: "route",
    task: request.task,
    choice,
    stronger,
    cheaper: cheaperThan(choice, usable),
    standIns: standInsFor(choice, refused === undefined ? ranked : usable, policy),
    free: refused === undefined ? free : free.filter((each) => isStronger(each, refused)),
    explanation: {
      reasons: routeReasons({
        request,
        policy,
        eligibility,
        floor,
        reaching: reaching.length,
        choice,
        stronger,
        outcomesOf: rank.outcomesOf,
        unlearned: unlearnedChoice(usable, wish, rank),
      }),
      excluded: eligibility.excluded,
      candidates: ranked,
    },
  };
}

function routeToPin(
  pin: string,
  { rank, catalog, needs }: { rank: RankRequest; catalog: Catalog; needs: RouteNeeds },
): RouteDecision {
  const { task } = rank;
  const model = catalog.models.find(({ id }) => id === pin);
  if (model === undefined) {
    return refuse(task, { code: "pin-unknown", pin, nearest: nearestModelIds(pin, catalog.models) });
  }
  const rule = exclusionRule(model, { ...needs, freeModels: "allowed" });
  if (rule !== undefined) return refuse(task, { code: "pin-unusable", pin, rule, ...demandBehind(rule, needs.policy) });
  const choice = rankModel(model, 0, rank);
  return {
    kind: "route",
    task,
    choice,
    stronger: [],
    cheaper: [],
    standIns: [],
    free: [],
    explanation: {
      reasons: [taskReason(task), `You pinned ${pin} for ${task.taskType}.`],
      excluded: {},
      candidates: [choice],
    },
  };
}

/** A gateway where every model is free (one on this machine, say) has no paid models to prefer. */
function freeModelsFor(policy: RoutePolicy, catalog: Catalog): FreeModels {
  if (policy.profile === "free") return "only";
  if (catalog.isUnpriced === true) return "allowed";
  return catalog.models.some((model: CatalogModel) => !isFree(model)) ? "excluded" : "allowed";
}

/** Models without evidence only take part where there is none at all. */
function candidatesOf(choices: readonly ModelChoice[]): readonly LadderCandidate[] {
  const known = choices.flatMap((choice) => (choice.odds === undefined ? [] : [{ choice, odds: choice.odds }]));
  return known.length > 0 ? known : choices.map((choice) => ({ choice, odds: 0 }));
}

/** What would come first if nothing were known of this person's verdicts; `undefined` when nothing is. */
function unlearnedChoice(
  usable: readonly ModelChoice[],
  wish: LadderWish,
  { task, outcomesOf }: RankRequest,
): ModelChoice | undefined {
  if (usable.every(({ model }) => outcomesOf(model.id) === undefined)) return undefined;
  const candidates = usable.flatMap((choice) =>
    choice.quality === undefined ? [] : [{ choice, odds: successOdds(choice.quality, task.size) }],
  );
  return chooseLadder(candidates, wish)?.rungs[0]?.choice;
}

function isStronger({ quality }: ModelChoice, { quality: refused = 0 }: ModelChoice): boolean {
  return quality !== undefined && quality > refused;
}

/** A second opinion need not be stronger; it was on the ladder, and the person was told its name and price. */
function isOffered({ model }: ModelChoice, { beginWith, strongerThan }: RouteRequest): boolean {
  return model.id === beginWith && model.id !== strongerThan;
}

/** The best models with a smaller worst case. */
function cheaperThan(choice: ModelChoice, others: readonly ModelChoice[]): readonly ModelChoice[] {
  return others
    .filter(({ worstCase, quality }) => worstCase < choice.worstCase && quality !== undefined)
    .toSorted((left, right) => (right.quality ?? 0) - (left.quality ?? 0) || byExpectedCost(left, right))
    .slice(0, MAX_CHEAPER_CHOICES);
}

function dominantRule({ excluded }: Eligibility): ExclusionRule {
  const rules: readonly ExclusionRule[] = [
    "no-provider",
    "no-zdr",
    "context-too-small",
    "no-images",
    "not-allowed",
    "denied",
    "too-dear",
    "costs-money",
    "free-terms",
    "expired",
    "batch-only",
    "router",
    "not-text",
  ];
  return rules.find((rule) => (excluded[rule] ?? 0) > 0) ?? "no-evidence";
}

/** What is demanded, where that may be why no provider is left. */
function demandBehind(rule: ExclusionRule, { privacy }: RoutePolicy): { readonly privacy?: PrivacyDemand } {
  return privacy !== undefined && (rule === "no-zdr" || rule === "no-provider") ? { privacy } : {};
}

function refuse(
  task: TaskClassification,
  why: Extract<RouteDecision, { kind: "refuse" }>["why"],
  excluded: RouteExplanation["excluded"] = {},
): RouteDecision {
  return { kind: "refuse", task, why, explanation: { reasons: [taskReason(task)], excluded, candidates: [] } };
}

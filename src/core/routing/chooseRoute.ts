import { type Catalog, type CatalogModel, isFree } from "../catalog/catalogModel.ts";
import { formatUsd } from "../money/formatUsd.ts";
import type { TaskClassification } from "../tasks/classifyTask.ts";
import { isCodeTask } from "../tasks/taskType.ts";
import {
  eligibleModels,
  exclusionRule,
  type Eligibility,
  type FreeModels,
  type RequestNeeds,
} from "./eligibleModels.ts";
import { standInsFor } from "./standIns.ts";
import { nearestModelIds } from "./nearestModelIds.ts";
import { type RequestSize, priceChoice } from "./priceChoice.ts";
import type { ExclusionRule, ModelChoice, RouteDecision, RouteExplanation } from "./routeDecision.ts";
import { qualityFloor, type RoutePolicy } from "./routePolicy.ts";

/** What the decision knows of the request; token counts are upper bounds. */
export interface RouteRequest {
  readonly task: TaskClassification;
  readonly promptTokens: number;
  readonly nowMs: number;
}

const MAX_CHEAPER_CHOICES = 2;

/** Picks the model for a request. Pure: the same arguments give the same decision, and nothing is asked or stored. */
export function chooseRoute(request: RouteRequest, catalog: Catalog, policy: RoutePolicy): RouteDecision {
  const { task } = request;
  if (catalog.models.length === 0) return refuse(task, { code: "catalog-empty" });
  const needs: RequestNeeds = {
    promptTokens: request.promptTokens,
    completionTokens: policy.maxCompletionTokens,
    freeModels: freeModelsFor(policy, catalog),
    nowMs: request.nowMs,
  };
  const pin = policy.pins[task.taskType];
  if (pin !== undefined) return routeToPin({ pin, request, catalog, policy, needs });
  const eligibility = eligibleModels(catalog.models, needs);
  const ranked = rankModels(eligibility.eligible, request, policy);
  const reachingFloor = ranked.filter(({ quality }) => (quality ?? 0) >= qualityFloor(policy.profile));
  const candidates = reachingFloor.length > 0 ? reachingFloor : ranked;
  const [choice, ...others] = candidates.toSorted(byExpectedCost);
  if (choice === undefined) {
    return refuse(task, { code: "nothing-fits", rule: dominantRule(eligibility) }, eligibility.excluded);
  }
  return {
    kind: "route",
    task,
    choice,
    cheaper: cheaperThan(choice, [...others, ...ranked]),
    standIns: standInsFor(choice, ranked, policy),
    explanation: explain({ task, policy, eligibility, reaching: reachingFloor.length, choice }),
  };
}

function routeToPin(options: {
  pin: string;
  request: RouteRequest;
  catalog: Catalog;
  policy: RoutePolicy;
  needs: RequestNeeds;
}): RouteDecision {
  const { pin, request, catalog, policy, needs } = options;
  const { task } = request;
  const model = catalog.models.find(({ id }) => id === pin);
  if (model === undefined) {
    return refuse(task, { code: "pin-unknown", pin, nearest: nearestModelIds(pin, catalog.models) });
  }
  const rule = exclusionRule(model, { ...needs, freeModels: "allowed" });
  if (rule !== undefined) return refuse(task, { code: "pin-unusable", pin, rule });
  return {
    kind: "route",
    task,
    choice: priceChoice(model, undefined, sizeOf(request, policy)),
    cheaper: [],
    standIns: [],
    explanation: { reasons: [taskReason(task), `You pinned ${pin} for ${task.taskType}.`], excluded: {} },
  };
}

/** A gateway where every model is free (one on this machine, say) has no paid models to prefer. */
function freeModelsFor(policy: RoutePolicy, catalog: Catalog): FreeModels {
  if (policy.profile === "free") return "only";
  return catalog.models.some((model) => !isFree(model)) ? "excluded" : "allowed";
}

function rankModels(
  models: readonly CatalogModel[],
  request: RouteRequest,
  policy: RoutePolicy,
): readonly ModelChoice[] {
  const size = sizeOf(request, policy);
  const evidence = (model: CatalogModel) => evidenceFor(model, request.task);
  const best = Math.max(0, ...models.map((model) => evidence(model) ?? 0));
  return models.map((model) => {
    const index = evidence(model);
    const quality = index === undefined || best === 0 ? undefined : index / best;
    return priceChoice(model, quality, size);
  });
}

/** The catalog's own benchmark for the kind of task; the other index stands in where one is missing. */
function evidenceFor(model: CatalogModel, task: TaskClassification): number | undefined {
  return isCodeTask(task.taskType)
    ? (model.codingIndex ?? model.intelligenceIndex)
    : (model.intelligenceIndex ?? model.codingIndex);
}

function sizeOf({ promptTokens }: RouteRequest, { maxCompletionTokens }: RoutePolicy): RequestSize {
  return { promptTokens, maxCompletionTokens };
}

/** Cheapest first; of equal cost the better one, then by id so that the order never depends on the catalog's. */
function byExpectedCost(left: ModelChoice, right: ModelChoice): number {
  return (
    left.expectedCost - right.expectedCost ||
    (right.quality ?? 0) - (left.quality ?? 0) ||
    (left.model.id < right.model.id ? -1 : 1)
  );
}

/** The best models with a smaller worst case. */
function cheaperThan(choice: ModelChoice, others: readonly ModelChoice[]): readonly ModelChoice[] {
  return others
    .filter(({ worstCase, quality }) => worstCase < choice.worstCase && quality !== undefined)
    .filter(({ model }, index, all) => all.findIndex((other) => other.model.id === model.id) === index)
    .toSorted((left, right) => (right.quality ?? 0) - (left.quality ?? 0) || byExpectedCost(left, right))
    .slice(0, MAX_CHEAPER_CHOICES);
}

function explain(options: {
  task: TaskClassification;
  policy: RoutePolicy;
  eligibility: Eligibility;
  reaching: number;
  choice: ModelChoice;
}): RouteExplanation {
  const { task, policy, eligibility, reaching, choice } = options;
  const count = eligibility.eligible.length;
  const removed = Object.values(eligibility.excluded).reduce((sum, rows) => sum + rows, 0);
  const floor = Math.round(qualityFloor(policy.profile) * 100);
  const quality = choice.quality === undefined ? "no benchmark" : `${Math.round(choice.quality * 100)}%`;
  return {
    excluded: eligibility.excluded,
    reasons: [
      taskReason(task),
      `${count} models can take this request, ${removed} cannot.`,
      reaching > 0
        ? `${reaching} of them reach ${floor}% of the best one's quality for this task (profile ${policy.profile}).`
        : `None reaches ${floor}% of the best one's quality, so all stay in the race (profile ${policy.profile}).`,
      `${choice.model.name} is the cheapest of those: about ${formatUsd(choice.expectedCost)}, at most ${formatUsd(choice.worstCase)}; quality ${quality}.`,
    ],
  };
}

function taskReason(task: TaskClassification): string {
  return `Task: ${task.taskType} (${task.because}).`;
}

function dominantRule({ excluded }: Eligibility): ExclusionRule {
  const rules: readonly ExclusionRule[] = [
    "context-too-small",
    "costs-money",
    "free-terms",
    "expired",
    "batch-only",
    "router",
    "not-text",
  ];
  return rules.find((rule) => (excluded[rule] ?? 0) > 0) ?? "no-evidence";
}

function refuse(
  task: TaskClassification,
  why: Extract<RouteDecision, { kind: "refuse" }>["why"],
  excluded: RouteExplanation["excluded"] = {},
): RouteDecision {
  return { kind: "refuse", task, why, explanation: { reasons: [taskReason(task)], excluded } };
}

import type { PromptTokensOf } from "../budget/promptTokens.ts";
import type { CatalogModel } from "../catalog/catalogModel.ts";
import type { TaskClassification } from "../tasks/taskClassification.ts";
import { isCodeTask } from "../tasks/taskType.ts";
import { toNanoUsd } from "../money/nanoUsd.ts";
import { type RequestSize, priceChoice } from "./priceChoice.ts";
import type { ModelChoice } from "./routeDecision.ts";
import { type OutcomeCounts, successOdds } from "./successOdds.ts";
import { type WarmCache, cacheSaving } from "./warmCache.ts";

/** What is known of a model's answers to this task, by model id. */
export type OutcomesOf = (modelId: string) => OutcomeCounts | undefined;

export interface RankRequest {
  readonly task: TaskClassification;
  readonly size: RequestSize;
  readonly promptTokensOf?: PromptTokensOf | undefined;
  readonly outcomesOf: OutcomesOf;
  readonly warm: WarmCache | undefined;
}

/** Every model with its price, its quality relative to the best of them, and its odds. Cheapest first. */
export function rankModels(models: readonly CatalogModel[], request: RankRequest): readonly ModelChoice[] {
  const best = Math.max(0, ...models.map((model) => benchmarkFor(model, request.task) ?? 0));
  return models.map((model) => rankModel(model, best, request)).toSorted(byExpectedCost);
}

export function rankModel(model: CatalogModel, best: number, request: RankRequest): ModelChoice {
  const { task, outcomesOf, warm } = request;
  const size = sizeOn(model, request);
  const index = benchmarkFor(model, task);
  const quality = index === undefined || best === 0 ? undefined : index / best;
  const odds = quality === undefined ? undefined : successOdds(quality, task.size, outcomesOf(model.id));
  const choice = priceChoice(model, { quality, odds }, size);
  const saving = Math.min(choice.expectedCost, cacheSaving(model, warm, size.nowMs));
  return saving === 0 ? choice : { ...choice, expectedCost: toNanoUsd(choice.expectedCost - saving) };
}

function sizeOn(model: CatalogModel, { size, promptTokensOf }: RankRequest): RequestSize {
  if (promptTokensOf === undefined) return size;
  const { atMost, expected } = promptTokensOf(model);
  return { ...size, promptTokens: atMost, expectedPromptTokens: expected };
}

/** The catalog's own benchmark for the kind of task; the other index stands in where one is missing. */
function benchmarkFor(model: CatalogModel, task: TaskClassification): number | undefined {
  const { codingIndex, intelligenceIndex } = model;
  return isCodeTask(task.taskType) ? (codingIndex ?? intelligenceIndex) : (intelligenceIndex ?? codingIndex);
}

/** Cheapest first; of equal cost the better one, then by id so that the order never depends on the catalog's. */
export function byExpectedCost(left: ModelChoice, right: ModelChoice): number {
  return (
    left.expectedCost - right.expectedCost ||
    (right.quality ?? 0) - (left.quality ?? 0) ||
    (left.model.id < right.model.id ? -1 : 1)
  );
}

import { priceTokens } from "../core/budget/worstCase.ts";
import type { Catalog } from "../core/catalog/catalogModel.ts";
import type { NanoUsd } from "../core/money/nanoUsd.ts";
import type { ModelChoice } from "../core/routing/routeDecision.ts";
import type { TaskType } from "../core/tasks/taskType.ts";
import type { CostSource, TurnFinish, Waybill } from "../core/waybill/waybill.ts";
import type { GenerationRecord } from "../gateway/readGeneration.ts";
import type { AnswerProgress } from "./answerProgress.ts";
import type { TurnRequest } from "./turnRequest.ts";

/** Everything about an attempt that its waybill tells, but for how it ended. */
export interface AttemptPapers {
  readonly request: TurnRequest;
  readonly reservationId: string;
  readonly taskType: TaskType;
  readonly choice: ModelChoice;
  readonly reasons: readonly string[];
  readonly catalog: Catalog;
  readonly gatewayOrigin: string;
  readonly startedAtMs: number;
}

export interface AttemptOutcome {
  readonly progress: AnswerProgress;
  readonly finish: TurnFinish;
  readonly endedAtMs: number;
}

interface KnownCost {
  readonly cost: NanoUsd;
  readonly costSource: CostSource;
}

const CHARACTERS_PER_TOKEN = 3;

/** The waybill of an answer whose cost came with it, or can be computed from the reported usage. */
export function writeWaybill(papers: AttemptPapers, outcome: AttemptOutcome): Waybill {
  return fill(papers, outcome, costOf(papers, outcome.progress));
}

/** The waybill once the gateway told what the generation cost. */
export function writeReconciledWaybill(
  papers: AttemptPapers,
  outcome: AttemptOutcome,
  record: GenerationRecord,
): Waybill {
  return {
    ...fill(papers, outcome, { cost: record.cost, costSource: "reconciled" }),
    usage: record.usage,
    servedModel: outcome.progress.servedModel ?? record.model,
    provider: record.provider ?? outcome.progress.provider,
  };
}

/** The waybill of a request that nobody knows the cost of: all of the reservation counts. */
export function writeUnknownWaybill(papers: AttemptPapers, outcome: AttemptOutcome): Waybill {
  return fill(papers, outcome, { cost: papers.choice.worstCase, costSource: "unknown" });
}

function costOf({ request, choice }: AttemptPapers, { cost, usage, receivedCharacters }: AnswerProgress): KnownCost {
  if (cost !== undefined) return { cost, costSource: "billed" };
  const tokens = usage ?? {
    promptTokens: estimateTokens(request.messages.reduce((sum, message) => sum + message.content.length, 0)),
    completionTokens: estimateTokens(receivedCharacters),
  };
  return { cost: priceTokens(choice.ceiling, tokens, "up"), costSource: "estimated" };
}

function fill(papers: AttemptPapers, outcome: AttemptOutcome, known: KnownCost): Waybill {
  const { request, choice, catalog, startedAtMs } = papers;
  const { progress, finish, endedAtMs } = outcome;
  const { servedModel, firstTokenAtMs } = progress;
  return {
    turnId: request.turnId,
    generationId: progress.generationId,
    surface: request.surface,
    taskType: papers.taskType,
    gatewayOrigin: papers.gatewayOrigin,
    askedModel: choice.model.id,
    askedModelName: choice.model.name,
    servedModel,
    servedModelName: servedModel === undefined ? undefined : modelName(servedModel, papers, catalog),
    provider: progress.provider,
    startedAtMs,
    firstTokenMs: firstTokenAtMs === undefined ? undefined : firstTokenAtMs - startedAtMs,
    totalMs: endedAtMs - startedAtMs,
    usage: progress.usage,
    ...known,
    finish,
    reasons: papers.reasons,
  };
}

/** A dated id that the catalog does not list is the asked model when it starts with its id. */
function modelName(servedModel: string, { choice }: AttemptPapers, catalog: Catalog): string {
  const known = catalog.models.find(({ id }) => id === servedModel);
  if (known !== undefined) return known.name;
  return servedModel.startsWith(choice.model.id) ? choice.model.name : servedModel;
}

function estimateTokens(characters: number): number {
  return Math.ceil(characters / CHARACTERS_PER_TOKEN);
}

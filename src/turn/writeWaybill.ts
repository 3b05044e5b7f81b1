import { priceTokens } from "../core/budget/priceTokens.ts";
import type { NanoUsd } from "../core/money/nanoUsd.ts";
import type { ModelChoice } from "../core/routing/routeDecision.ts";
import { gatewayDemand } from "../core/routing/routePolicy.ts";
import { answeringModel } from "../core/waybill/answeringModel.ts";
import type { CostSource, TurnFinish, Waybill } from "../core/waybill/waybill.ts";
import type { GenerationRecord } from "../gateway/readGeneration.ts";
import type { Attempt } from "./attempt.ts";
import { passedBound } from "./promptReport.ts";

/** How an attempt ended. */
export interface AttemptEnding {
  readonly finish: TurnFinish;
  readonly endedAtMs: number;
}

interface KnownCost {
  readonly cost: NanoUsd;
  readonly costSource: CostSource;
}

const CHARACTERS_PER_TOKEN = 3;

/** The waybill of an answer whose cost came with it, or can be computed from the reported usage. */
export function writeWaybill(attempt: Attempt, ending: AttemptEnding): Waybill {
  return fill(attempt, ending, costOf(attempt));
}

/** The waybill once the gateway told what the generation cost. */
export function writeReconciledWaybill(attempt: Attempt, ending: AttemptEnding, record: GenerationRecord): Waybill {
  return {
    ...fill(attempt, ending, { cost: record.cost, costSource: "reconciled" }),
    usage: record.usage,
    servedModel: attempt.progress.servedModel ?? record.model,
    provider: record.provider ?? attempt.progress.provider,
  };
}

/** The waybill of a request that nobody knows the cost of: all of the reservation counts. */
export function writeUnknownWaybill(attempt: Attempt, ending: AttemptEnding): Waybill {
  return fill(attempt, ending, { cost: attempt.choice.worstCase, costSource: "unknown" });
}

function costOf(attempt: Attempt): KnownCost {
  const { choice, promptTokensOf, progress } = attempt;
  const { cost, usage, receivedCharacters } = progress;
  if (cost !== undefined && !isToldAsFree(attempt, cost)) return { cost, costSource: "billed" };
  const tokens = usage ?? {
    promptTokens: promptTokensOf(choice.model).expected,
    completionTokens: Math.ceil(receivedCharacters / CHARACTERS_PER_TOKEN),
  };
  return { cost: priceTokens(choice.ceiling, tokens, "up"), costSource: "estimated" };
}

/** Nothing for tokens of a model that has a price is no cost to rely on; a cached answer reports no tokens. */
function isToldAsFree(attempt: Attempt, cost: NanoUsd): boolean {
  const { choice, progress } = attempt;
  const { worstCase } = gatewayFallback(attempt) ?? choice;
  const tokens = progress.usage?.completionTokens ?? progress.receivedCharacters;
  return cost === 0 && worstCase > 0 && tokens > 0;
}

function fill(attempt: Attempt, { finish, endedAtMs }: AttemptEnding, known: KnownCost): Waybill {
  const { turn, choice, progress } = attempt;
  const { request, services, decision, startedAtMs } = turn;
  const { servedModel, firstTokenAtMs } = progress;
  return {
    turnId: request.turnId,
    generationId: progress.generationId,
    surface: request.surface,
    taskType: decision.task.taskType,
    gatewayOrigin: services.gateway.origin,
    askedModel: choice.model.id,
    askedModelName: choice.model.name,
    servedModel,
    servedModelName: servedModel === undefined ? undefined : modelName(servedModel, attempt),
    provider: progress.provider,
    startedAtMs,
    firstTokenMs: firstTokenAtMs === undefined ? undefined : firstTokenAtMs - startedAtMs,
    totalMs: endedAtMs - startedAtMs,
    usage: progress.usage,
    promptTokensAtMost: passedBound(attempt),
    heldAtMost: known.cost > choice.worstCase ? choice.worstCase : undefined,
    ...known,
    finish,
    ...privacyOf(attempt),
    reasons: [...attempt.reasons, ...describeGatewayFallback(attempt)],
    discarded: attempt.discarded,
  };
}

/** What the request asked for, whether the settings demand it or the person's own rules. */
function privacyOf({ turn, choice, progress }: Attempt): Pick<Waybill, "privacy"> {
  const { gateway, endpoints } = turn.services;
  const demand = gatewayDemand(turn.policy);
  if (demand === undefined) return {};
  const { provider, servedModel } = progress;
  const model = answeringModel({ askedModel: choice.model.id, servedModel });
  const keepsNothing = provider === undefined ? undefined : endpoints?.()?.keepsNothing(model, provider);
  return { privacy: { demand, isLocal: gateway.isLocal, keepsNothing } };
}

/** The model that may stand in and did. */
function gatewayFallback({ gatewayFallbacks, progress }: Attempt): ModelChoice | undefined {
  return gatewayFallbacks.find(({ model }) => progress.servedModel?.startsWith(model.id));
}

function describeGatewayFallback(attempt: Attempt): readonly string[] {
  const { turn, choice } = attempt;
  const served = gatewayFallback(attempt);
  if (served === undefined) return [];
  return [
    `${choice.model.name} could not serve, so ${turn.services.gateway.host} took ${served.model.name}, which may stand in.`,
  ];
}

/** A dated id that the catalog does not list is the asked model when it starts with its id. */
function modelName(servedModel: string, { turn, choice }: Attempt): string {
  const known = turn.catalog.models.find(({ id }) => id === servedModel);
  if (known !== undefined) return known.name;
  return servedModel.startsWith(choice.model.id) ? choice.model.name : servedModel;
}

import { type CatalogModel, isFree } from "../catalog/catalogModel.ts";
import type { ExclusionRule } from "./routeDecision.ts";

/** Free models come with terms of their own (data use, low rate limits), so nobody gets one without asking for it. */
export type FreeModels = "only" | "excluded" | "allowed";

export interface RequestNeeds {
  /** Upper bound of the prompt, in tokens. */
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly freeModels: FreeModels;
  readonly nowMs: number;
}

export interface Eligibility {
  readonly eligible: readonly CatalogModel[];
  readonly excluded: Partial<Readonly<Record<ExclusionRule, number>>>;
}

/** Splits the catalog by what the request needs and keeps the count that each rule removed. */
export function eligibleModels(models: readonly CatalogModel[], needs: RequestNeeds): Eligibility {
  const eligible: CatalogModel[] = [];
  const excluded: Partial<Record<ExclusionRule, number>> = {};
  for (const model of models) {
    const rule = exclusionRule(model, needs);
    if (rule === undefined) eligible.push(model);
    else excluded[rule] = (excluded[rule] ?? 0) + 1;
  }
  return { eligible, excluded };
}

/** The first rule that keeps a model out, or `undefined` when it may serve. */
export function exclusionRule(model: CatalogModel, needs: RequestNeeds): ExclusionRule | undefined {
  if (!isTextModel(model)) return "not-text";
  if (model.id.startsWith("openrouter/")) return "router";
  if (model.id.endsWith(":batch")) return "batch-only";
  if (isExpired(model, needs.nowMs)) return "expired";
  if (model.contextTokens < needs.promptTokens + Math.min(needs.completionTokens, 256)) return "context-too-small";
  if (needs.freeModels === "only" && !isFree(model)) return "costs-money";
  if (needs.freeModels === "excluded" && isFree(model)) return "free-terms";
  return undefined;
}

function isTextModel(model: CatalogModel): boolean {
  const { inputModalities, outputModalities } = model;
  return inputModalities.includes("text") && outputModalities.length === 1 && outputModalities[0] === "text";
}

function isExpired(model: CatalogModel, nowMs: number): boolean {
  if (model.expirationDate === undefined) return false;
  return new Date(nowMs).toISOString().slice(0, 10) >= model.expirationDate;
}

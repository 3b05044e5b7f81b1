import type { Catalog, CatalogModel } from "../../../src/core/catalog/catalogModel.ts";
import { parseDecimal } from "../../../src/core/money/decimal.ts";
import type { ModelResults, TaskAttempt } from "./readTaskResults.ts";
import { modelOf } from "../../core/catalog/catalogOf.ts";

const NOTHING = { coefficient: 0n, scale: 0 };

/** A catalog that knows the models by these tasks only: the share solved is the coding index, the mean cost the price. */
export function evidenceCatalog(models: readonly ModelResults[], tasks: readonly number[]): Catalog {
  const rows = models.map((model) => catalogModel(model.id, attemptsAt(model, tasks)));
  return { models: rows, skippedRows: 0, fetchedAtMs: 0 };
}

export function attemptsAt({ attempts }: ModelResults, tasks: readonly number[]): readonly TaskAttempt[] {
  return attempts.filter((_attempt, task) => tasks.includes(task));
}

export function meanCostUsd(attempts: readonly TaskAttempt[]): number {
  return attempts.reduce((sum, { costUsd }) => sum + costUsd, 0) / attempts.length;
}

export function solvedShare(attempts: readonly TaskAttempt[]): number {
  return attempts.filter(({ isSolved }) => isSolved).length / attempts.length;
}

/** The whole cost stands in the price of a request, since the tokens of the attempts are not published. */
function catalogModel(id: string, attempts: readonly TaskAttempt[]): CatalogModel {
  const perRequest = parseDecimal(meanCostUsd(attempts).toFixed(9)) ?? NOTHING;
  return modelOf(`${authorOf(id)}/${id}`, {
    name: id,
    contextTokens: 1_000_000,
    prices: { promptPerToken: NOTHING, completionPerToken: NOTHING, perRequest, overrides: [] },
    supportedParameters: [],
    codingIndex: solvedShare(attempts) * 100,
  });
}

/** The results name models only; who made them is in the names. */
function authorOf(id: string): string {
  const family = id.split("-")[0] ?? id;
  return family === "gpt" || family === "o3" ? "openai" : family;
}

import type { PromptTokens } from "../core/budget/promptTokens.ts";
import type { ReportedPrompt } from "../core/budget/tokenCalibration.ts";
import { tokenizerFamily } from "../core/budget/tokenizerFamily.ts";
import type { CatalogModel } from "../core/catalog/catalogModel.ts";
import { answeringModel } from "../core/waybill/answeringModel.ts";
import type { Attempt } from "./attempt.ts";

interface PromptReport extends ReportedPrompt {
  readonly model: CatalogModel;
}

/** Takes down how many tokens the prompt really had. Only what came with the answer counts. Never rejects. */
export async function notePromptTokens(attempt: Attempt): Promise<void> {
  const report = promptReport(attempt);
  if (report === undefined) return;
  const { ledger, services } = attempt.turn;
  const { model, reportedTokens, counted } = report;
  if (isPassed(report)) services.reportLongPrompt?.(model.id, reportedTokens - counted.atMost);
  // What a picture counts says nothing of the words.
  if (attempt.messages.some(({ images = [] }) => images.length > 0)) return;
  await ledger.tokens.learn(services.gateway.origin, tokenizerFamily(model), report).catch(() => undefined);
}

/** What was counted for the prompt of an answer that had more; else `undefined`. */
export function passedBound(attempt: Attempt): PromptTokens["atMost"] | undefined {
  const report = promptReport(attempt);
  return report !== undefined && isPassed(report) ? report.counted.atMost : undefined;
}

function isPassed({ reportedTokens, counted }: ReportedPrompt): boolean {
  return reportedTokens > counted.atMost;
}

/** `undefined` without usage, and where a model served that the list does not have. A cached answer reports 0 tokens. */
function promptReport({ turn, choice, promptTokensOf, progress }: Attempt): PromptReport | undefined {
  const { usage, servedModel } = progress;
  if (usage === undefined || usage.promptTokens === 0) return undefined;
  const id = answeringModel({ askedModel: choice.model.id, servedModel });
  const model = id === choice.model.id ? choice.model : turn.catalog.models.find((known) => known.id === id);
  if (model === undefined) return undefined;
  return { model, counted: promptTokensOf(model), reportedTokens: usage.promptTokens };
}
